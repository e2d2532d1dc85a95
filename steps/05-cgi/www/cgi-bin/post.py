#!/usr/bin/env python3
"""The notes' post.py without the module cgi, which Python 3.13 removed."""
import html
import os
import sys
from urllib.parse import parse_qs

length = int(os.environ.get("CONTENT_LENGTH") or 0)
body = sys.stdin.buffer.read(length).decode("ascii", "replace")
form = parse_qs(body, keep_blank_values=True)
name = form.get("firstname", [""])[0]

sys.stdout.reconfigure(encoding="utf-8")
print("Content-Type: text/html; charset=utf-8\n")
print("<p>Hello world!</p>")
print("<p>" + html.escape(name) + "</p>")
