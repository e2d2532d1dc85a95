// Package httpserver is an HTTP server library: HTTP/1.0 and, on request,
// HTTP/1.1. It reads a [Request] from a connection, hands it to a [Handler],
// and sends the response that the handler writes.
//
// It is the counterpart of Python's http.server:
//
//	HTTPServer                  HTTPServer (always with threads)
//	BaseHTTPRequestHandler      Request, ResponseWriter and their methods
//	do_GET, do_HEAD, …          Handler
//	SimpleHTTPRequestHandler    SimpleHTTPRequestHandler
//
// What a client can rely on (status, fields and their values, body) is what
// http.server of Python 3.11 sends. A table in python_test.go names every
// recorded exchange in which this server differs on purpose, and the reason.
// RFC 9110 says what messages mean, RFC 9112 how they are written.
//
// A request passes through four files: conn.go (serveConn, serveRequest),
// request.go (readRequest), static.go (Handle) and response.go.
//
// Each connection has its own goroutine. Every wait has a limit: for a head,
// for a piece of a body, for a client that does not read. So has every buffer.
//
// It is no replacement for net/http: no TLS, no HTTP/2, no chunked transfer
// coding, no ranges, no routing. It exists to be read.
package httpserver
