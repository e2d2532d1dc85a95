#!/bin/sh
# With a length the end of the content is known before the connection's.
echo "Content-Type: text/plain"
echo "Content-Length: 6"
echo
echo "Hello"
