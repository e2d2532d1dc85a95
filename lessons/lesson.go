// Package lessons holds the course's text and makes pages of it: Markdown,
// parsed by goldmark, becomes a list of blocks; blocks become lines of spans
// for a given width. It knows roles ("heading", "field name"), never colours,
// and it never prints: the workbook paints the spans, plain mode prints them.
//
// Exchanges and code stand in a lesson by name and are looked up when it is
// loaded, so that a page cannot show bytes that no server sent.
//
// It is no general Markdown renderer: raw HTML, images and footnotes are
// refused when a lesson is loaded. FORMAT.md says what a lesson may hold.
package lessons

import (
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
)

// A Lesson is one page: lessons/NN-name.md.
type Lesson struct {
	Step    string // "01-socket"; also the file's name without .md
	Title   string
	Minutes int // for reading, guessing and sending; exercises have their own
	// Server is the one that runs when the lesson is opened: the notes', or the
	// reference where the page says so.
	Server course.Server
	Blocks []Block
}

// A BlockKind says what a Block is.
type BlockKind int

// The kinds of block. The last four are ours: they are fences with a name.
const (
	Heading BlockKind = iota
	Paragraph
	List
	Table
	Quote
	Code
	Drawing
	Exchange   // ```exchange NAME          an exchange of a step, sendable
	Excerpt    // ```excerpt FILE NAME      lines of a step's source
	Prediction // ```predict NAME           a question about an exchange
	Exercise   // ```exercise NAME          an exercise of this step
)

// String names the kind in lower case: "heading".
func (k BlockKind) String() string {
	return [...]string{"heading", "paragraph", "list", "table", "quote", "code", "drawing",
		"exchange", "excerpt", "prediction", "exercise"}[k]
}

// A Block is a top-level part of a lesson. Index in Lesson.Blocks is its id.
type Block struct {
	Kind  BlockKind
	Level int    // Heading: 1 to 4
	Name  string // Exchange, Prediction, Exercise: the name; Excerpt: "FILE NAME"
	Text  string // plain text of it, for search and for copying

	// Source is where the block begins: "01-socket.md:41".
	Source string
	// Exchange is what enter sends: the exchange itself, or the one that a
	// Prediction asks about. It is nil in every other block.
	Exchange *exchange.Exchange
	// Question is what a Prediction asks; nil in every other block.
	Question *Question
	// Server is the one whose answer an Exchange shows or a Prediction asks
	// about: to that one enter sends it. An Exchange right above the question
	// about it has the question's. AnyServer: an Exchange without one, sent to
	// whichever the reader has chosen.
	Server    course.Server
	AnyServer bool

	flow   flow    // Heading, Paragraph, Exercise: running text
	parts  []Block // Quote: what stands in it; List: all items' parts, in order
	items  []int   // List: how many of the parts belong to each item
	start  int     // List: first number, -1 for bullets
	table  table   // Table
	lang   string  // Code, Excerpt: "go", "http", ""
	place  string  // Excerpt: "steps/01-socket/main.go, line 30, serve"
	spoken string  // Drawing: what it shows, in words; prose: what plain mode says
	events []event // Exchange: what the block shows of it
	sides  sides   // Exchange: which sides are shown, and whose answer

	exercise   *course.Exercise // Exercise: what the step's folder says about it
	number, of int              // Exercise: its place among the step's exercises
}

// A Span is a run of text in one role. Text holds no control characters and no
// line breaks. Link is the target of a LinkText span, else empty.
type Span struct {
	Text   string
	Role   Role
	Link   string
	Option int // the choice of an open question that it belongs to, from 1; 0 for none
}

// A Line is one row of a laid-out lesson and the block it comes from. The empty
// line between two blocks belongs to the upper one.
type Line struct {
	Spans []Span
	Block int
}

// State is what layout needs to know about the reader. The zero value is a
// reader who has done nothing, with the cursor on block 0; use Focus -1 for
// none. Moving the focus or the choice never changes the number of lines.
type State struct {
	Focus   int               // block under the cursor, -1 for none
	Answers map[string]int    // prediction's name → chosen option, from 0
	Decided map[string]int    // prediction's name → option that the wire chose, once sent
	Choice  int               // option under the cursor in the focused prediction
	Sent    map[string]bool   // exchange's ID → it has been sent
	Verdict map[string]string // exercise's name → "pass", "fail"

	// Addr is where the reader's server is, "localhost:8001". It takes the place
	// of the written one, localhost:8000, in commands, prose and links; the bytes
	// of exchanges stay as their files have them. Empty: as written.
	Addr string
}
