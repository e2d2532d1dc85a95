#!/bin/sh
# It ends before it has printed anything. The log shows why.
echo "something is wrong here" >&2
exit 1
