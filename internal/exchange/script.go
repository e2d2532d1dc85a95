package exchange

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Limits of a script.
const (
	maxPause = 10 * time.Second
	maxConns = 16
)

// A scripter turns sections into actions.
type scripter struct {
	*parser
	x     *Exchange
	conn  int // the connection that sections are about; 0 before the first
	conns map[int]*connState
}

// A connState is what the file has done with a connection so far.
type connState struct {
	head   headState
	halved bool // half-closed by the client
	reset  bool
}

func (s *scripter) section(sec section) error {
	word, operand, _ := strings.Cut(sec.name, " ")
	operand = strings.TrimSpace(operand)
	switch word {
	case "file":
		return s.file(sec, operand)
	case "connection":
		return s.connection(sec, operand)
	}
	if s.conn == 0 { // no need to say that the first connection is opened
		s.conn, s.conns[1] = 1, &connState{}
	}
	c := s.conns[s.conn]
	if c.reset {
		return errorAt(sec.line, "connection %d was reset: nothing can follow", s.conn)
	}
	if word != "pause" && operand != "" {
		return errorAt(sec.line, "unknown section: %s", sec.name)
	}
	a := Action{Line: sec.line, Conn: s.conn}
	switch word {
	case "request", "request.raw":
		return s.request(sec, a, c)
	case "response", "response.raw":
		c.head = headState{}
		return s.response(sec, a)
	case "pause":
		d, err := time.ParseDuration(operand)
		if err != nil || d <= 0 || d > maxPause {
			return errorAt(sec.line, "pause: not a time up to %v: %q", maxPause, operand)
		}
		a.Kind, a.Pause = Pause, d
	case "half-close":
		if c.halved {
			return errorAt(sec.line, "connection %d is half-closed already", s.conn)
		}
		a.Kind, c.halved = HalfClose, true
	case "reset":
		a.Kind, c.reset = Reset, true
	case "close":
		a.Kind = ExpectClose
	default:
		return errorAt(sec.line, "unknown section: %s", sec.name)
	}
	return s.bare(sec, a)
}

// bare appends an action whose section holds no text.
func (s *scripter) bare(sec section, a Action) error {
	s.x.Script = append(s.x.Script, a)
	return sec.noText()
}

// noText refuses text in a section that has no use for it.
func (sec section) noText() error {
	for i, line := range sec.lines {
		if strings.TrimSpace(line) != "" {
			return errorAt(sec.line+1+i, "%s takes no text: %q", sec.name, line)
		}
	}
	return nil
}

func (s *scripter) request(sec section, a Action, c *connState) error {
	if c.halved {
		return errorAt(sec.line, "connection %d is half-closed: nothing more can be sent", s.conn)
	}
	a.Kind, a.Raw = Send, sec.name == "request.raw"
	h := c.head
	if h.ended { // a new message; content of the old one stands in request.raw
		h = headState{}
	}
	data, h, err := s.wire(sec, a.Raw, h)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		return errorAt(sec.line, "%s sends nothing", sec.name)
	}
	c.head, a.Data = h, data
	s.x.Script = append(s.x.Script, a)
	return nil
}

func (s *scripter) response(sec section, a Action) error {
	a.Kind, a.Raw = Expect, sec.name == "response.raw"
	data, _, err := s.wire(sec, a.Raw, headState{})
	if err != nil {
		return err
	}
	if a.Raw {
		if len(data) == 0 {
			return errorAt(sec.line, "response.raw awaits nothing: use close")
		}
		a.Response = &Response{Pattern: data}
	} else if a.Response, err = parseResponse(data, sec.line+1); err != nil {
		return err
	}
	s.x.Script = append(s.x.Script, a)
	return nil
}

func (s *scripter) connection(sec section, operand string) error {
	n, err := strconv.Atoi(operand)
	if err != nil || n < 1 || n > maxConns {
		return errorAt(sec.line, "connection: not a number from 1 to %d: %q", maxConns, operand)
	}
	if s.conns[n] != nil { // back to one that is open
		s.conn = n
		return sec.noText()
	}
	if n != len(s.conns)+1 {
		return errorAt(sec.line, "connection %d: the next new one is %d", n, len(s.conns)+1)
	}
	s.conn, s.conns[n] = n, &connState{}
	return s.bare(sec, Action{Kind: Connect, Line: sec.line, Conn: n})
}

func (s *scripter) file(sec section, name string) error {
	if err := validName(name); err != nil {
		return errorAt(sec.line, "file: %v: %q", err, name)
	}
	if slices.ContainsFunc(s.x.Files, func(f File) bool { return f.Name == name }) {
		return errorAt(sec.line, "file given twice: %s", name)
	}
	data, _, err := s.wire(sec, true, headState{})
	if err != nil {
		return err
	}
	s.x.Files = append(s.x.Files, File{name, data})
	return nil
}
