package lessons

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"example/wirebook/internal/course"
	stepfiles "example/wirebook/steps"
)

func parse(t testing.TB, source string) (*Lesson, error) {
	t.Helper()
	return Parse("01-socket.md", []byte(source), demoSteps(t), os.DirFS("testdata/steps"))
}

func TestParse(t *testing.T) {
	l := demo(t)
	if l.Step != "01-socket" || l.Title != "A page of everything" || l.Minutes != 40 {
		t.Errorf("step %q, title %q, %d minutes", l.Step, l.Title, l.Minutes)
	}
	seen := map[BlockKind]int{}
	for _, b := range l.Blocks {
		seen[b.Kind]++
		if !strings.HasPrefix(b.Source, "01-socket.md:") || b.Source == "01-socket.md:0" {
			t.Errorf("%s: no place: %q", b.Kind, b.Source)
		}
		if b.Text == "" {
			t.Errorf("%s: %s has no text to search", b.Source, b.Kind)
		}
	}
	for k := range Exercise + 1 {
		if seen[k] == 0 {
			t.Errorf("no %s on the page of everything", k)
		}
	}
	if _, b := block(t, l, Heading); b.Source != "01-socket.md:2" {
		t.Errorf("the title is at %q, due line 2", b.Source)
	}
	if _, b := block(t, l, Prediction); b.Exchange.Name != "cut-after-ge" || b.Question.Server != course.Notes {
		t.Errorf("prediction about %q of %v", b.Exchange.Name, b.Question.Server)
	}
	if _, b := block(t, l, Code); strings.Contains(b.Text, "\t") || !strings.Contains(b.Text, "\n    fmt") {
		t.Errorf("code keeps its tabs: %q", b.Text)
	}
}

