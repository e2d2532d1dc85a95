package socket

import (
	"io"
	"net"
	"testing"
)

// One connection as a web server has it: 100 bytes there, 1000 back, from the
// same client. The two servers differ, package net's and this one; run them
// together and compare.
//
//	go test -bench Connection -count 9 ./steps/01-socket/socket
func BenchmarkConnection(b *testing.B) {
	request, response := make([]byte, 100), make([]byte, 1000)

	b.Run("net", func(b *testing.B) {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		go func() {
			for {
				c, err := l.Accept()
				if err != nil {
					return
				}
				if _, err := c.Read(make([]byte, 1024)); err == nil {
					c.Write(response)
				}
				c.Close()
			}
		}()
		connect(b, l.Addr().String(), request, response)
	})
	b.Run("socket", func(b *testing.B) {
		l, err := New(AF_INET, SOCK_STREAM)
		if err != nil {
			b.Fatal(err)
		}
		defer l.Close()
		if err := l.Bind("127.0.0.1:0"); err != nil {
			b.Fatal(err)
		}
		if err := l.Listen(128); err != nil {
			b.Fatal(err)
		}
		go func() {
			for {
				s, _, err := l.Accept()
				if err != nil {
					return
				}
				if _, err := s.Recv(1024); err == nil {
					s.SendAll(response)
				}
				s.Close()
			}
		}()
		connect(b, l.GetSockName(), request, response)
	})
}

func connect(b *testing.B, addr string, request, response []byte) {
	buf := make([]byte, len(response))
	for b.Loop() {
		c, err := net.Dial("tcp4", addr)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := c.Write(request); err != nil {
			b.Fatal(err)
		}
		if _, err := io.ReadFull(c, buf); err != nil {
			b.Fatal(err)
		}
		c.Close()
	}
}
