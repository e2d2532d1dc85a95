#!/bin/sh
# The smallest script: a type, an empty line, the content.
echo "Content-Type: text/plain"
echo
echo "Hello from sh"
