package judge

import (
	"example/wirebook/internal/exchange"
)

// rules has a sentence for each aspect, for files that do not bring their own.
var rules = map[exchange.Aspect]string{
	exchange.Start:    "An answer begins with its status line: version, space, code, space, phrase (RFC 9112, 4).",
	exchange.Version:  "The version is HTTP/1.0 or HTTP/1.1, in capitals, with one digit on each side of the dot (RFC 9112, 2.3).",
	exchange.LineEnds: "Each line of the head ends in CR LF, the empty one too (RFC 9112, 2.1).",
	exchange.Status:   "The code says in three digits what became of the request (RFC 9110, 15).",
	exchange.Reason:   "One space stands before the reason phrase, even before an empty one, and CR LF right after it (RFC 9112, 4).",
	exchange.Header:   "A field is a name, a colon and a value; the name's case does not matter (RFC 9110, 5.1).",
	exchange.Framing:  "The head says how long the content is, in bytes: Content-Length, or chunked to HTTP/1.1 (RFC 9112, 6).",
	exchange.Body:     "The content is every byte after the empty line that ends the head (RFC 9112, 6).",
	exchange.Close:    "A server closes after an HTTP/1.0 answer, and when it was asked to close (RFC 9112, 9.3 and 9.6).",
	exchange.Cut:      "TCP delivers bytes, not messages: a request is read to its end, however many arrivals that takes (RFC 9112, 2.2).",
	exchange.Alive:    "One client's trouble is its own: the server goes on to the next.",
}

// fieldRules has sentences for the fields that exercises judge, by their names
// in lower case.
var fieldRules = map[string]string{
	"allow":          "A 405 names in Allow the methods that it does serve (RFC 9110, 10.2.1).",
	"connection":     "Connection: close tells that no other answer follows on this connection (RFC 9112, 9.6).",
	"content-length": "Content-Length is the number of bytes of the content (RFC 9110, 8.6).",
	"content-type":   "Content-Type says what the content is; a client shows it by that, not by the target's ending (RFC 9110, 8.3).",
	"last-modified":  "Last-Modified is when the file was changed, as an HTTP date (RFC 9110, 8.8.2).",
	"location":       "Location is where the client is to ask next (RFC 9110, 10.2.2).",
}

const (
	ruleListen  = "A server binds an address and listens there before the first client comes."
	ruleReset   = "A close after all input was read is a FIN; a close with input unread is a reset, and may cost the client the answer (RFC 9112, 9.6)."
	ruleChunks  = "Each chunk is its size in hex, CR LF, its bytes, CR LF; the last has size 0, then an empty line (RFC 9112, 7.1)."
	ruleSurplus = "After its content a message has nothing more (RFC 9112, 6)."
	ruleAnswer  = "A request ends where its own bytes say, at the empty line or after Content-Length; then an answer is due, if only a 400 (RFC 9112, 6.3)."
	ruleExact   = "The exchange's file says what comes back, byte for byte."
)
