package lessons

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// addressed holds the written address in every place where a reader may type
// it from, and in two where it is what a file says.
const addressed = "# T\n\nOpen <http://localhost:8000/> or `localhost:8000`, [here](http://localhost:8000/a).\n\n" +
	"- in a list: localhost:8000\n\n> aside: localhost:8000\n\n" +
	"| a | b |\n|---|---|\n| c | localhost:8000 |\n\n" +
	"```sh\ncurl http://localhost:8000/\n```\n\n" +
	"```http\nGET / HTTP/1.1\nHost: localhost:8000\n```\n\n" +
	"```exchange page\n```\n"

func TestAddress(t *testing.T) {
	l, err := parse(t, addressed)
	if err != nil {
		t.Fatal(err)
	}
	const there = "localhost:12345"
	lines := l.Layout(80, State{Focus: -1, Addr: there})
	text := draw(lines)
	for _, due := range []string{"Open http://localhost:12345/ or localhost:12345, here",
		"in a list: localhost:12345", "aside: localhost:12345", "c  localhost:12345", "curl http://localhost:12345/"} {
		if !strings.Contains(text, due) {
			t.Errorf("no %q in\n%s", due, text)
		}
	}
	if n := strings.Count(text, "Host: "+written); n != 2 {
		t.Errorf("%d requests with the Host of their file, due 2:\n%s", n, text)
	}
	if n := strings.Count(text, written); n != 2 {
		t.Errorf("the written address stands there %d times, due 2:\n%s", n, text)
	}
	var links []string
	for _, line := range lines {
		for _, s := range line.Spans {
			if s.Role == LinkText && (len(links) == 0 || links[len(links)-1] != s.Link) {
				links = append(links, s.Link)
			}
		}
	}
	if due := []string{"http://" + there + "/", "http://" + there + "/a"}; !slices.Equal(links, due) {
		t.Errorf("links %q, due %q", links, due)
	}
}

// TestAddressAsWritten: the written address changes nothing, and neither does a
// layout for another one before.
func TestAddressAsWritten(t *testing.T) {
	l, err := parse(t, addressed)
	if err != nil {
		t.Fatal(err)
	}
	due := l.Layout(60, State{Focus: -1})
	l.Layout(60, State{Focus: -1, Addr: "127.0.0.1:1"})
	for _, addr := range []string{"", written} {
		if got := l.Layout(60, State{Focus: -1, Addr: addr}); !reflect.DeepEqual(got, due) {
			t.Errorf("address %q:\n%s\ndue\n%s", addr, draw(got), draw(due))
		}
	}
	for i := range l.Blocks {
		b := &l.Blocks[i]
		due := strings.ReplaceAll(l.PlainBlock(i, ""), written, "h:1")
		if b.Kind == Exchange || b.lang == "http" {
			due = l.PlainBlock(i, "")
		}
		if got := l.PlainBlock(i, "h:1"); got != due {
			t.Errorf("%s: plain text is %q, due %q", b.Source, got, due)
		}
	}
}

func TestTextAt(t *testing.T) {
	l, err := parse(t, addressed)
	if err != nil {
		t.Fatal(err)
	}
	for i := range l.Blocks {
		b := &l.Blocks[i]
		due := strings.ReplaceAll(b.Text, written, "h:1")
		if b.Kind == Exchange || b.lang == "http" {
			due = b.Text
		}
		if got := b.TextAt("h:1"); got != due {
			t.Errorf("%s: got %q, due %q", b.Source, got, due)
		}
	}
}
