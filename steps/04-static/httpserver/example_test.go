package httpserver_test

import (
	"fmt"
	"io"
	"log"
	"net"
	"strconv"
	"strings"

	"example/wirebook/steps/04-static/httpserver"
)

// An echo answers with the name of what was asked for.
type echo struct{}

func (echo) Handle(w *httpserver.ResponseWriter, r *httpserver.Request) {
	if r.Method != "GET" {
		httpserver.Unsupported(w, r)
		return
	}
	body := "You asked for " + r.Path() + "\n"
	w.SendResponse(200, "")
	w.SendHeader("Content-Type", "text/plain")
	w.SendHeader("Content-Length", strconv.Itoa(len(body)))
	w.EndHeaders()
	w.WriteString(body)
}

// A handler answers with the pieces that BaseHTTPRequestHandler has in Python.
func Example() {
	server, err := httpserver.NewHTTPServer("127.0.0.1:0", echo{})
	if err != nil {
		log.Fatal(err)
	}
	defer server.Close()
	go server.ServeForever()

	client, err := net.Dial("tcp", server.ServerAddress())
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	fmt.Fprint(client, "GET /tea HTTP/1.1\r\n\r\n")
	answer, err := io.ReadAll(client)
	if err != nil {
		log.Fatal(err)
	}
	_, body, _ := strings.Cut(string(answer), "\r\n\r\n")
	fmt.Print(body)
	// Output: You asked for /tea
}

func ExampleTranslatePath() {
	for _, path := range []string{"/list/?sort=name", "/../../etc/passwd"} {
		name, slash := httpserver.TranslatePath(path)
		fmt.Println(name, slash)
	}
	// Output:
	// list true
	// etc/passwd false
}
