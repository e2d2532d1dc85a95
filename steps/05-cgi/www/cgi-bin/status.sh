#!/bin/sh
# Status is for the server: it becomes the status line.
echo "Status: 404 Nope"
echo "Content-Type: text/plain"
echo
echo "the script says 404"
