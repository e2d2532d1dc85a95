#!/bin/sh
# It forgets the empty line, so its content is taken for a field.
echo "Content-Type: text/plain"
echo "Where does the head end"
