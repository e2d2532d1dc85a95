// Package httpserver speaks HTTP/1.0 and, on request, HTTP/1.1. It turns the
// bytes of a connection into a [Request], hands it to a [Handler], and turns
// what the handler says into the bytes of a response.
//
// It is the counterpart of Python's http.server:
//
//	HTTPServer                  HTTPServer (always with threads)
//	BaseHTTPRequestHandler      Request, ResponseWriter and their methods
//	do_GET, do_HEAD, …          Handler
//	SimpleHTTPRequestHandler    SimpleHTTPRequestHandler
//
// What it accepts and what it answers follow http.server of Python 3.11, byte
// for byte, its error pages included. Where it differs on purpose, a comment
// says so, and a table in truth_test.go names every recorded case of it.
// The rules behind it are RFC 9110 (what messages mean) and RFC 9112 (how they
// are written).
//
// Each connection has its own goroutine. Every wait has a limit: for a head,
// for a piece of a body, for a client that does not read. So has every buffer.
//
// It is no replacement for net/http: no TLS, no HTTP/2, no chunked transfer
// coding, no ranges, no routing. It exists to be read.
package httpserver
