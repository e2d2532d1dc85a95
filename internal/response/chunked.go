package response

import (
	"bytes"
	"strconv"
	"strings"
)

// A Chunks is what was found of a chunked content (RFC 9112, 7.1). LF alone is
// read as a line end; the first such flaw is kept for whoever judges framing.
type Chunks struct {
	body   []byte
	n      int  // bytes of the coding that were read
	Done   bool // the last chunk and the trailer have come
	broken bool // this is no chunked coding
	Flaw   string
	FlawAt int // from the first byte of the coding
}

// readChunks undoes the chunked coding as far as it has come.
func readChunks(b []byte) Chunks {
	c := Chunks{}
	for {
		at := c.n
		line, ok := c.line(b)
		if !ok {
			return c
		}
		size, _, _ := strings.Cut(line, ";") // this reader knows no extension
		n, err := strconv.ParseUint(strings.TrimRight(size, " \t"), 16, 31)
		if err != nil {
			c.broken = true
			c.note("no chunk size stands here", at)
			return c
		}
		if n == 0 {
			c.trailer(b)
			return c
		}
		if len(b)-c.n < int(n) {
			c.body = append(c.body, b[c.n:]...)
			c.n = len(b)
			return c
		}
		c.body = append(c.body, b[c.n:c.n+int(n)]...)
		c.n += int(n)
		if !c.afterData(b) {
			return c
		}
	}
}

// line takes the next line; ok is false when it has not come yet.
func (c *Chunks) line(b []byte) (line string, ok bool) {
	i := bytes.IndexByte(b[c.n:], '\n')
	if i < 0 {
		return "", false
	}
	text := b[c.n : c.n+i]
	if !bytes.HasSuffix(text, []byte("\r")) {
		c.note("a line of the chunked coding ends in LF alone", c.n+i)
	}
	c.n += i + 1
	return string(bytes.TrimSuffix(text, []byte("\r"))), true
}

// afterData takes the line end that follows a chunk's data.
func (c *Chunks) afterData(b []byte) bool {
	switch rest := b[c.n:]; {
	case len(rest) == 0 || string(rest) == "\r":
		return false
	case rest[0] == '\n', bytes.HasPrefix(rest, []byte("\r\n")):
		_, ok := c.line(b)
		return ok
	}
	c.broken = true
	c.note("a chunk is longer than its size says", c.n)
	return false
}

// trailer takes the lines after the last chunk, up to an empty one.
func (c *Chunks) trailer(b []byte) {
	for {
		line, ok := c.line(b)
		if !ok {
			return
		}
		if line == "" {
			c.Done = true
			return
		}
	}
}

// note keeps the first flaw.
func (c *Chunks) note(flaw string, at int) {
	if c.Flaw == "" {
		c.Flaw, c.FlawAt = flaw, at
	}
}
