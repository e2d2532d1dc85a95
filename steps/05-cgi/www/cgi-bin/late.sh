#!/bin/sh
# It fails after the head: the status line has gone out.
echo "Content-Type: text/plain"
echo
echo "so far, so good"
exit 1
