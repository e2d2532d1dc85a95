package message

import (
	"strings"

	"example/wirebook/internal/visible"
)

// methodSentences tells what each method asks for (RFC 9110, 9.3).
var methodSentences = map[string]string{
	"GET":     "The method: GET asks for what the target names and changes nothing there (RFC 9110, 9.3.1).",
	"HEAD":    "The method: HEAD asks for the head that GET would get, without the content (RFC 9110, 9.3.2).",
	"POST":    "The method: POST hands content to the target, to work on (RFC 9110, 9.3.3).",
	"PUT":     "The method: PUT asks to store the content under the target (RFC 9110, 9.3.4).",
	"DELETE":  "The method: DELETE asks to remove what the target names (RFC 9110, 9.3.5).",
	"CONNECT": "The method: CONNECT asks a proxy for a tunnel to the target (RFC 9110, 9.3.6).",
	"OPTIONS": "The method: OPTIONS asks what can be done with the target (RFC 9110, 9.3.7).",
	"TRACE":   "The method: TRACE asks for the request back as it arrived (RFC 9110, 9.3.8).",
	"PATCH":   "The method: PATCH asks to change a part of what the target names (RFC 5789, 2).",
	"PRI":     "The first word of the HTTP/2 preface; no HTTP/1 client sends it (RFC 9113, 3.4).",
}

func methodSentence(method string) string {
	if s, ok := methodSentences[strings.ToUpper(method)]; ok {
		return s
	}
	return "The method: what the client wants done. A server that does not know it answers 501 (RFC 9110, 9.1)."
}

// codeSentences tells what each common status says (RFC 9110, 15).
var codeSentences = map[int]string{
	100: "100: go on, send the content; the answer proper comes later (RFC 9110, 15.2.1).",
	101: "101: from here on the connection speaks another protocol (RFC 9110, 15.2.2).",
	200: "200: done; the content is the result (RFC 9110, 15.3.1).",
	201: "201: done, and something new was made (RFC 9110, 15.3.2).",
	204: "204: done, and there is no content to send (RFC 9110, 15.3.5).",
	206: "206: the content is the part that was asked for (RFC 9110, 15.3.7).",
	301: "301: it has moved for good; Location says where (RFC 9110, 15.4.2).",
	302: "302: it is elsewhere for now; Location says where (RFC 9110, 15.4.3).",
	303: "303: see Location, and ask there with GET (RFC 9110, 15.4.4).",
	304: "304: what the client has is still good; no content is sent (RFC 9110, 15.4.5).",
	307: "307: elsewhere for now; ask there with the same method (RFC 9110, 15.4.8).",
	308: "308: moved for good; ask there with the same method (RFC 9110, 15.4.9).",
	400: "400: the server cannot make sense of this request (RFC 9110, 15.5.1).",
	401: "401: the server wants to know who asks; WWW-Authenticate says how (RFC 9110, 15.5.2).",
	403: "403: the server understands and refuses (RFC 9110, 15.5.4).",
	404: "404: there is nothing under this target (RFC 9110, 15.5.5).",
	405: "405: this method does not go with this target; Allow lists those that do (RFC 9110, 15.5.6).",
	408: "408: the request took too long to arrive (RFC 9110, 15.5.9).",
	409: "409: it does not go with what is there already (RFC 9110, 15.5.10).",
	411: "411: the server wants a Content-Length (RFC 9110, 15.5.12).",
	412: "412: a condition of the request does not hold (RFC 9110, 15.5.13).",
	413: "413: the content is larger than the server takes (RFC 9110, 15.5.14).",
	414: "414: the target is longer than the server takes (RFC 9110, 15.5.15).",
	415: "415: the content is of a type that the server does not take (RFC 9110, 15.5.16).",
	416: "416: the range that was asked for does not exist (RFC 9110, 15.5.17).",
	417: "417: what Expect asks for cannot be done (RFC 9110, 15.5.18).",
	426: "426: the server wants another protocol here; Upgrade says which (RFC 9110, 15.5.22).",
	429: "429: too many requests in a short time (RFC 6585, 4).",
	431: "431: the fields are larger than the server takes (RFC 6585, 5).",
	500: "500: something went wrong inside the server (RFC 9110, 15.6.1).",
	501: "501: the server does not know this method (RFC 9110, 15.6.2).",
	502: "502: the server behind this one gave no good answer (RFC 9110, 15.6.3).",
	503: "503: the server cannot serve now; later may work (RFC 9110, 15.6.4).",
	504: "504: the server behind this one did not answer in time (RFC 9110, 15.6.5).",
	505: "505: the server does not speak this version of HTTP (RFC 9110, 15.6.6).",
}

