#!/bin/sh
# A path here: the server answers with that file itself.
echo "Location: /hello.txt"
echo