func TestParseErrors(t *testing.T) {
	const title = "# T\n\n"
	tests := []struct{ what, source, due string }{
		{"no title", "text\n", `01-socket.md:1: no title`},
		{"unknown server", "<!-- server: yours -->\n" + title, `01-socket.md:1: a lesson begins with the server notes or reference: "yours"`},
		{"escape sequence", title + "a\x1b[2Jb\n", `01-socket.md:3: a character that does not show: U+001B`},
		{"a carriage return alone", title + "a\rb\n", `01-socket.md:3: a character that does not show: U+000D`},
		{"invalid UTF-8", title + "a\xffb\n", `01-socket.md:3: a character that does not show: U+FFFD`},
		{"right-to-left override", title + "a\u202eb\n", `01-socket.md:3: a character that does not show: U+202E`},
		{"zero-width space", title + "a\u200bb\n", `01-socket.md:3: a character that does not show: U+200B`},
		{"C1 control", title + "a\u009bb\n", `01-socket.md:3: a character that does not show: U+009B`},
		{"escape by reference", title + "a &#27;[2J\n", `01-socket.md:3: a character that does not show, by reference`},
		{"HTML", title + "<div>x</div>\n", `01-socket.md:3: a lesson holds no HTML`},
		{"HTML in a line", title + "a <b>x</b>\n", `01-socket.md:3: a lesson's text holds no RawHTML`},
		{"image", title + "![x](y.png)\n", `01-socket.md:3: a lesson's text holds no Image`},
		{"rule", title + "---\n", `a lesson holds no ThematicBreak`},
		{"indented code", title + "    code\n", `01-socket.md:3: a lesson holds no CodeBlock`},
		{"deep heading", title + "##### x\n", `01-socket.md:3: a heading of level 5`},
		{"deep nesting", title + "- a\n  - b\n    - c\n      - d\n", `01-socket.md:6: lists and quotes lie more than 3 deep`},
		{"list from far", title + "100. a\n", `01-socket.md:3: a list that begins with 100`},
		{"unknown fence", title + "```python\n```\n", `01-socket.md:3: unknown fence: "python"`},
		{"fence in a list", title + "- x\n\n  ```exchange page\n  ```\n", `01-socket.md:5: in a list or a quote`},
		{"exchange without a name", title + "```exchange\n```\n", `01-socket.md:3: an exchange has a name`},
		{"unknown exchange", title + "```exchange nope\n```\n", `01-socket.md:3: unknown exchange: "nope"`},
		{"unknown step", title + "```exchange 09/page\n```\n", `01-socket.md:3: unknown exchange: "09/page"`},
		{"unknown word", title + "```exchange page reply\n```\n", `01-socket.md:3: unknown word after the exchange's name: "reply"`},
		{"pasted bytes", title + "```exchange page\nHTTP/1.1 200 OK\n```\n", `01-socket.md:3: an exchange's bytes stand in its file`},
		{"bad notation", title + "```exchange page notes\n^x\n```\n", `01-socket.md:3: exchange: notes`},
		{"two answers", title + "```exchange page notes\nx\n-- close --\n```\n", `01-socket.md:3: not the bytes of one answer`},
		{"unknown exercise", title + "```exercise nope\n```\n", `01-socket.md:3: unknown exercise: "nope"`},
		{"exercise twice", title + "```exercise line-ends\n```\n\n```exercise line-ends\n```\n", `01-socket.md:6: named twice: "exercise line-ends"`},
		{"exercise without a name", title + "```exercise\n```\n", `01-socket.md:3: a fence "exercise NAME" has one name`},
		{"plain words for no prose", title + "<!-- plain: x -->\n", `01-socket.md:3: no prose stands above what plain mode is to say: "x"`},
		{"drawing without words", title + "```drawing\n|\n```\n", `01-socket.md:3: a drawing begins with "text: …"`},
		{"excerpt without a declaration", title + "```excerpt 01-socket/main.go\n```\n", `01-socket.md:3: an excerpt is FILE DECLARATION or FILE "LABEL"`},
		{"excerpt of no file", title + "```excerpt 01-socket/none.go f\n```\n", `01-socket.md:3: excerpt: open 01-socket/none.go`},
		{"excerpt of a file outside", title + "```excerpt ../main.go f\n```\n", `01-socket.md:3: excerpt: `},
		{"unknown declaration", title + "```excerpt 01-socket/main.go nope\n```\n", `01-socket.md:3: excerpt: 01-socket/main.go: no declaration "nope"`},
		{"lines by number", title + "```excerpt 01-socket/main.go greet 2-9\n```\n", `01-socket.md:3: excerpt: 01-socket/main.go: no declaration "greet 2-9"`},
		{"unknown label", title + "```excerpt 01-socket/main.go \"say hell\"\n```\n", `01-socket.md:3: excerpt: 01-socket/main.go: no label "say hell"`},
		{"comment that is no label", title + "```excerpt 01-socket/main.go \"rest, not twice\"\n```\n", `no label "rest, not twice"`},
		{"label twice", title + "```excerpt 01-socket/main.go \"do it\"\n```\n", `01-socket.md:3: excerpt: 01-socket/main.go: a label twice, in lines 47 and 49: "do it"`},
		{"label of nothing", title + "```excerpt 01-socket/main.go \"do nothing\"\n```\n", `nothing stands below the label "do nothing"`},
		{"not Go", title + "```excerpt 01-socket/exchanges/page.txtar f\n```\n", `01-socket.md:3: excerpt: 01-socket/exchanges/page.txtar: not a Go file`},
	}
	for _, test := range tests {
		t.Run(test.what, func(t *testing.T) {
			_, err := parse(t, test.source)
			if err == nil || !strings.HasPrefix(err.Error(), "lessons: ") || !strings.Contains(err.Error(), test.due) {
				t.Errorf("got  %v\ndue  lessons: %s", err, test.due)
			}
		})
	}
}

