#!/bin/sh
# The other script folder.
echo "Content-Type: text/plain"
echo
echo "htbin runs"
