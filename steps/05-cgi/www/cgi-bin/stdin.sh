#!/bin/sh
# The request's content is on standard input, and ends where it ends.
echo "Content-Type: text/plain"
echo
echo "length [$CONTENT_LENGTH], type [$CONTENT_TYPE]"
echo "content [$(cat)]"
