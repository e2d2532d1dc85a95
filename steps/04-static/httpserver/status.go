package httpserver

// phrase returns a code's own message for the status line, "???" for a code
// that is not in the table.
func phrase(code int) string {
	if s, found := statuses[code]; found {
		return s.phrase
	}
	return "???"
}

// explanation returns the sentence that http.server's error page adds to it.
func explanation(code int) string {
	if s, found := statuses[code]; found {
		return s.explain
	}
	return "???"
}

// statuses holds the codes that the steps use, in Python 3.11's words. Some
// phrases have other names in RFC 9110 by now (413 "Content Too Large"); a
// client reads the number only.
var statuses = map[int]struct{ phrase, explain string }{
	100: {"Continue", "Request received, please continue"},
	200: {"OK", "Request fulfilled, document follows"},
	201: {"Created", "Document created, URL follows"},
	204: {"No Content", "Request fulfilled, nothing follows"},
	301: {"Moved Permanently", "Object moved permanently -- see URI list"},
	302: {"Found", "Object moved temporarily -- see URI list"},
	303: {"See Other", "Object moved -- see Method and URL list"},
	304: {"Not Modified", "Document has not changed since given time"},
	400: {"Bad Request", "Bad request syntax or unsupported method"},
	401: {"Unauthorized", "No permission -- see authorization schemes"},
	403: {"Forbidden", "Request forbidden -- authorization will not help"},
	404: {"Not Found", "Nothing matches the given URI"},
	405: {"Method Not Allowed",
		"Specified method is invalid for this resource"},
	408: {"Request Timeout", "Request timed out; try again later"},
	411: {"Length Required", "Client must specify Content-Length"},
	413: {"Request Entity Too Large", "Entity is too large"},
	414: {"Request-URI Too Long", "URI is too long"},
	415: {"Unsupported Media Type", "Entity body in unsupported format"},
	417: {"Expectation Failed", "Expect condition could not be satisfied"},
	431: {"Request Header Fields Too Large",
		"The server is unwilling to process the request because its header " +
			"fields are too large"},
	500: {"Internal Server Error", "Server got itself in trouble"},
	501: {"Not Implemented", "Server does not support this operation"},
	502: {"Bad Gateway", "Invalid responses from another server/proxy"},
	503: {"Service Unavailable",
		"The server cannot process the request due to a high load"},
	504: {"Gateway Timeout",
		"The gateway server did not receive a timely response"},
	505: {"HTTP Version Not Supported", "Cannot fulfill request"},
}
