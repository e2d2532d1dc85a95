package wirepane

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"example/wirebook/internal/screentest"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// paneWith is a wire pane that has seen some events.
func paneWith(w, h int, events ...wire.Event) *Pane {
	p := New()
	p.SetSize(w, h)
	p.Add(events, 0, time.Unix(1000, 0))
	return &p
}

var idle = Server{Addr: "localhost:8000"}

func rowsText(p *Pane) string {
	var b strings.Builder
	for i := range p.rowCount() {
		b.WriteString(strings.TrimRight(p.rowAt(i).Plain(), " ") + "\n")
	}
	return b.String()
}

// Arrivals, and what happens between them, stand in the order of time.
func TestArrivalsInOrder(t *testing.T) {
	ms := time.Millisecond
	p := paneWith(60, 40,
		wire.Event{Conn: 1, Kind: wire.Opened, Client: "127.0.0.1:1"},
		wire.Event{Conn: 1, Kind: wire.Arrived, Data: []byte("GE")},
		wire.Event{Conn: 1, At: 3 * ms, Dir: message.ToClient, Kind: wire.WasReset},
		wire.Event{Conn: 1, At: 50 * ms, Kind: wire.Arrived, Data: []byte("T / HTTP/1.1\r\n\r\n")},
		wire.Event{Conn: 1, At: 51 * ms, Kind: wire.Done},
	)
	want := `→ request   2 of 18 bytes
 1 +0.0 ms  GE
   +3.0 ms  the server reset the connection (RST), 3.0 ms
            later

→ request, continued   16 bytes, 47 ms later
 2  +50 ms  T / HTTP/1.1␍␊
            ␍␊
`
	if got := rowsText(p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// An answer that left before the rest of its request stands before it, and what
// is no longer recorded is counted.
func TestOneTimeAxis(t *testing.T) {
	ms := time.Millisecond
	event := func(at time.Duration, d message.Dir, k wire.Kind, data string) wire.Event {
		return wire.Event{Conn: 1, At: time.Second + at, Dir: d, Kind: k, Data: []byte(data)}
	}
	p := paneWith(60, 40,
		event(0, 0, wire.Opened, ""),
		event(ms/5, message.ToServer, wire.Arrived, "GET / HT"),
		event(28*ms/10, message.ToClient, wire.Arrived, "HTTP/1.1 400 No\r\nContent-Length: 4\r\n\r\nno\r\n"),
		event(28*ms/10, message.ToClient, wire.HalfClosed, ""),
		event(502*ms, message.ToServer, wire.Arrived, "TP/1.1\r\n"),
		event(5703*ms, message.ToServer, wire.Arrived, "\r\n"),
		wire.Event{Conn: 1, At: 7 * time.Second, Dir: message.ToServer, Kind: wire.Arrived, Lost: 2000},
	)
	want := `→ request   8 of 18 bytes
 1 +0.2 ms  GET / HT

← response   42 bytes, 2.6 ms later
 1 +2.8 ms  HTTP/1.1 400 No␍␊
            Content-Length: 4␍␊
            ␍␊
            no␍␊
   +2.8 ms  the server ended its side (FIN)

→ request, continued   10 bytes, 2 arrivals, 499 ms later
 2 +502 ms  TP/1.1␍␊
 3  +5.7 s  ␍␊
    +6.0 s  the record of what the client sent ends here: 18
            of 2,018 bytes are kept, 297 ms later
`
	if got := rowsText(p); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// However the bytes come in, what is drawn bit by bit is what is drawn at once.
func TestDrawnBitByBit(t *testing.T) {
	exchanges := []string{screentest.GetPage, "GET / HT", screentest.YesPage, "TP/1.0\r\n\r\nPOST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nab",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.0 400 No\r\n\r\n" + strings.Repeat("line\n", 60), "cdeGET\r\n", strings.Repeat("more\n", 20), "\x16\x03"}
	for size := 1; size < 40; size += 3 {
		p := paneWith(60, 40, wire.Event{Conn: 1, Kind: wire.Opened})
		at := time.Duration(0)
		add := func(e wire.Event) {
			at += 3 * time.Millisecond
			e.Conn, e.At = 1, at
			p.Add([]wire.Event{e}, 0, time.Unix(1000, 0))
			got := rowsText(p)
			fresh := newTextView(p.current().conn, p.w)
			fresh.draw()
			p.text = fresh
			if due := rowsText(p); got != due {
				t.Fatalf("pieces of %d, at %v: drew\n%s\ndue\n%s", size, at, got, due)
			}
		}
		for i, text := range exchanges {
			for len(text) > 0 {
				n := min(size, len(text))
				add(wire.Event{Dir: message.Dir(i / 2 % 2), Kind: wire.Arrived, Data: []byte(text[:n])})
				text = text[n:]
			}
		}
		add(wire.Event{Kind: wire.Arrived, Lost: 5})
		add(wire.Event{Kind: wire.Arrived, Data: []byte("x")})
		add(wire.Event{Dir: message.ToClient, Kind: wire.HalfClosed})
		add(wire.Event{Kind: wire.WasReset})
		add(wire.Event{Kind: wire.Done})
	}
}

// The cursor goes along the time axis: a response that came in the middle of its
// request is passed there.
func TestCursorFollowsTheAxis(t *testing.T) {
	p := paneWith(60, 40, wire.Event{Conn: 1, Kind: wire.Opened},
		wire.Event{Conn: 1, Kind: wire.Arrived, Data: []byte("GET / HT")},
		wire.Event{Conn: 1, Dir: message.ToClient, Kind: wire.Arrived, Data: []byte("HTTP/1.1 400 No\r\n")},
		wire.Event{Conn: 1, Dir: message.ToClient, Kind: wire.HalfClosed},
		wire.Event{Conn: 1, Kind: wire.Arrived, Data: []byte("TP/1.1\r\n")})
	due := []string{"GET", " ", "/", " ", "HTTP/1.1", "HTTP/1.1", " ", "400", " ", "No", "\r\n", "\r\n"}
	p.End(false)
	for range 2 { // there and back
		for i, want := range due {
			m, s, _ := p.at()
			if got := m.Text(s); got != want {
				t.Errorf("step %d: at %q, due %q", i, got, want)
			}
			p.MoveSpan(1)
		}
		p.End(true)
		for i := range due {
			m, s, _ := p.at()
			if got, want := m.Text(s), due[len(due)-1-i]; got != want {
				t.Errorf("step %d back: at %q, due %q", i, got, want)
			}
			p.MoveSpan(-1)
		}
	}
}

// On a new connection the cursor stands at the first thing worth looking at, and
// stays where the reader has put it.
func TestCursorOnNewConnections(t *testing.T) {
	for _, tt := range []struct{ request, response, due string }{
		{screentest.GetPage, screentest.YesPage, "200"},
		{screentest.GetPage, "", "GET"},
		{"GET / HTTP/1.0\nA: b\r\n\r\n", screentest.YesPage, "\n"},
		{screentest.GetPage, "HTTP/1.1 200 OK \r\nA : b\r\n\r\n", " "},
		{screentest.GetPage, "Yes", "GET"},
	} {
		p := paneWith(60, 40, screentest.Talk(1, "", tt.request, tt.response)...)
		m, s, _ := p.at()
		if got := m.Text(s); got != tt.due {
			t.Errorf("%q, %q: the cursor is at %q, due %q", tt.request, tt.response, got, tt.due)
		}
	}
	p := paneWith(60, 40, screentest.Talk(1, "", screentest.GetPage, "")...)
	p.MoveSpan(1)
	p.Add([]wire.Event{{Conn: 1, At: 2 * time.Second, Dir: message.ToClient, Kind: wire.Arrived, Data: []byte(screentest.YesPage)}}, 0, time.Unix(1002, 0))
	if m, s, _ := p.at(); m.Text(s) != " " {
		t.Errorf("a response moves the reader's cursor to %q", m.Text(s))
	}
	p.Add(screentest.Talk(2, "", screentest.GetPage, screentest.YesPage), 0, time.Unix(1003, 0))
	p.Beside(-1)
	if m, s, _ := p.at(); p.chosen != 2 || m.Text(s) != "200" {
		t.Errorf("on connection %d the cursor is at %q", p.chosen, m.Text(s))
	}
}

// The count of what is no longer recorded goes on.
func TestRecordEndCounts(t *testing.T) {
	p := paneWith(90, 40, screentest.Talk(1, "", screentest.GetPage, "")...)
	for i, due := range []string{"40 of 41 bytes", "40 of 42 bytes", "40 of 43 bytes"} {
		p.Add([]wire.Event{{Conn: 1, At: 3 * time.Second, Kind: wire.Arrived, Lost: 1}}, 0, time.Unix(1002, 0))
		if got := rowsText(p); !strings.Contains(got, due) {
			t.Errorf("after %d: no %q in\n%s", i+1, due, got)
		}
	}
}

// A span says all the arrivals that brought it.
func TestArrivalsOfASpan(t *testing.T) {
	for cuts, want := range map[string]string{
		"GET": "bytes 0–2", "G|ET": "bytes 0–2, arrivals 1 and 2", "G|E|T": "bytes 0–2, arrivals 1 to 3", "GET| ": "bytes 0–2, arrival 1",
	} {
		p := paneWith(60, 40, wire.Event{Conn: 1, Kind: wire.Opened})
		for part := range strings.SplitSeq(cuts, "|") {
			p.Add([]wire.Event{{Conn: 1, Kind: wire.Arrived, Data: []byte(part)}}, 0, time.Unix(1000, 0))
		}
		m, s, _ := p.at()
		if got := p.placeOf(m, s); got != want {
			t.Errorf("%s: %q, want %q", cuts, got, want)
		}
	}
}

// Blanks that would be overlooked are shown; all others are gaps.
func TestBlanksThatHide(t *testing.T) {
	p := paneWith(70, 40, screentest.Talk(1, "", "GET  / HTTP/1.1\r\nA: b c \r\n\r\n", "")...)
	for _, want := range []string{"GET␠␠/ HTTP/1.1␍␊", "A: b c␠␍␊"} {
		if !strings.Contains(rowsText(p), want) {
			t.Errorf("lacks %q:\n%s", want, rowsText(p))
		}
	}
}

// What is drawn is what came: every byte of a text message, once.
func TestEveryByteIsDrawnOnce(t *testing.T) {
	request := "POST /x HTTP/1.1\r\nContent-Length: 300\r\nX: \t\xe9\r\n\r\n" + strings.Repeat("0123456789012345678901234567\r\n", 10)
	for w := 20; w < 90; w += 11 {
		p := paneWith(w, 40, screentest.Talk(1, "", request, "")...)
		var got strings.Builder
		for i := range p.rowCount() {
			for _, x := range p.rowAt(i) {
				if x.Ref > 0 {
					got.WriteString(x.Text)
				}
			}
		}
		want := strings.Join(strings.Split(sampleAll(request), ""), "")
		if strings.ReplaceAll(got.String(), "␠", " ") != want {
			t.Errorf("width %d: drew\n%q\nwant\n%q", w, got.String(), want)
		}
	}
}

func sampleAll(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteString(glyphs[s[i]])
	}
	return b.String()
}

// spanRefs lists every span of a connection, in order.
func spanRefs(messages []message.Message) []spanRef {
	var refs []spanRef
	for m := range messages {
		for s := range messages[m].Spans {
			refs = append(refs, spanRef{m, s})
		}
	}
	return refs
}

// The cursor is the same part in both views, for every part.
func TestCursorInTextAndHex(t *testing.T) {
	p := paneWith(80, 40, screentest.Talk(1, "", screentest.GetPage, screentest.YesPage)...)
	p.End(false)
	for range spanRefs(p.messages()) {
		m, s, _ := p.at()
		b := p.current().conn.Bytes(m.Dir)[s.Off : s.Off+s.Len]
		text, _ := markedText(p)
		p.ToggleHex()
		chars, hex := markedText(p)
		p.ToggleHex()
		if want := sampleAll(string(b)); strings.ReplaceAll(text, "␠", " ") != want || chars != want || hex != fmt.Sprintf("%x", b) {
			t.Errorf("span %q: text marks %q, hex marks %q and %q", b, text, hex, chars)
		}
		p.MoveSpan(1)
	}
}

// markedText is what the cursor covers, and in the hex view its numbers.
func markedText(p *Pane) (text, hex string) {
	ref := p.refNumber()
	for i := range p.rowCount() {
		var parts []string
		for _, x := range markRef(p.rowAt(i), ref) {
			if x.Tone&cells.Marked != 0 {
				parts = append(parts, x.Text)
			}
		}
		half := 0
		if p.hex {
			half = len(parts) / 2
		}
		hex += strings.Join(parts[:half], "")
		text += strings.Join(parts[half:], "")
	}
	return text, hex
}

// The cursor can reach every part and stays in the window.
func TestCursorReachesEverything(t *testing.T) {
	for _, hex := range []bool{false, true} {
		p := paneWith(40, 20, screentest.Talk(1, "", screentest.GetPage, screentest.YesPage+strings.Repeat("y\n", 200))...)
		p.hex = hex
		p.End(false)
		refs := spanRefs(p.messages())
		for i := range refs {
			if p.cursor != refs[i] {
				t.Fatalf("step %d is at %v, want %v", i, p.cursor, refs[i])
			}
			if at := p.cursorRow(); at < p.top || at >= p.top+p.detail() {
				t.Errorf("span %d stands in row %d, the window is %d to %d", i, at, p.top, p.top+p.detail()-1)
			}
			p.MoveSpan(1)
		}
		for range 500 {
			p.Down(1)
		}
		if p.top+p.detail() < p.rowCount() {
			t.Errorf("hex %v: down stops at row %d of %d", hex, p.top+p.detail(), p.rowCount())
		}
		p.End(false)
		if p.top != 0 || p.cursor != refs[0] {
			t.Errorf("g leads to %d, %v", p.top, p.cursor)
		}
	}
}

// A picture is not read as text; all of it is in the hex view.
func TestBinaryContent(t *testing.T) {
	picture := strings.Repeat("\xff\xd8\x00\x01", 2500)
	p := paneWith(60, 40, screentest.Talk(1, "", screentest.GetPage, "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n"+picture)...)
	if got := rowsText(p); !strings.Contains(got, "9,936 bytes more; x shows all") {
		t.Errorf("got\n%s", got)
	}
	p.ToggleHex()
	if n := p.rowCount(); n < 10000/8 {
		t.Errorf("%d rows of hex", n)
	}
	if last := p.rowAt(p.rowCount() - 3).Plain(); !strings.Contains(last, "ff d8 00 01") {
		t.Errorf("the last row but one is %q", last)
	}
}

// The ring keeps the newest connections and says how many it let go.
func TestRing(t *testing.T) {
	p := paneWith(60, 40)
	for id := 1; id <= 230; id++ {
		p.Add(screentest.Talk(id, "", screentest.GetPage, screentest.YesPage), 0, time.Unix(1000, 0))
	}
	if n := len(p.conns.views); n != 200 || p.conns.gone != 30 {
		t.Errorf("keeps %d, %d gone", n, p.conns.gone)
	}
	p.conns.lost = 1234
	var rows strings.Builder
	for _, r := range p.Rows(true, idle) {
		rows.WriteString(r.Plain() + "\n")
	}
	if !strings.Contains(rows.String(), "30 no longer kept, 1,234 events lost") {
		t.Errorf("does not say what is missing:\n%s", rows.String())
	}
	// What comes late for one that is gone is not a new connection.
	p.Add([]wire.Event{{Conn: 1, Kind: wire.Arrived, Data: []byte("late")}}, 0, time.Unix(1001, 0))
	if p.conns.byID[1] != nil {
		t.Error("a connection came back from the dead")
	}
}

func TestRingIsBoundedInBytes(t *testing.T) {
	p := paneWith(60, 40)
	big := strings.Repeat("x", 1<<20)
	for id := 1; id <= 100; id++ {
		p.Add(screentest.Talk(id, "", screentest.GetPage, big), 0, time.Unix(1000, 0))
	}
	if p.conns.bytes > keepBytes || len(p.conns.views) > 64 {
		t.Errorf("keeps %d connections, %d bytes", len(p.conns.views), p.conns.bytes)
	}
}

// A browser's spare connection does not hide its request.
func TestSpareConnection(t *testing.T) {
	p := paneWith(60, 40, append(screentest.Talk(1, "", screentest.GetPage, screentest.YesPage), screentest.Talk(2, "", "", "")...)...)
	if p.chosen != 1 {
		t.Errorf("shows %d", p.chosen)
	}
	var rows strings.Builder
	for _, r := range p.Rows(false, idle) {
		rows.WriteString(r.Plain() + "\n")
	}
	if !strings.Contains(rows.String(), "opened, nothing sent") {
		t.Errorf("the spare one is not named:\n%s", rows.String())
	}
}

// Waiting is told with time.
func TestWaitingGrows(t *testing.T) {
	p := paneWith(60, 40, screentest.Talk(1, "", screentest.GetPage, "")...)
	before := p.current().conn.State(p.sinceEpoch())
	p.SetNow(p.now.Add(3 * time.Second))
	if after := p.current().conn.State(p.sinceEpoch()); !strings.Contains(after, "still") {
		t.Errorf("was %q, three seconds later %q", before, after)
	}
}

// What puzzles a newcomer is said under the connection's name, and in the list
// below the chosen one; a spare connection's is the whole of what there is.
func TestExplanations(t *testing.T) {
	const icon = "a browser asks for its icon by itself"
	const spare = "opened, nothing sent: it may be a spare connection of Chromium, which opened others"
	browser := "GET /favicon.ico HTTP/1.1\r\nUser-Agent: Mozilla/5.0 Chrome/126 Safari/537\r\n\r\n"
	for _, h := range []int{6, 12, 22, 36} {
		p := paneWith(60, h, screentest.Talk(1, "", browser, screentest.YesPage)...)
		p.Add(screentest.Talk(2, "", "", ""), 0, time.Unix(1001, 0))
		rows := p.Rows(true, idle)
		if got := strings.TrimSpace(rows[1].Plain()); got != icon || len(rows) != h {
			t.Errorf("height %d: under the name stands %q", h, got)
		}
		list := rowTexts(p.listRows(p.current()))
		if len(list) != 2 || !strings.Contains(list[0], "GET /favicon.ico  200  3 B") || strings.TrimSpace(list[1]) != icon {
			t.Errorf("in the list: %q", list)
		}
		p.Beside(-1)
		list = rowTexts(p.listRows(p.current()))
		if len(list) != 1 || !strings.Contains(list[0], "opened, nothing sent") {
			t.Errorf("a spare one in the list: %q", list)
		}
		if all := strings.Join(rowTexts(p.Rows(true, idle)[:4]), ""); strings.Count(strings.ReplaceAll(all, " ", ""), strings.ReplaceAll(spare, " ", "")) != 1 {
			t.Errorf("height %d: the fact stands there more than once or not at all:\n%s", h, all)
		}
	}
}

// Request and status come before the name of whoever asked.
func TestListRow(t *testing.T) {
	const exchange = "a request that is cut in the middle of a word"
	for w, want := range map[int]string{
		80: `▸ 1   GET / 200 3 B 0.7 ms lesson "a request that is cut in the middle of…`,
		57: `▸ 1   GET / 200 3 B 0.7 ms lesson "a request that …`,
		34: `▸ 1   GET / 200 3 B 0.7 ms`,
	} {
		p := paneWith(w, 30, screentest.Talk(1, exchange, screentest.GetPage, screentest.YesPage)...)
		r := p.listRows(p.current())[0]
		got := strings.Join(strings.Fields(r.Plain()), " ")
		if want = strings.Join(strings.Fields(want), " "); got != want || r.Width() > w {
			t.Errorf("width %d: %d wide: %q, want %q", w, r.Width(), got, want)
		}
	}
}

func rowTexts(rows []cells.Row) []string {
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.Plain())
	}
	return texts
}

// Two different bodies never look the same on the wire.
func TestBytesStayApart(t *testing.T) {
	seen := map[string]string{}
	for _, s := range append([]string{"␛[2J", "\\x1b[2J", "‹9B›", "a b", "a  b", "a\tb", "a b "}, screentest.Hostile...) {
		p := paneWith(59, 36, screentest.Talk(1, "", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 200 OK\r\nX: "+s+"\r\n\r\n")...)
		text := rowsText(p)
		if before, ok := seen[text]; ok {
			t.Errorf("%q and %q look the same", before, s)
		}
		seen[text] = s
	}
}

func TestEverySpanHasATone(t *testing.T) {
	for k := message.SpanKind(0); k.String() != "unknown"; k++ {
		if _, ok := spanTones[k]; !ok {
			t.Errorf("the kind of span %q has no tone", k)
		}
	}
}

// Times keep to their column, however long a silence was.
func TestSince(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "+0.0 ms", 9960 * time.Microsecond: "+10 ms", 50100 * time.Microsecond: "+50 ms", 999900 * time.Microsecond: "+1.0 s",
		time.Second: "+1.0 s", 5001 * time.Millisecond: "+5.0 s", 18600 * time.Millisecond: "+19 s", 9960 * time.Millisecond: "+10 s", 999 * time.Second: "+999 s",
	} {
		if got := since(d); got != want || len(got) > 7 {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}

// Paging moves by the window's own height: every row is on the screen once, and
// the cursor comes along.
func TestPagesVisitEveryRow(t *testing.T) {
	for _, h := range []int{6, 12, 22, 40} {
		p := paneWith(60, h, screentest.Talk(1, "", screentest.GetPage, "HTTP/1.1 200 OK\r\n\r\n"+strings.Repeat("text\n", 39))...)
		for _, hex := range []bool{false, true} {
			p.hex = hex
			p.End(false)
			for next := 0; next < p.rowCount(); p.Page(1) {
				if p.top > next {
					t.Fatalf("height %d: row %d was passed over", h, next)
				}
				if bottom := p.top + p.detail(); next == bottom {
					t.Fatalf("height %d: stops at row %d of %d", h, next, p.rowCount())
				} else {
					next = bottom
				}
				seen := false
				for i := p.top; i < min(p.top+p.detail(), p.rowCount()); i++ {
					seen = seen || strings.Contains(fmt.Sprint(markRef(p.rowAt(i), p.refNumber())), fmt.Sprint(int(cells.Marked))) ||
						fmt.Sprint(markRef(p.rowAt(i), p.refNumber())) != fmt.Sprint(p.rowAt(i))
				}
				if !seen && p.detail() > 2 {
					t.Errorf("height %d, hex %v: from row %d on the cursor is out of sight", h, hex, p.top)
				}
			}
		}
	}
}

// talk is a connection on which a page is asked for.
func talk(id int) []wire.Event { return screentest.Talk(id, "", screentest.GetPage, "") }

// The newest connection is the chosen one until the reader chooses another or
// moves the cursor, and again once the newest is chosen or an exchange is sent.
func TestFollowing(t *testing.T) {
	p := paneWith(60, 30, talk(1)...)
	add := func(id, want int) {
		t.Helper()
		p.Add(talk(id), 0, time.Unix(1000, 0))
		if p.chosen != want {
			t.Errorf("with connection %d there, %d is chosen, want %d", id, p.chosen, want)
		}
	}
	add(2, 2)
	p.MoveSpan(1)
	add(3, 2)
	p.Beside(-1)
	add(4, 4)
	p.Beside(2)
	p.Beside(-1) // not the newest yet
	add(5, 3)
	p.ExpectExchange()
	add(6, 6)
}

// The pane's clock never goes back, and the tap's began as early as its events
// allow.
func TestClock(t *testing.T) {
	p := paneWith(60, 30, wire.Event{Conn: 1, Kind: wire.Opened})
	p.SetNow(time.Unix(1002, 0))
	p.SetNow(time.Unix(1001, 0))
	if got := p.sinceEpoch(); got != 2*time.Second {
		t.Errorf("%v since the beginning", got)
	}
	for _, e := range []struct{ at, told int64 }{{5, 1004}, {1, 1004}} {
		p.Add([]wire.Event{{Conn: 1, At: time.Duration(e.at) * time.Second, Kind: wire.Queued}}, 0, time.Unix(e.told, 0))
		if got := p.sinceEpoch(); got != 5*time.Second {
			t.Errorf("%v since the beginning", got)
		}
	}
}

// The end of a server stands in the list between the connections before it and
// after it.
func TestServerEndInTheList(t *testing.T) {
	s := time.Second
	p := paneWith(60, 40,
		wire.Event{Conn: 1, Kind: wire.Opened}, wire.Event{Conn: 1, Kind: wire.Arrived, Data: []byte("GET")},
		wire.Event{At: s, Dir: message.ToClient, Kind: wire.ServerEnded, Text: "your server ended"},
		wire.Event{Conn: 2, At: 2 * s, Kind: wire.Opened}, wire.Event{Conn: 2, At: 2 * s, Kind: wire.Arrived, Data: []byte("GET")},
	)
	var got []int
	items, _ := p.listItems()
	for _, i := range items {
		if i.conn == nil {
			got = append(got, 0)
		} else {
			got = append(got, i.conn.conn.ID)
		}
	}
	if fmt.Sprint(got) != "[2 0 1]" {
		t.Errorf("listed %v, 0 is the end of the server", got)
	}
}

// What is counted at the end of the record grows as more is lost.
func TestRecordEndGrows(t *testing.T) {
	lost := wire.Event{Conn: 1, Kind: wire.Arrived, Lost: 2000}
	p := paneWith(120, 40, wire.Event{Conn: 1, Kind: wire.Opened}, wire.Event{Conn: 1, Kind: wire.Arrived, Data: []byte("GET ")}, lost)
	if got := rowsText(p); !strings.Contains(got, "4 of 2,004 bytes are kept") {
		t.Errorf("got\n%s", got)
	}
	p.Add([]wire.Event{lost}, 0, time.Unix(1000, 0))
	if got := rowsText(p); !strings.Contains(got, "4 of 4,004 bytes are kept") {
		t.Errorf("got\n%s", got)
	}
}

// Of text 16 KiB are drawn; of a line up to six rows are, and of a longer one
// its beginning and its end.
func TestHowMuchIsDrawn(t *testing.T) {
	for n, want := range map[int]int{60: 0, 61: 1, 20 << 10: 0} {
		head := fmt.Sprintf("POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n", n)
		p := paneWith(60, 40, screentest.Talk(1, "", head+strings.Repeat("x", n), "")...)
		m := p.messages()[0]
		b := m.Bytes()
		cut := drawn(m, b)
		if want := min(16<<10, len(b)); cut != want {
			t.Errorf("%d bytes: %d are drawn, want %d", n, cut, want)
		}
		if list, _ := gaps(m, b, cut, 10); len(list) != want && n < 100 {
			t.Errorf("%d bytes in rows of 10: gaps %v", n, list)
		}
	}
}

// Two rows of a page are on the next one too.
func TestPageOverlaps(t *testing.T) {
	p := paneWith(60, 22, screentest.Talk(1, "", screentest.GetPage, "HTTP/1.1 200 OK\r\n\r\n"+strings.Repeat("text\n", 39))...)
	p.End(false)
	if p.Page(1); p.top != p.detail()-2 {
		t.Errorf("a page of %d rows goes to row %d", p.detail(), p.top)
	}
}
