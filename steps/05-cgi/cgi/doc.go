// Package cgi runs a program for each request and sends what it prints: the
// Common Gateway Interface, CGI/1.1 (RFC 3875).
//
// It has two sides, as Python has:
//
//	CGIHTTPRequestHandler   the server's side. A request goes through
//	                        handler.go, which finds its script, env.go, what
//	                        the script is told, run.go, the process, and
//	                        output.go, what it prints.
//	cgi.FieldStorage        the script's side: form.go
//
// What it accepts and answers follows CGIHTTPRequestHandler of Python 3.11,
// except where that breaks the rules of RFC 3875: a script's Status and
// Location are obeyed, a script that prints no head is a 500, HEAD gets no
// content. The table in truth_test.go lists each difference.
//
// A name that begins with "nph-" (RFC 3875, 5) means nothing here: every
// script's head is read, and one that prints a status line of its own is a
// 500. On Windows, which starts no program by its first line, a script is an
// .exe file.
//
// A process for each request is easy to understand and slow. It is how the web
// began; it is not how to build a busy server today.
package cgi
