package lessons

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"example/wirebook/internal/exchange"
)

func TestPlain(t *testing.T) {
	var b bytes.Buffer
	if err := Plain(demo(t), &b, 72); err != nil {
		t.Fatal(err)
	}
	golden.RequireEqual(t, b.Bytes())
}

// TestPlainWords: prose about keys and the screen has other words here, in every
// lesson; the page does not show them.
func TestPlainWords(t *testing.T) {
	key := regexp.MustCompile(`(?i)\b(press|cursor|other side|tab|at the top)\b|\]|↓`)
	for _, l := range shipped(t) {
		for i := range l.Blocks {
			b := &l.Blocks[i]
			switch text := l.PlainBlock(i, ""); b.Kind {
			case Paragraph, List, Table, Quote:
				if found := key.FindString(text); found != "" && !strings.Contains(text, "press its button") {
					t.Errorf("%s: %q in %q", b.Source, found, text)
				}
				if b.spoken != "" && (text != b.spoken || strings.Contains(draw(l.Layout(80, State{Focus: -1})), b.spoken)) {
					t.Errorf("%s: %q, due %q here and nowhere else", b.Source, text, b.spoken)
				}
			}
		}
	}
}

// TestPlainWidth: prose is broken at the width, what is indented as well.
func TestPlainWidth(t *testing.T) {
	l, err := parse(t, "# T\n\n- a\n  - one two three four five six seven\n")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Plain(l, &b, 20); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if len(line) > 21 {
			t.Errorf("%d characters: %q", len(line)-1, line)
		}
	}
}

// TestOpenBody: what an exchange asks of a body without spelling it out is said.
func TestOpenBody(t *testing.T) {
	for body, due := range map[string]string{
		"body: *":            "any body",
		"body: contains Yes": "a body that holds: Yes",
		"body: now":          "the time of the answer",
	} {
		x, err := exchange.Parse("x.txtar", []byte("title: t\nwhy: w\n-- request --\nGET / HTTP/1.0\n\n-- response --\nHTTP/1.0 200 OK\n\n"+body+"\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		b := &Block{Kind: Exchange, Exchange: x, sides: sides{request: true, answer: true}}
		b.events = b.show()
		if text := b.plainExchange(); !strings.Contains(text, due) {
			t.Errorf("%s: no %q in %q", body, due, text)
		}
	}
}

// TestPlainIsText: what a screen reader would spell out is not there, in no
// lesson.
func TestPlainIsText(t *testing.T) {
	for _, l := range append(shipped(t), demo(t)) {
		var b bytes.Buffer
		if err := Plain(l, &b, 0); err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(b.String(), "\n") {
			if strings.ContainsAny(line, "│┌┐└┘─•←→↳✓✗") || strings.Contains(line, "( )") {
				t.Errorf("%s, line %d: %q", l.Step, i+1, line)
			}
			if untrusted([]byte(line)) >= 0 {
				t.Errorf("%s, line %d holds a character that does not show: %q", l.Step, i+1, line)
			}
		}
	}
}

// TestPlainSaysAll: every question with its options, every exchange with its
// bytes, every exercise is said.
func TestPlainSaysAll(t *testing.T) {
	for _, l := range shipped(t) {
		for i := range l.Blocks {
			b := &l.Blocks[i]
			text := l.PlainBlock(i, "")
			switch b.Kind {
			case Prediction:
				for _, o := range b.Question.Options {
					if !strings.Contains(text, o.Text) {
						t.Errorf("%s: option %q is not said", b.Source, o.Text)
					}
				}
			case Exchange:
				if !strings.Contains(text, b.Exchange.Title) || !strings.Contains(text, ".") {
					t.Errorf("%s: %q", b.Source, text)
				}
			case Drawing:
				if text != "Drawing: "+b.spoken {
					t.Errorf("%s: %q", b.Source, text)
				}
			}
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s says nothing", b.Source, b.Kind)
			}
		}
	}
}

type fullDisk struct{}

var errFull = errors.New("disk full")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestPlainFails(t *testing.T) {
	if err := Plain(demo(t), fullDisk{}, 72); !errors.Is(err, errFull) {
		t.Errorf("got %v, due the writer's error", err)
	}
}
