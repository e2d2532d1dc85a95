// want: not-found "the code is 200"

// Command exercise is an attempt at step 01 with one mistake: the page says
// 404 and the status line says 200.
package main

import (
	"flag"
	"log"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"example/wirebook/steps/01-socket/docroot"
	"example/wirebook/steps/01-socket/socket"
)

const page = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>WOW</title>
</head>
<body>
<p>Wow, Python Server</p>
<img src="test.jpg" alt="test">
</body>
</html>
`

const plain = "text/plain; charset=utf-8"

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
	check(listener.Listen(128))
	log.Printf("listening on http://%s", listener.GetSockName())
	for {
		// accept the next client
		client, _, err := listener.Accept()
		check(err)
		go serve(client, string(picture))
	}
}

// serve answers one client and hangs up.
func serve(client *socket.Socket, picture string) {
	defer hangUp(client)
	client.SetDeadline(time.Now().Add(10 * time.Second))

	// read the head
	request, err := readHead(client)
	if err != nil || request == "" {
		return // gone, or there is nothing to answer
	}
	head, _, whole := strings.Cut(request, "\r\n\r\n")

	// split the request line
	line, fields, _ := strings.Cut(head, "\r\n")
	words := strings.Split(line, " ")
	if !whole || len(words) != 3 {
		send(client, message("400 Bad Request", plain, "not a request\n"))
		return
	}
	method, target, version := words[0], words[1], words[2]
	if version == "HTTP/1.1" && !hasHost(fields) {
		send(client, message("400 Bad Request", plain, "no Host\n"))
		return
	}
	path, _, _ := strings.Cut(target, "?")
	path, _ = url.PathUnescape(path)

	// choose the answer
	status, contentType, body := "200 OK", plain, ""
	switch path {
	case "/":
		contentType, body = "text/html; charset=utf-8", page
	case "/test.jpg":
		contentType, body = "image/jpeg", picture
	case "/time":
		contentType, body = "text/plain", httpDate()+"\n"
	default:
		body = "404 Not Found\n"
	}
	if method != "GET" && method != "HEAD" {
		status, contentType, body = "501 Not Implemented", plain, "not here\n"
	}
	answer := message(status, contentType, body)
	if method == "HEAD" {
		answer = strings.TrimSuffix(answer, body)
	}
	send(client, answer)
}

// readHead reads until the empty line has come, or the stream has ended, or
// more than 64 KiB have come.
func readHead(client *socket.Socket) (string, error) {
	request := ""
	for !strings.Contains(request, "\r\n\r\n") && len(request) < 64<<10 {
		data, err := client.Recv(1024)
		if err != nil {
			return "", err
		}
		if len(data) == 0 {
			break
		}
		request += string(data)
	}
	return request, nil
}

// hasHost looks for a field Host. Names of fields have no case.
func hasHost(fields string) bool {
	for line := range strings.SplitSeq(fields, "\r\n") {
		name, _, _ := strings.Cut(line, ":")
		if strings.EqualFold(name, "Host") {
			return true
		}
	}
	return false
}

// message makes an answer: its head, an empty line, its body.
func message(status, contentType, body string) string {
	// write the head
	head := "HTTP/1.1 " + status + "\r\n" +
		"Date: " + httpDate() + "\r\n" +
		"Content-Type: " + contentType + "\r\n" +
		"Content-Length: " + strconv.Itoa(len(body)) + "\r\n" +
		"Connection: close\r\n"
	return head + "\r\n" + body
}

// httpDate is the present time as HTTP writes it, in GMT.
func httpDate() string {
	return time.Now().UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
}

// send sends an answer. That a client has gone is for the log alone.
func send(client *socket.Socket, answer string) {
	if err := client.SendAll([]byte(answer)); err != nil {
		log.Print(err)
	}
}

// hangUp ends our side first and reads what is still coming: a close while
// input is unread becomes a reset, and a reset can overtake the answer.
func hangUp(client *socket.Socket) {
	// hang up
	client.Shutdown(socket.SHUT_WR)
	client.SetDeadline(time.Now().Add(500 * time.Millisecond))
	for range 1000 {
		data, err := client.Recv(4096)
		if err != nil || len(data) == 0 {
			break
		}
	}
	client.Close()
}

// check ends the program when something has gone wrong at its start.
func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
