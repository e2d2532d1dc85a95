package main

import (
	"bufio"
	"errors"
	"io"
	"time"

	"example/wirebook/steps/02-post/site"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

// writeTimeout is how long a client may take to receive the response.
const writeTimeout = 5 * time.Second

// A siteHandler serves step 02's pages, one request a connection.
type siteHandler struct {
	pages *site.Site
}

// serveConn reads one request and responds to it. It returns what is for the
// log: what the client did wrong, the response tells the client.
func (h siteHandler) serveConn(c *socketserver.Request,
	rfile *bufio.Reader, wfile *bufio.Writer) error {
	var response []byte
	var wrong *site.StatusError
	request, err := readRequest(c, rfile, wfile)
	switch {
	case err == nil:
		response = h.pages.Respond(request).Bytes(request.Method)
	case errors.As(err, &wrong):
		response = site.ErrorResponse(wrong).Bytes(wrong.Method)
	case err == io.EOF:
		return nil // a connection that asks nothing gets nothing
	default:
		return err // a reset, for one: there is nobody left to tell
	}
	c.Conn.SetDeadline(time.Now().Add(writeTimeout))
	_, err = wfile.Write(response)
	return err
}
