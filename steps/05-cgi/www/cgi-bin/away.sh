#!/bin/sh
# A whole address: the client is sent there.
echo "Location: http://localhost:8000/hello.txt"
echo
