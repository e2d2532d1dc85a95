package command

// fixture is a learner's program whose main is given; listen, in it, is the
// listening socket on the address that the workbook chose.
func fixture(main string) string {
	return `package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"example/wirebook/steps/01-socket/socket"
)

var addr = flag.String("addr", "", "")

func listen(addr string) *socket.Socket {
	listener, err := socket.New(socket.AF_INET, socket.SOCK_STREAM)
	if err == nil {
		err = listener.Bind(addr)
	}
	if err == nil {
		err = listener.Listen(128)
	}
	if err != nil {
		panic(err)
	}
	return listener
}

// answers sends the same bytes to every client.
func answers(listener *socket.Socket, answer string) {
	for {
		client, _, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		if mark := os.Getenv("WIREBOOK_TEST_MARK"); mark != "" {
			os.WriteFile(mark, nil, 0o644)
		}
		client.Recv(1024)
		if answer == "" {
			continue // and keep the client waiting
		}
		client.SendAll([]byte(answer))
		client.Close()
	}
}

func main() {
	flag.String("dir", "", "")
	flag.Parse()
	_, _, _, _ = exec.Command, signal.Ignore, syscall.SIGTERM, time.Sleep
	fmt.Print()
	` + main + `
}
`
}

const (
	// A server that prints so much that a pipe nobody empties would stop it.
	printing = `for range 8 {
		go func() { for { fmt.Println("all \x1b[2Jwork and no play") } }()
	}
	`
	serving = `answers(listen(*addr), "HTTP/1.0 200 OK\r\n\r\nhello")`
	silence = `answers(listen(*addr), "")`
	forking = `if len(os.Args) > 1 && os.Args[1] == "child" {
		time.Sleep(time.Hour)
	}
	signal.Ignore(syscall.SIGTERM)
	for range 3 {
		if err := exec.Command(os.Args[0], "child").Start(); err != nil {
			panic(err)
		}
	}
	`
)
