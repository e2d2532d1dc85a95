#!/bin/sh
# A name with a space: it comes as %20.
echo "Content-Type: text/plain"
echo
echo "SCRIPT_NAME=$SCRIPT_NAME"
