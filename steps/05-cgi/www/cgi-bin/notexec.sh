#!/bin/sh
# Nobody has said chmod +x here.
echo "Content-Type: text/plain"
echo
echo "this is never seen"
