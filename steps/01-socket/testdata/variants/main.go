// Command variants is a right server that spells its answers in unusual ways,
// all of them legal. No check may refuse it.
//
// Usage:
//
//	variants -addr HOST:PORT -dir FOLDER -variant NAME
//	variants -list
//
// It stands on package net, and serves each connection in a goroutine.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A variant is a way to spell a whole answer, head and body.
type variant struct {
	name  string
	spell func(a *answer)
}

// An answer as it is about to go out.
type answer struct {
	status  string
	fields  []string
	body    string
	chunked bool          // code the body, to a client that knows how
	piece   int           // bytes in one write, 0 for all of them
	pause   time.Duration // between two writes
	keep    bool          // wait for the client to close
}

var variants = []variant{
	{"plain", func(a *answer) {}},
	{"more-fields", func(a *answer) {
		a.fields = append(a.fields, "Server: mine/1", "X-Unknown: a: b, c")
	}},
	{"other-order", func(a *answer) {
		last := len(a.fields) - 1
		a.fields[0], a.fields[last] = a.fields[last], a.fields[0]
	}},
	{"lower-case", func(a *answer) {
		for i, line := range a.fields {
			name, value, _ := strings.Cut(line, ":")
			a.fields[i] = strings.ToLower(name) + ":" + value
		}
	}},
	{"white-space", func(a *answer) {
		for i, line := range a.fields {
			a.fields[i] = strings.Replace(line, ": ", ":\t ", 1) + " "
		}
	}},
	{"no-space", func(a *answer) {
		for i, line := range a.fields {
			a.fields[i] = strings.Replace(line, ": ", ":", 1)
		}
	}},
	{"other-phrase", func(a *answer) {
		a.status = a.status[:len("HTTP/1.1 200")] + " As You Like It"
	}},
	{"no-phrase", func(a *answer) {
		a.status = a.status[:len("HTTP/1.1 200")] + " "
	}},
	{"older-version", func(a *answer) {
		a.status = strings.Replace(a.status, "HTTP/1.1", "HTTP/1.0", 1)
	}},
	{"in-pieces", func(a *answer) { a.piece = 700 }},
	{"byte-by-byte", func(a *answer) { a.piece = 1 }},
	{"slowly", func(a *answer) {
		a.piece, a.pause = 2000, 100*time.Millisecond
	}},
	{"chunked", func(a *answer) { a.chunked = true }},
	{"persistent", func(a *answer) { a.keep = true }},
	{"slow-start", func(a *answer) {}},
}

func main() {
	addr := flag.String("addr", "localhost:8000", "listen on `HOST:PORT`")
	dir := flag.String("dir", "www", "`FOLDER` of index.html and test.jpg")
	name := flag.String("variant", "plain", "how to spell the answers")
	list := flag.Bool("list", false, "list the variants")
	flag.Parse()
	chosen := variants[0]
	for _, v := range variants {
		if *list {
			fmt.Println(v.name)
		}
		if v.name == *name {
			chosen = v
		}
	}
	if *list {
		return
	}
	if chosen.name != *name {
		log.Fatalf("no variant %q", *name)
	}
	if chosen.name == "slow-start" {
		time.Sleep(3 * time.Second)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("listening on http://%s", listener.Addr())
	for {
		conn, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go serve(conn, *dir, chosen)
	}
}

func serve(conn net.Conn, dir string, v variant) {
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	in := bufio.NewReader(conn)
	for {
		line, fields, err := readHead(in)
		if err != nil {
			return
		}
		words := strings.Split(line, " ")
		a := respond(words, fields, dir)
		v.spell(&a)
		if err := a.send(conn, words); err != nil || !a.keep {
			return
		}
		if len(words) != 3 {
			return // where would a next request begin?
		}
		if strings.Contains(strings.ToLower(fields), "connection: close") {
			return
		}
	}
}

// readHead returns the request line and the fields, each in one string.
func readHead(in *bufio.Reader) (line, fields string, err error) {
	for {
		next, err := in.ReadString('\n')
		if err != nil {
			return "", "", err
		}
		switch next = strings.TrimRight(next, "\r\n"); {
		case line == "":
			line = next
		case next == "":
			return line, fields, nil
		default:
			fields += "\n" + next
		}
	}
}

func respond(words []string, fields, dir string) answer {
	now := time.Now().UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT")
	status, contentType, body := "200 OK", "text/plain", ""
	read := func(file, of string) {
		data, err := os.ReadFile(filepath.Join(dir, file))
		if err != nil {
			log.Print(err)
		}
		contentType, body = of, string(data)
	}
	switch {
	case len(words) != 3:
		status, body = "400 Bad Request", "what?\n"
	case words[2] != "HTTP/1.0" &&
		!strings.Contains(strings.ToLower(fields), "\nhost:"):
		status, body = "400 Bad Request", "who?\n"
	case words[0] != "GET" && words[0] != "HEAD":
		status, body = "405 Method Not Allowed", "how?\n"
	default:
		path, _, _ := strings.Cut(words[1], "?")
		switch path, _ = url.PathUnescape(path); path {
		case "/":
			read("index.html", "text/html")
		case "/test.jpg":
			read("test.jpg", "image/jpeg")
		case "/time":
			body = now
		default:
			status, body = "404 Not Found", "where?\n"
		}
	}
	return answer{
		status: "HTTP/1.1 " + status,
		fields: []string{"Content-Type: " + contentType, "Date: " + now},
		body:   body,
	}
}

// send writes the answer in its pieces.
func (a answer) send(conn net.Conn, words []string) error {
	known := len(words) == 3 && words[2] == "HTTP/1.1"
	head := a.status + "\r\n" + strings.Join(a.fields, "\r\n") + "\r\n"
	if a.chunked && known {
		head += "Transfer-Encoding: chunked\r\n"
		var coded strings.Builder
		for part := range slices.Chunk([]byte(a.body), 100) {
			fmt.Fprintf(&coded, "%X;note=\"x\"\r\n%s\r\n", len(part), part)
		}
		a.body = coded.String() + "0\r\n\r\n"
	} else {
		head += fmt.Sprintf("Content-Length: %d\r\n", len(a.body))
	}
	if words[0] == "HEAD" {
		a.body = ""
	}
	text := head + "\r\n" + a.body
	for len(text) > 0 {
		n := len(text)
		if a.piece > 0 {
			n = min(n, a.piece)
		}
		if _, err := io.WriteString(conn, text[:n]); err != nil {
			return err
		}
		text = text[n:]
		time.Sleep(a.pause)
	}
	return nil
}
