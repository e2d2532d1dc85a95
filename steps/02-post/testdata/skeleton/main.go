// Command skeleton is the second server of the notes: that of step 01, flaws
// and all, which also answers a browser's form.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/02-post/testdata/skeleton [-addr localhost:8000]
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example/wirebook/steps/01-socket/docroot"
	"example/wirebook/steps/01-socket/socket"
)

const page = `<head>
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

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("02-post"), "`FOLDER` of test.jpg")
	flag.Parse()
	picture, err := os.ReadFile(filepath.Join(*dir, "test.jpg"))
	check(err)

	listener, err := socket.New(socket.AF_INET, socket.SOCK_STREAM)
	check(err)
	// With this option you can start again at once after a stop.
	check(listener.SetSockOpt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1))
	check(listener.Bind(*addr))
	for {
		// accept the next client
		check(listener.Listen(3))
		log.Printf("listening on http://%s", listener.GetSockName())
		client, peer, err := listener.Accept()
		check(err)
		log.Printf("connected by %s", peer)
		serve(client, string(picture))
	}
}

// serve answers one client and hangs up.
func serve(client *socket.Socket, picture string) {
	// read the head
	data, err := client.Recv(1024)
	check(err)
	request := string(data)
	log.Printf("request is: %q", request)

	// split the request line
	words := strings.Split(request, " ")
	method, target := words[0], words[1]

	// choose the answer
	answer := ""
	if method == "GET" {
		if target == "/test.jpg" {
			answer = "\n" + message("200 OK  ", "image/jpg", picture)
		} else {
			answer = "\n" + message("200 OK  ", "text/html", page)
		}
	}
	if method == "POST" {
		// read the rest
		lines := strings.Split(request, "\r\n")
		entry := lines[slices.Index(lines, ""):]

		// decode the form
		parts := strings.Split(entry[len(entry)-1], "=")
		value := parts[len(parts)-1]

		// build the page
		answer = "\n" + message("200 OK  ", "text/html", page) +
			"\n <p>" + value + "</p>"
	}
	check(client.SendAll([]byte(answer)))

	// hang up
	client.Close()
}

// message makes an answer: its head, an empty line, its body.
func message(status, contentType, body string) string {
	// write the head
	head := "HTTP/1.x " + status + "\n" +
		"Content-Type: " + contentType + "\n"
	return head + "\n" + body
}

// check ends the program when something has gone wrong.
func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
