package response

import (
	"bytes"

	"example/wirebook/internal/wire/message"
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
	spans, done := message.Chunked(b)
	c := Chunks{Done: done}
	afterData := false
	line := 0 // where the line at hand begins
	for _, s := range spans {
		end := s.Off + s.Len
		switch text := b[s.Off:end]; {
		case afterData && s.Kind != message.ChunkEnd:
			c.breaks("a chunk is longer than its size says", s.Off)
			return c
		case s.Kind == message.Content:
			c.body = append(c.body, text...)
			c.n = end
		case s.Kind == message.NotHTTP, s.Kind == message.LoneCR,
			s.Kind == message.ChunkExt && !isExtension(text):
			if bytes.IndexByte(b[s.Off:], '\n') >= 0 { // the line is whole
				c.breaks("no chunk size stands here", line)
			}
			return c
		case text[s.Len-1] == '\n':
			if s.Len == 1 {
				c.note("a line of the chunked coding ends in LF alone", s.Off)
			}
			c.n, line = end, end
		}
		afterData = s.Kind == message.Content
	}
	return c
}

// isExtension says whether what follows a chunk's size may: nothing but white
// space, or an extension.
func isExtension(b []byte) bool {
	b = bytes.TrimLeft(b, " \t")
	return len(b) == 0 || b[0] == ';'
}

// breaks notes that this is no chunked coding.
func (c *Chunks) breaks(flaw string, at int) {
	c.broken, c.Done = true, false
	c.note(flaw, at)
}

// note keeps the first flaw.
func (c *Chunks) note(flaw string, at int) {
	if c.Flaw == "" {
		c.Flaw, c.FlawAt = flaw, at
	}
}
