package response

import "example/wirebook/internal/wire/message"

// A Request is what of a request its response depends on.
type Request struct {
	Method  string
	Version string
	Interim bool // the response awaited is a 1xx
}

// Requests finds the requests in what a client has sent on one connection: all
// that their responses depend on. The last one may be unfinished.
func Requests(sent []byte) []Request {
	var list []Request
	var s message.Splitter
	s.Add(message.ToServer, sent)
	for _, m := range s.Messages() {
		if m.Start != "" {
			list = append(list, Request{Method: m.Head.Method, Version: m.Head.Version})
		}
	}
	return list
}
