#!/bin/sh
# A query without "=" also comes as an argument.
echo "Content-Type: text/plain"
echo
echo "$# argument(s)"
for word in "$@"; do
	echo "[$word]"
done
