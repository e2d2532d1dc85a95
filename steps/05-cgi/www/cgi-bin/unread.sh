#!/bin/sh
# A script need not read what it is sent.
echo "Content-Type: text/plain"
echo
echo "not read"