// classSentences stands in for a code that is not in the table: its first
// digit still says enough to act on.
var classSentences = [...]string{
	1: "The status code: 1xx says that the answer proper is still to come (RFC 9110, 15.2).",
	2: "The status code: 2xx says that it was done (RFC 9110, 15.3).",
	3: "The status code: 3xx says that the client has more to do (RFC 9110, 15.4).",
	4: "The status code: 4xx says that the request is at fault (RFC 9110, 15.5).",
	5: "The status code: 5xx says that the server is at fault (RFC 9110, 15.6).",
}

func codeSentence(text string, code int) string {
	if s, ok := codeSentences[code]; ok {
		return "The status code. " + s
	}
	if class := code / 100; 0 < class && class < len(classSentences) {
		return classSentences[class]
	}
	return "The status code: three digits that say how it went (RFC 9112, 4)."
}

// fieldSentences tells what the well-known fields are for, by lower-case name.
var fieldSentences = map[string]string{
	"accept":                           "The types of content that the client takes, best first by q (RFC 9110, 12.5.1).",
	"accept-charset":                   "The character sets that the client takes; nobody needs it today (RFC 9110, 12.5.2).",
	"accept-encoding":                  "The compressions that the client can undo (RFC 9110, 12.5.3).",
	"accept-language":                  "The languages that the reader prefers (RFC 9110, 12.5.4).",
	"accept-ranges":                    "Whether the server can send a part of it (RFC 9110, 14.3).",
	"access-control-allow-credentials": "Whether a page of another site may read an answer that was asked for with cookies (WHATWG Fetch, 3.2).",
	"access-control-allow-headers":     "The request fields that a page of another site may send (WHATWG Fetch, 3.2).",
	"access-control-allow-methods":     "The methods that a page of another site may use (WHATWG Fetch, 3.2).",
	"access-control-allow-origin":      "The site whose pages may read this answer in a browser; * means all (WHATWG Fetch, 3.2).",
	"access-control-request-headers":   "The fields that a page of another site wants to send; the browser asks first (WHATWG Fetch, 3.2).",
	"access-control-request-method":    "The method that a page of another site wants to use; the browser asks first (WHATWG Fetch, 3.2).",
	"age":                              "For how many seconds a cache has held this answer (RFC 9111, 5.1).",
	"allow":                            "The methods that go with this target (RFC 9110, 10.2.1).",
	"alt-svc":                          "Another address or protocol at which the same site can be had (RFC 7838, 3).",
	"authorization":                    "Who the client is, with the proof that the server asked for (RFC 9110, 11.6.2).",
	"cache-control":                    "Who may keep the answer, and for how long (RFC 9111, 5.2).",
	"connection":                       "What becomes of this one connection: close ends it after the answer (RFC 9110, 7.6.1).",
	"content-disposition":              "Whether to show the content or to save it, and under what name (RFC 6266, 4).",
	"content-encoding":                 "How the content is compressed; the reader has to undo it (RFC 9110, 8.4).",
	"content-language":                 "The language of the people for whom the content is meant (RFC 9110, 8.5).",
	"content-length":                   "How many bytes of content follow the head (RFC 9110, 8.6).",
	"content-location":                 "The address of just this content (RFC 9110, 8.7).",
	"content-range":                    "Which part of the whole the content is (RFC 9110, 14.4).",
	"content-security-policy":          "From where a page may load scripts, pictures and styles (W3C Content Security Policy, 3.1).",
	"content-type":                     "What the content is, so that a reader knows what to do with it (RFC 9110, 8.3).",
	"cookie":                           "What this server asked the client to bring along each time (RFC 6265, 4.2).",
	"date":                             "When the answer was made, always in GMT (RFC 9110, 6.6.1).",
	"dnt":                              "Do not track: a wish that few servers heed.",
	"etag":                             "A mark of this version of the content; it changes when the content does (RFC 9110, 8.8.3).",
	"expect":                           "The client holds its content back until the server says 100 (RFC 9110, 10.1.1).",
	"expires":                          "Until when a cache may use the answer; Cache-Control overrules it (RFC 9111, 5.3).",
	"forwarded":                        "Who asked the proxies on the way, and by which address (RFC 7239, 4).",
	"from":                             "The mail address of whoever runs the client (RFC 9110, 10.1.2).",
	"host":                             "Which site the client means; one server can hold many (RFC 9110, 7.2).",
	"if-match":                         "Do it only if the content still has one of these marks; otherwise 412 (RFC 9110, 13.1.1).",
	"if-modified-since":                "Send it only if it has changed since; otherwise 304 will do (RFC 9110, 13.1.3).",
	"if-none-match":                    "Send it only if it is another version than these; otherwise 304 will do (RFC 9110, 13.1.2).",
	"if-range":                         "Send the part only if the content is still the same; otherwise all of it (RFC 9110, 13.1.5).",
	"if-unmodified-since":              "Do it only if it has not changed since; otherwise 412 (RFC 9110, 13.1.4).",
	"keep-alive":                       "How long an idle connection may stay open; a habit older than HTTP/1.1.",
	"last-modified":                    "When the content last changed; a client asks again with that date (RFC 9110, 8.8.2).",
	"link":                             "How this content and another are related (RFC 8288, 3).",
	"location":                         "Where to go instead, or where the new thing is (RFC 9110, 10.2.2).",
	"max-forwards":                     "How many proxies may pass the request on (RFC 9110, 7.6.2).",
	"origin":                           "The site whose page made the browser ask (RFC 6454, 7).",
	"pragma":                           "An old way to ask for a fresh answer (RFC 9111, 5.4).",
	"priority":                         "How urgent the client finds this answer (RFC 9218, 4).",
	"proxy-authenticate":               "How the client can prove to a proxy who it is (RFC 9110, 11.7.1).",
	"proxy-authorization":              "Who the client is, for a proxy (RFC 9110, 11.7.2).",
	"range":                            "The part of the content that the client wants (RFC 9110, 14.2).",
	"referer":                          "The page that led here; its name was misspelt long ago and stayed so (RFC 9110, 10.1.3).",
	"referrer-policy":                  "How much of this page's address a browser tells the next server (W3C Referrer Policy, 4.1).",
	"retry-after":                      "When to ask again (RFC 9110, 10.2.3).",
	"sec-fetch-dest":                   "What the browser wants it for: a page, a picture, a script (W3C Fetch Metadata, 2.1).",
	"sec-fetch-mode":                   "How the browser asks: to go to a page, or for a script (W3C Fetch Metadata, 2.2).",
	"sec-fetch-site":                   "Whether the page that asks is of this site or of another (W3C Fetch Metadata, 2.3).",
	"sec-fetch-user":                   "A person did it, by a click for instance (W3C Fetch Metadata, 2.4).",
	"sec-gpc":                          "The reader asks that data about them is not sold (W3C Global Privacy Control, 3.2).",
	"sec-websocket-accept":             "The server's answer to Sec-WebSocket-Key: it did understand (RFC 6455, 11.3.3).",
	"sec-websocket-extensions":         "Extensions of the WebSocket that both sides might use (RFC 6455, 11.3.2).",
	"sec-websocket-key":                "A random value; the server proves with it that it speaks WebSocket (RFC 6455, 11.3.1).",
	"sec-websocket-protocol":           "What is spoken inside the WebSocket (RFC 6455, 11.3.4).",
	"sec-websocket-version":            "The version of WebSocket; 13 is the one in use (RFC 6455, 11.3.5).",
	"server":                           "What program the server says it is (RFC 9110, 10.2.4).",
	"set-cookie":                       "A note for the client, to bring along each time (RFC 6265, 4.1).",
	"strict-transport-security":        "Come back by https alone, for so many seconds; heeded on https only (RFC 6797, 6.1).",
	"te":                               "The transfer codings that the client takes, and whether it reads trailers (RFC 9110, 10.1.4).",
	"trailer":                          "The fields that will follow the content (RFC 9110, 6.6.2).",
	"transfer-encoding":                "How the content is wrapped on this connection; chunked marks its end by itself (RFC 9112, 6.1).",
	"upgrade":                          "Another protocol that could be spoken on this connection; 101 agrees to it (RFC 9110, 7.8).",
	"upgrade-insecure-requests":        "The browser would rather be sent to https (W3C Upgrade Insecure Requests, 3.2.1).",
	"user-agent":                       "What program the client says it is (RFC 9110, 10.1.5).",
	"vary":                             "The request fields that this answer depends on (RFC 9110, 12.5.5).",
	"via":                              "The proxies on the way, each with the version of HTTP that it was spoken to in (RFC 9110, 7.6.3).",
	"www-authenticate":                 "How the client can prove who it is; it comes with 401 (RFC 9110, 11.6.1).",
	"x-content-type-options":           "nosniff: a browser is to believe Content-Type (WHATWG Fetch, 3.6).",
	"x-forwarded-for":                  "The client's address, as a proxy before this server saw it; anybody can write it.",
	"x-frame-options":                  "Whether other pages may show this one in a frame (RFC 7034, 2).",
	"x-requested-with":                 "A script in a page asked, and says so; a habit of libraries.",
}

