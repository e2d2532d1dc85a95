#!/bin/sh
# "ht-bin" is what the notes call it. No server runs it, so this is sent.
echo "Content-Type: text/plain"
echo
echo "never runs"
