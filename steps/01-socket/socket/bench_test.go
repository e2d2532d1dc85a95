package socket

import (
	"io"
	"net"
	"testing"
)

// A conversation as a web server has it, one connection for each: 100 bytes
// there, 1000 back, against the same client. The two servers differ, package
// net's and this one; run them together and compare.
//
//	go test -bench Conversation -count 9 ./steps/01-socket/socket
func BenchmarkConversation(b *testing.B) {
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
		converse(b, l.Addr().String(), request, response)
	})
	b.Run("socket", func(b *testing.B) {
		d, err := New(AF_INET, SOCK_STREAM)
		if err != nil {
			b.Fatal(err)
		}
		defer d.Close()
		if err := d.Bind("127.0.0.1:0"); err != nil {
			b.Fatal(err)
		}
		if err := d.Listen(128); err != nil {
			b.Fatal(err)
		}
		go func() {
			for {
				s, _, err := d.Accept()
				if err != nil {
					return
				}
				if _, err := s.Recv(1024); err == nil {
					s.SendAll(response)
				}
				s.Close()
			}
		}()
		converse(b, d.GetSockName(), request, response)
	})
}

func converse(b *testing.B, addr string, request, response []byte) {
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
