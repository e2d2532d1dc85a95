#!/bin/sh
# A status line is not a script's to print. Status is.
echo "HTTP/1.0 418 Teapot"
echo "Content-Type: text/plain"
echo
echo "short and stout"
