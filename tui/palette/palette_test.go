package palette

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/cells"
)

var entries = []Entry{
	{"action", "check your server", "c"},
	{"action", "quit", "q"},
	{"lesson", "A web server from a bare socket", "01"},
	{"section", "A request is not one arrival", "01"},
	{"exchange", "a request cut after GE", "01/cut-after-ge"},
	{"exercise", "end lines with CR LF", "01, 3"},
}

func opened(typed string) *Palette {
	var p Palette
	p.Open(entries)
	p.Paste(tea.PasteMsg{Content: typed})
	return &p
}

func (p *Palette) titles() string {
	var all []string
	for _, i := range p.found {
		all = append(all, p.entries[i].Title)
	}
	return strings.Join(all, "; ")
}

func TestSearch(t *testing.T) {
	for typed, want := range map[string]string{
		"":           "check your server; quit; A web server from a bare socket; A request is not one arrival; a request cut after GE; end lines with CR LF",
		"server":     "check your server; A web server from a bare socket",
		"A REQ":      "A request is not one arrival; a request cut after GE",
		"req cut":    "a request cut after GE",
		"cut-after":  "a request cut after GE", // by its hint
		"exerc":      "end lines with CR LF",   // by its kind
		"quite":      "",
		"e":          "end lines with CR LF; check your server; A web server from a bare socket; A request is not one arrival; a request cut after GE",
		"  quit  ":   "quit",
		"socket web": "A web server from a bare socket",
	} {
		if got := opened(typed).titles(); got != want {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}

// First come titles that begin so, then those with words that do, then the rest.
func TestRanks(t *testing.T) {
	var p Palette
	p.Open([]Entry{{Title: "observe"}, {Title: "the serving"}, {Title: "a server"}, {Title: "serve"}})
	p.Paste(tea.PasteMsg{Content: "ser"})
	if got := p.titles(); got != "serve; the serving; a server; observe" {
		t.Errorf("found %q", got)
	}
}

// What kind of entry it is stands before it where there are 50 columns.
func TestKinds(t *testing.T) {
	for w, want := range map[int]bool{49: false, 50: true} {
		if got := strings.HasPrefix(opened("quit").Rows(w, 4)[2].Plain(), "▸ action    quit"); got != want {
			t.Errorf("%d columns: kind shown %v", w, got)
		}
	}
}

func TestChoose(t *testing.T) {
	p := opened("server")
	p.Move(-1)
	if i, ok := p.Chosen(); !ok || i != 0 {
		t.Errorf("chosen %d, %v", i, ok)
	}
	p.Move(5)
	if i, ok := p.Chosen(); !ok || i != 2 {
		t.Errorf("chosen %d, %v", i, ok)
	}
	p.Type(tea.KeyPressMsg{Code: tea.KeyLeft}) // the cursor moves, nothing else
	if i, ok := p.Chosen(); !ok || i != 2 {
		t.Errorf("chosen %d, %v after a move of the cursor", i, ok)
	}
	p.Type(tea.KeyPressMsg{Code: tea.KeyRight})
	p.Type(tea.KeyPressMsg{Code: 'x', Text: "x"}) // "serverx": nothing
	if _, ok := p.Chosen(); ok {
		t.Error("something is chosen where nothing is found")
	}
	p.Type(tea.KeyPressMsg{Code: tea.KeyBackspace})
	if i, ok := p.Chosen(); !ok || i != 0 {
		t.Errorf("chosen %d, %v after another search", i, ok)
	}
	if p.Close(); p.IsOpen() {
		t.Error("open")
	}
}

// At every size all rows fit, the chosen entry is among them, and what was
// typed stands at the top.
func TestRows(t *testing.T) {
	for w := 8; w < 100; w += 7 {
		for h := 3; h < 12; h++ {
			p := opened("e")
			for range len(p.found) {
				rows := p.Rows(w, h)
				if len(rows) != h {
					t.Fatalf("%dx%d: %d rows", w, h, len(rows))
				}
				marks := 0
				for _, r := range rows {
					if cells.Fit(r, w).Width() != w {
						t.Fatalf("%dx%d: a row of %d cells", w, h, r.Width())
					}
					if strings.HasPrefix(r.Plain(), "▸ ") {
						marks++
					}
				}
				if marks != 1 || w > 20 && !strings.HasPrefix(rows[0].Plain(), "> e▌") {
					t.Fatalf("%dx%d: %d marks below %q", w, h, marks, rows[0].Plain())
				}
				p.Move(1)
			}
		}
	}
	if got := opened("zzz").Rows(60, 5)[2].Plain(); !strings.Contains(got, "delete some") {
		t.Errorf("got %q", got)
	}
	// What somebody pastes reaches the screen as text.
	if got := cells.Fit(opened("\x1b[31mred").Rows(40, 4)[0], 40).Plain(); strings.Contains(got, "\x1b") {
		t.Errorf("got %q", got)
	}
}
