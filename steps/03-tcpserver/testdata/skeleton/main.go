// Command skeleton is the server of the notes on package socketserver, every
// flaw kept: what it sends is, byte for byte, what the notes' program sends.
//
//	go run ./steps/03-tcpserver/testdata/skeleton [-addr localhost:8000]
//
// It serves one client at a time. A request that it does not understand
// makes it panic, in the same places where the notes' program raises an
// exception; the server prints that, hangs up and lives on.
package main

import (
	"flag"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example/wirebook/steps/01-socket/docroot"
	"example/wirebook/steps/03-tcpserver/socketserver"
)

const textContent = `
HTTP/1.x 200 OK  
Content-Type: text/html

<head>
<title>WOW</title>
</head>
<html>
<p>Wow, Python Server</p>
<IMG src="test.jpg"/>
<form name="input" action="/" method="post">
First name:<input type="text" name="firstname"><br>
<input type="submit" value="Submit">
</form> 
</html>
`

const picHead = `
HTTP/1.x 200 OK  
Content-Type: image/jpg

`

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("03-tcpserver"),
		"serve test.jpg of `FOLDER`")
	flag.Parse()
	log.SetFlags(0)

	picture, err := os.ReadFile(filepath.Join(*dir, "test.jpg"))
	if err != nil {
		log.Fatal(err)
	}
	picContent := picHead + string(picture)

	handle := func(r *socketserver.Request) error {
		data := make([]byte, 1024)
		n, err := r.Conn.Read(data)
		if err != nil && err != io.EOF {
			return err
		}
		request := string(data[:n])
		log.Printf("request from %s: %q", r.ClientAddress, request)

		words := strings.Split(request, " ")
		method, src := words[0], words[1]
		switch method {
		case "GET":
			content := textContent
			if src == "/test.jpg" {
				content = picContent
			}
			_, err = io.WriteString(r.Conn, content)
		case "POST":
			form := strings.Split(request, "\r\n")
			idx := slices.Index(form, "") // the empty line
			entry := form[idx:]           // main content of the request
			fields := strings.Split(entry[len(entry)-1], "=")
			value := fields[len(fields)-1]
			_, err = io.WriteString(r.Conn, textContent+"\n <p>"+value+"</p>")
		}
		return err
	}

	server, err := socketserver.NewTCPServer(*addr,
		socketserver.BaseRequestHandler(handle))
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on http://%s", server.ServerAddress())
	log.Fatal(server.ServeForever())
}
