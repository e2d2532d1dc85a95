#!/bin/sh
# It forgets that the head comes first.
echo "no head at all"
