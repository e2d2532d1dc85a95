// Command exercise is your server: the web server of the notes, on a bare
// socket. It answers a browser, and it has flaws. The exercises of step 01
// name them one at a time; this is the file in which you repair them.
//
// Usage, from anywhere in the module:
//
//	go run ./steps/01-socket/exercise [-addr localhost:8000] [-dir FOLDER]
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
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
</html>
`

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", docroot.Find("01-socket"), "`FOLDER` of test.jpg")
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
			answer = message("200 OK  ", "text/html", page)
		}
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
