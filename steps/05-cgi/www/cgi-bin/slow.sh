#!/bin/sh
# What is printed is sent at once, so that a page can grow.
echo "Content-Type: text/plain"
echo
echo "one"
sleep 1
echo "two"
