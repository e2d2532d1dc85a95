#!/bin/sh
# A script in a folder of the script folder.
echo "Content-Type: text/plain"
echo
echo "SCRIPT_NAME=$SCRIPT_NAME"
echo "PATH_INFO=$PATH_INFO"
