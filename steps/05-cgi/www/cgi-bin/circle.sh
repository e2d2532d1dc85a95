#!/bin/sh
# This script's answer is this script's answer.
echo "Location: /cgi-bin/circle.sh"
echo
