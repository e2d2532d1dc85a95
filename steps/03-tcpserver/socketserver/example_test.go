package socketserver_test

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"strings"

	"example/wirebook/steps/03-tcpserver/socketserver"
)

// A conversation in lines: the server says each of them back, in capitals.
func ExampleStreamRequestHandler() {
	shout := func(r *socketserver.Request,
		rfile *bufio.Reader, wfile *bufio.Writer) error {
		line, err := rfile.ReadString('\n')
		if err != nil {
			return err
		}
		_, err = wfile.WriteString(strings.ToUpper(line))
		return err
	}
	server, err := socketserver.NewTCPServer("127.0.0.1:0",
		socketserver.StreamRequestHandler(shout))
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
	fmt.Fprintln(client, "can you hear me?")
	reply, err := io.ReadAll(client)
	fmt.Printf("%s%v\n", reply, err)
	// Output:
	// CAN YOU HEAR ME?
	// <nil>
}

// The same with the bare connection, for one client, and then the end.
func ExampleTCPServer_HandleRequest() {
	yes := func(r *socketserver.Request) error {
		if _, err := r.Conn.Read(make([]byte, 1024)); err != nil {
			return err
		}
		_, err := io.WriteString(r.Conn, "Yes\n")
		return err
	}
	server, err := socketserver.NewTCPServer("127.0.0.1:0",
		socketserver.BaseRequestHandler(yes))
	if err != nil {
		log.Fatal(err)
	}
	defer server.Close()

	reply := make(chan string)
	go func() {
		client, err := net.Dial("tcp", server.ServerAddress())
		if err != nil {
			log.Fatal(err)
		}
		defer client.Close()
		fmt.Fprint(client, "can you hear me?")
		b, _ := io.ReadAll(client)
		reply <- string(b)
	}()
	if err := server.HandleRequest(); err != nil {
		log.Fatal(err)
	}
	fmt.Print(<-reply)
	// Output: Yes
}
