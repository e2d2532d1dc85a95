package wire

import (
	"strings"

	"example/wirebook/internal/wire/message"
)

// Explain names what puzzles a learner who sees it for the first time, or is
// empty.
func (c *Conn) Explain() string {
	for _, m := range c.Messages() {
		switch {
		case m.Dir != message.ToServer || len(m.Spans) == 0:
		case m.Spans[0].Kind == message.TLS:
			return "first bytes 16 03 01: TLS; somebody typed https://"
		case m.Head.Method == "PRI":
			return "HTTP/2 preface"
		case m.Head.Target == "/favicon.ico" && c.BrowserName() != "":
			return "a browser asks for its icon by itself"
		}
	}
	return ""
}

// Who is the client: who the workbook knows it to be, or what its first request
// says it is, or "client". The result is safe to print.
func (c *Conn) Who() string {
	if c.Sender != (Sender{}) {
		return c.Sender.String()
	}
	if name := c.BrowserName(); name != "" {
		return name
	}
	product, _, _ := strings.Cut(c.agent(), " ")
	if product == "" {
		return "client"
	}
	return clip(product)
}

// agent is the User-Agent of the first request.
func (c *Conn) agent() string {
	for _, m := range c.Messages() {
		if m.Dir == message.ToServer && m.Start != "" {
			agent, _ := m.Field("user-agent")
			return agent
		}
	}
	return ""
}

// BrowserName is the client's name if it is a browser. They all claim to be each
// other, so the order matters: the latest comer names itself beside the rest.
func (c *Conn) BrowserName() string {
	agent := c.agent()
	for _, b := range []struct{ mark, name string }{
		{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"},
		{"Chrome/", "Chromium"}, {"Chromium/", "Chromium"}, {"Safari/", "Safari"},
	} {
		if strings.Contains(agent, b.mark) {
			return b.name
		}
	}
	return ""
}
