package httpserver

import (
	"strconv"
	"strings"
)

// errorPageType is the Content-Type of an error page; http.server writes it
// without the space that it puts into the type of a listing.
const errorPageType = "text/html;charset=utf-8"

// SendError answers with an error page and closes the connection afterwards.
// An empty message or explain stands for the code's own words. The message
// goes into the status line as it is and into the page escaped: it may quote
// what the client sent, but only through [Repr].
//
// It is a whole response: nothing may have been sent before it. A HEAD request
// gets the same fields and no page.
func (w *ResponseWriter) SendError(code int, message, explain string) {
	phrase, sentence := statusText(code)
	if message == "" {
		message = phrase
	}
	if explain == "" {
		explain = sentence
	}
	w.r.LogMessage("code " + strconv.Itoa(code) + ", message " + message)
	w.SendResponse(code, message)
	w.SendHeader("Connection", "close")
	if code < 200 || code == 204 || code == 205 || code == 304 {
		w.EndHeaders() // these codes have no content (RFC 9110, 6.4.1)
		return
	}
	page := errorPage(code, message, explain)
	w.SendHeader("Content-Type", errorPageType)
	w.SendHeader("Content-Length", strconv.Itoa(len(page)))
	w.EndHeaders()
	if w.r.Method != "HEAD" {
		w.WriteString(page)
	}
}

// errorPage is http.server's page. The message holds Latin-1, as the status
// line does; the page is UTF-8.
func errorPage(code int, message, explain string) string {
	number := strconv.Itoa(code)
	return `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: ` + number + `</p>
        <p>Message: ` + latin1(escape.Replace(message)) + `.</p>
        <p>Error code explanation: ` + number + " - " +
		escape.Replace(explain) + `.</p>
    </body>
</html>
`
}

// escape makes text safe between tags: Python's html.escape(quote=False).
// Inside an attribute it would not be enough.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