// TestLineEnds: a checkout with CR LF gives the same page.
func TestLineEnds(t *testing.T) {
	source, err := os.ReadFile("testdata/01-socket.md")
	if err != nil {
		t.Fatal(err)
	}
	l, err := parse(t, strings.ReplaceAll(string(source), "\n", "\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, due := draw(l.Layout(60, State{})), draw(demo(t).Layout(60, State{})); got != due {
		t.Errorf("with CR LF:\n%s\nwith LF:\n%s", got, due)
	}
}

// TestLinkTarget: what a link leads to holds nothing that a terminal obeys; a
// reference in it stays one.
func TestLinkTarget(t *testing.T) {
	for _, source := range []string{"[a](b&#27;c)", "[a](b%1bc)", "<http://a&#27;b/>", "[a](<b&#x200b;c>)"} {
		l, err := parse(t, "# T\n\n"+source+"\n")
		if err != nil {
			continue // refused
		}
		for _, r := range l.Blocks[1].flow.runs {
			if untrusted([]byte(r.link)) >= 0 {
				t.Errorf("%s leads to %q", source, r.link)
			}
		}
	}
}

func TestReferences(t *testing.T) {
	l, err := parse(t, "# T\n\na \\*b\\* &lt;c&gt; `&lt;`  \nnew line\n")
	if err != nil {
		t.Fatal(err)
	}
	if got, due := l.Blocks[1].Text, "a *b* <c> &lt;\nnew line"; got != due {
		t.Errorf("got %q, due %q", got, due)
	}
}

func TestExcerpts(t *testing.T) {
	tests := []struct{ name, text, place string }{
		{"one", "const one, two = 1, 2", "steps/01-socket/main.go, line 6, one"},
		{"two", "const one, two = 1, 2", "steps/01-socket/main.go, line 6, two"},
		{"server", "type server struct{ n int }", "steps/01-socket/main.go, line 8, server"},
		{"server.count", "func (s *server) count() int {\n    if s.n > one {\n        return two\n    }\n    return s.n\n}", "steps/01-socket/main.go, line 11, server.count"},
		{`"say hello"`, `fmt.Println("hello") // to the world`, "steps/01-socket/main.go, line 20, say hello"},
		{`"say the rest"`, "for range two {\n    // say it again\n\n    fmt.Println(\"hello\")\n    // A comment that is a sentence belongs to the lines around it.\n    fmt.Println(\"again\")\n}\n\n// rest, not twice\n// as this comment has two lines\nfor {\n    // say goodbye\n    fmt.Println(\"bye\")\n    if one > two {\n        // say hello again\n        fmt.Println(\"hello\")\n    }\n    // end it all\n    return\n}", "steps/01-socket/main.go, line 22, say the rest"},
		{`"say it again"`, "fmt.Println(\"hello\")\n// A comment that is a sentence belongs to the lines around it.\nfmt.Println(\"again\")", "steps/01-socket/main.go, line 25, say it again"},
		{`"say goodbye"`, "fmt.Println(\"bye\")\nif one > two {\n    // say hello again\n    fmt.Println(\"hello\")\n}", "steps/01-socket/main.go, line 34, say goodbye"},
		{`"say hello again"`, `fmt.Println("hello")`, "steps/01-socket/main.go, line 37, say hello again"},
	}
	for _, test := range tests {
		l, err := parse(t, "# T\n\n```excerpt 01-socket/main.go "+test.name+"\n```\n")
		if err != nil {
			t.Error(err)
			continue
		}
		if b := l.Blocks[1]; b.Text != test.text || b.place != test.place {
			t.Errorf("%s: got %q at %q", test.name, b.Text, b.place)
		}
	}
}

// TestLoad reads lessons in the order of their numbers, and tells which one is
// broken.
func TestLoad(t *testing.T) {
	steps := os.DirFS("../steps")
	pages := fstest.MapFS{
		"02-b.md":     {Data: []byte("# B\n")},
		"01-a.md":     {Data: []byte("# A\n")},
		"README.md":   {Data: []byte("no lesson")},
		"draft-03.md": {Data: []byte("no lesson")},
	}
	all, err := Load(pages, steps)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].Title != "A" || all[1].Title != "B" {
		t.Errorf("%d lessons: %v", len(all), all)
	}
	pages["03-c.md"] = &fstest.MapFile{Data: []byte("no title")}
	if _, err := Load(pages, steps); err == nil || !strings.Contains(err.Error(), "03-c.md:1: no title") {
		t.Errorf("got %v", err)
	}
}

// TestEmbedded: the lessons and the steps that are built into the program fit
// each other as those of the checkout do.
func TestEmbedded(t *testing.T) {
	if _, err := Load(FS, stepfiles.FS); err != nil {
		t.Error(err)
	}
}