// fieldFamilies stands in for fields that share a beginning.
var fieldFamilies = []struct{ start, sentence string }{
	{"accept-", "One more thing that the client can take (RFC 9110, 12.5)."},
	{"access-control-", "What pages of other sites may do with this one in a browser (WHATWG Fetch, 3.2)."},
	{"sec-ch-", "A client hint: what the browser tells about itself, so that User-Agent can stay short (RFC 8942, 2)."},
	{"sec-websocket-", "A part of the opening of a WebSocket (RFC 6455, 11.3)."},
	{"sec-", "A field that a browser sets itself, and a page's script cannot (WHATWG Fetch, 2.2.2)."},
	{"proxy-", "Something between the client and a proxy (RFC 9110, 11.7)."},
	{"content-", "Something about the content (RFC 9110, 8)."},
	{"if-", "A condition: act only if it holds (RFC 9110, 13.1)."},
}

// fieldSentence is the sentence for a field, or other if the name says
// nothing to us.
func fieldSentence(name, other string) string {
	name = strings.ToLower(name)
	if s, ok := fieldSentences[name]; ok {
		return s
	}
	for _, f := range fieldFamilies {
		if strings.HasPrefix(name, f.start) {
			return f.sentence
		}
	}
	return other
}

// plain makes a name from the wire safe and short enough for a sentence.
func plain(name string) string {
	const most = 40
	if name == "" {
		return "a field without name"
	}
	if len(name) > most {
		return visible.Bytes([]byte(name[:most])) + "…"
	}
	return visible.Bytes([]byte(name))
}
