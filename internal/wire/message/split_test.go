package message

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// A recording is one line of testdata/recorded.jsonl: what a client sent to
// one of the Python servers of the lessons, and what came back. Strings hold
// one character per byte.
type recording struct {
	Step, Name, Request, Response, End string
	Shortened                          bool // Response is the head only
}

func recordings(t testing.TB) []recording {
	t.Helper()
	f, err := os.Open("testdata/recorded.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []recording
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r recording
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		r.Request, r.Response = latin1(r.Request), latin1(r.Response)
		list = append(list, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

func latin1(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

// record is the connection on which sent came first, then got.
func record(sent, got string) *Splitter {
	c := &Splitter{}
	if sent != "" {
		c.Add(ToServer, []byte(sent))
	}
	if got != "" {
		c.Add(ToClient, []byte(got))
	}
	return c
}

// outline writes messages down: one line for each, with kind=text of its
// spans, ! after those with a finding.
func outline(c *Splitter) string {
	var s strings.Builder
	for _, m := range c.Messages() {
		fmt.Fprintf(&s, "%d %s", m.Exchange, [...]string{"→", "←"}[m.Dir])
		for _, span := range m.Spans {
			fmt.Fprintf(&s, " %s=%q", strings.ReplaceAll(span.Kind.String(), " ", "-"), m.Text(span))
			if span.Finding != "" {
				s.WriteByte('!')
			}
		}
		switch {
		case m.Missing != 0:
			fmt.Fprintf(&s, " missing %d", m.Missing)
		case !m.Complete:
			s.WriteString(" incomplete")
		}
		s.WriteByte('\n')
	}
	return s.String()
}

// uncovered says where the spans do not cover a direction's bytes exactly
// once, in order; empty if they do.
func uncovered(c *Splitter) string {
	var at [2]int
	for _, m := range c.Messages() {
		if m.Off != at[m.Dir] || len(m.Spans) == 0 {
			return fmt.Sprintf("message %s at %d, due at %d", m.Dir, m.Off, at[m.Dir])
		}
		for _, s := range m.Spans {
			if s.Off != at[m.Dir] || s.Len <= 0 {
				return fmt.Sprintf("%s %s at %d+%d, due at %d", m.Dir, s.Kind, s.Off, s.Len, at[m.Dir])
			}
			at[m.Dir] += s.Len
		}
		if at[m.Dir] != m.Off+m.Len {
			return fmt.Sprintf("message %s ends at %d, its spans at %d", m.Dir, m.Off+m.Len, at[m.Dir])
		}
	}
	if at != [2]int{len(c.Bytes(ToServer)), len(c.Bytes(ToClient))} {
		return fmt.Sprintf("covered %v of %d and %d bytes", at, len(c.Bytes(ToServer)), len(c.Bytes(ToClient)))
	}
	return ""
}

// spansOf is all spans of a direction, in order.
func spansOf(c *Splitter, dir Dir) []Span {
	var list []Span
	for _, m := range c.Messages() {
		if m.Dir == dir {
			list = append(list, m.Spans...)
		}
	}
	return list
}

// moved feeds two directions byte by byte, turns says whose byte is next, and
// reports the first span that a later byte has changed.
func moved(sent, got []byte, turns []Dir) string {
	c := &Splitter{}
	next := [2][]byte{sent, got}
	var before [2][]Span
	feed := func(dir Dir) string {
		if len(next[dir]) == 0 {
			return ""
		}
		c.Add(dir, next[dir][:1])
		next[dir] = next[dir][1:]
		for _, d := range []Dir{ToServer, ToClient} {
			now := spansOf(c, d)
			if s := changed(before[d], now); s != "" {
				return d.String() + ", " + s
			}
			before[d] = now
		}
		return ""
	}
	for i := 0; len(next[0])+len(next[1]) > 0; i++ {
		dir := ToServer
		if len(turns) > 0 {
			dir = turns[i%len(turns)]
		}
		if len(next[dir]) == 0 {
			dir = 1 - dir
		}
		if s := feed(dir); s != "" {
			return s
		}
	}
	return uncovered(c)
}

// changed finds the first span that is no longer what it was. The last one may
// still grow, or turn out to be something else.
func changed(before, now []Span) string {
	for i := range len(before) - 1 {
		if i >= len(now) || now[i] != before[i] {
			return fmt.Sprintf("span %d of %d is not %v any more", i, len(now), before[i])
		}
	}
	return ""
}

// The properties below would be worth nothing if they could not fail.
func TestThePropertiesCanFail(t *testing.T) {
	a, b := Span{Kind: Method, Len: 3}, Span{Kind: Space, Off: 3, Len: 1}
	for _, test := range []struct {
		name        string
		before, now []Span
		fails       bool
	}{
		{"the last may grow", []Span{a, b}, []Span{a, {Kind: Space, Off: 3, Len: 2}}, false},
		{"one more", []Span{a, b}, []Span{a, b, b}, false},
		{"one less", []Span{a, a, b}, []Span{a}, true},
		{"a longer one", []Span{a, b}, []Span{{Kind: Method, Len: 4}}, true},
		{"a finding", []Span{a, b}, []Span{{Kind: Method, Len: 3, Finding: "x"}, b}, true},
	} {
		if s := changed(test.before, test.now); (s != "") != test.fails {
			t.Errorf("%s: %q", test.name, s)
		}
	}
	for name, spoil := range map[string]func(*Message){
		"one missing": func(m *Message) { m.Spans = m.Spans[1:] },
		"one empty":   func(m *Message) { m.Spans[0].Len = 0 },
		"a gap":       func(m *Message) { m.Spans[1].Off++ },
		"too short":   func(m *Message) { m.Spans = m.Spans[:2] },
		"no spans":    func(m *Message) { m.Spans = nil },
		"moved":       func(m *Message) { m.Off++ },
	} {
		c := record("GET / HTTP/1.1\r\n\r\n", "")
		spoil(&c.Messages()[0])
		if uncovered(c) == "" {
			t.Errorf("%s: not noticed", name)
		}
	}
}

func TestSplit(t *testing.T) {
	seen := make(map[SpanKind]bool)
	for _, test := range splits {
		t.Run(test.name, func(t *testing.T) {
			c := record(test.sent, test.got)
			looked := &Splitter{} // at each byte
			for i := range len(test.sent) + len(test.got) {
				dir, b := ToServer, test.sent
				if i >= len(b) {
					dir, b, i = ToClient, test.got, i-len(b)
				}
				looked.Add(dir, []byte(b[i:i+1]))
				looked.Messages()
			}
			for _, c := range []*Splitter{c, looked} {
				switch test.end {
				case "closed":
					c.End(ToClient)
				case "reset":
					c.Cut(ToClient)
				}
				got := strings.Split(strings.TrimSuffix(outline(c), "\n"), "\n")
				if !slices.Equal(got, test.want) {
					t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
				}
			}
			if s := uncovered(c); s != "" {
				t.Error(s)
			}
			for _, turns := range [][]Dir{{ToServer}, {ToClient}, {ToServer, ToClient}} {
				if s := moved([]byte(test.sent), []byte(test.got), turns); s != "" {
					t.Errorf("byte by byte, %v: %s", turns, s)
				}
			}
			for _, m := range c.Messages() {
				for _, s := range m.Spans {
					seen[s.Kind] = true
				}
			}
		})
	}
	for k := range spanKinds {
		if !seen[k] {
			t.Errorf("no test has a span of kind %q", k)
		}
	}
}

func TestRecorded(t *testing.T) {
	for _, r := range recordings(t) {
		t.Run(r.Step+"/"+r.Name, func(t *testing.T) {
			c := record(r.Request, r.Response)
			switch r.End {
			case "closed":
				c.End(ToClient)
				c.End(ToServer)
			case "reset":
				c.Cut(ToClient)
			}
			if s := uncovered(c); s != "" {
				t.Error(s)
			}
			for _, m := range c.Messages() {
				for _, s := range m.Spans {
					if text := m.Explain(s); text == "" {
						t.Errorf("%v has no explanation", s)
					}
				}
			}
			if len(r.Request)+len(r.Response) > 1000 {
				return
			}
			if s := moved([]byte(r.Request), []byte(r.Response), nil); s != "" {
				t.Error(s)
			}
		})
	}
}

func FuzzSplit(f *testing.F) {
	for _, r := range recordings(f) {
		if len(r.Request)+len(r.Response) < 400 {
			f.Add([]byte(r.Request), []byte(r.Response), byte(0))
		}
	}
	for _, s := range splits {
		f.Add([]byte(s.sent), []byte(s.got), byte(1))
	}
	f.Fuzz(func(t *testing.T, sent, got []byte, pattern byte) {
		if len(sent)+len(got) > 400 { // each byte means a whole Split
			t.Skip()
		}
		var turns []Dir
		for bit := range 8 {
			turns = append(turns, Dir(pattern>>bit&1))
		}
		if s := moved(sent, got, turns); s != "" {
			t.Error(s)
		}
		c := record(string(sent), string(got))
		c.End(ToClient)
		if s := uncovered(c); s != "" {
			t.Error(s)
		}
		for _, m := range c.Messages() {
			for _, s := range m.Spans {
				if s.Kind.String() == "unknown" || m.Explain(s) == "" {
					t.Errorf("no word for %v", s)
				}
			}
		}
	})
}

// What an answer is depends on what had been asked when it came, and a
// request that comes later changes nothing any more.
func TestDirectionsAreCoupledInTime(t *testing.T) {
	const head, answer = "HEAD / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"
	c := &Splitter{}
	add := func(d Dir, s string) { c.Add(d, []byte(s)) }
	add(ToServer, head)
	add(ToClient, answer)
	if m := spansOf(c, ToClient); m[len(m)-1].Kind != NotHTTP {
		t.Errorf("content in an answer to HEAD: %v", m[len(m)-1])
	}
	c = &Splitter{}
	add(ToClient, answer)
	add(ToServer, head)
	if m := spansOf(c, ToClient); m[len(m)-1].Kind != Content || m[0].Finding == "" {
		t.Errorf("an answer before the request: %v … %v", m[0], m[len(m)-1])
	}
}

// After 101 the client's bytes are no requests either, from where they were
// sent in the knowledge of it.
func TestTunnel(t *testing.T) {
	c := &Splitter{}
	add := func(d Dir, s string) { c.Add(d, []byte(s)) }
	add(ToServer, "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: y\r\n\r\n")
	add(ToClient, "HTTP/1.1 101 Switching Protocols\r\n\r\nGET")
	add(ToServer, "GET / HTTP/1.1\r\n")
	for dir, want := range map[Dir]string{ToServer: "GET / HTTP/1.1\r\n", ToClient: "GET"} {
		spans := spansOf(c, dir)
		last := spans[len(spans)-1]
		if got := string(c.Bytes(dir)[last.Off:]); last.Kind != Tunnel || got != want {
			t.Errorf("%s: %s %q, want a tunnel's %q", dir, last.Kind, got, want)
		}
	}
	if s := uncovered(c); s != "" {
		t.Error(s)
	}
}

// Where 101 comes before the request is whole, the tunnel begins after it, and
// has a number of its own.
func TestTunnelAfterTheRest(t *testing.T) {
	c := &Splitter{}
	add := func(d Dir, s string) { c.Add(d, []byte(s)) }
	add(ToServer, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na")
	add(ToClient, "HTTP/1.1 101 Switching Protocols\r\n\r\n")
	add(ToServer, "bcxyz")
	all := c.Messages()
	last := all[len(all)-1]
	if last.Dir != ToServer || string(last.Bytes()) != "xyz" || last.Spans[0].Kind != Tunnel || last.Exchange != 2 {
		t.Errorf("%s %q, %v, exchange %d", last.Dir, last.Bytes(), last.Spans, last.Exchange)
	}
}

// BenchmarkSplit splits a mebibyte: one large body, many small exchanges, and
// nothing but short fields.
func BenchmarkSplit(b *testing.B) {
	fill := func(unit string) string {
		s := make([]byte, 0, 1<<20)
		for len(s)+len(unit) <= 1<<20 {
			s = append(s, unit...)
		}
		return string(s)
	}
	head := "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"
	for _, bench := range []struct{ name, sent, got string }{
		{"body", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", head + fill("x")[:1<<20-len(head)]},
		{"exchanges", fill("GET / HTTP/1.1\r\nHost: localhost:8000\r\n\r\n"), ""},
		{"fields", "GET / HTTP/1.1\r\n" + fill("a: b\r\n")[:1<<20-16], ""},
		{"lone CR", fill("\r")[:1<<20], ""},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.SetBytes(int64(len(bench.sent) + len(bench.got)))
			for b.Loop() {
				record(bench.sent, bench.got).Messages()
			}
		})
	}
}
