package main

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"example/wirebook/steps/02-post/site"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

// greeting is the body of every response of the test handler.
const greeting = "<html><head><title>Hello</title></head>" +
	"<body>Hello, World!</body></html>\n"

// printer is the notes' test handler: it prints both addresses and what the
// client sends, line by line, and greets the client.
func printer(out io.Writer) socketserver.StreamRequestHandler {
	var printing sync.Mutex // two clients at once, and one output
	return func(c *socketserver.Request,
		rfile *bufio.Reader, wfile *bufio.Writer) error {
		c.Conn.SetDeadline(time.Now().Add(readTimeout))
		var text strings.Builder
		fmt.Fprintf(&text, "Client address: %s\n", c.ClientAddress)
		fmt.Fprintf(&text, "Server address: %s\n", c.Server.ServerAddress())
		fmt.Fprintln(&text, "BEGIN REQUEST")
		err := copyRequest(&text, rfile)
		fmt.Fprintln(&text, "END REQUEST")

		printing.Lock()
		defer printing.Unlock()
		io.WriteString(out, text.String())
		if err != nil {
			return err
		}
		fmt.Fprintf(wfile, "HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n"+
			"Content-Length: %d\r\n\r\n%s", len(greeting), greeting)
		return nil
	}
}

// copyRequest prints lines to the empty one, and after it as many bytes as a
// Content-Length among them says. It passes over what is no field: a test
// handler is there to show what comes.
func copyRequest(text io.Writer, rfile *bufio.Reader) error {
	// A line without end would fill the memory: to us, a client ends here.
	in := bufio.NewReader(io.LimitReader(rfile, maxHead+site.MaxBody))
	length, line := 0, "the first"
	for line != "" {
		var err error
		// A line ends in LF here, with CR or without, as Python's readline
		// has it; or where the client ends.
		line, err = in.ReadString('\n')
		if err != nil && err != io.EOF {
			return err
		}
		line = strings.TrimRight(line, "\r\n")
		fmt.Fprintln(text, visible(line))
		name, value, _ := strings.Cut(line, ":")
		if strings.EqualFold(name, "content-length") {
			length, _ = strconv.Atoi(strings.TrimSpace(value))
		}
	}
	if length <= 0 {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(in, int64(length)))
	fmt.Fprintln(text, visible(string(body)))
	return err
}

// visible keeps line ends and what can be printed. Anything else might be a
// command to your terminal, and is written as Go writes it: \x1b.
func visible(s string) string {
	var b strings.Builder
	for _, c := range strings.ReplaceAll(s, "\r\n", "\n") {
		if c == '\n' || strconv.IsPrint(c) {
			b.WriteRune(c)
		} else {
			b.WriteString(strings.Trim(strconv.QuoteRune(c), "'"))
		}
	}
	return b.String()
}
