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

// A protocol of lines: the server sends each of them back, in capitals.
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
