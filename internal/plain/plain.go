// Package plain is the workbook as lines: for screen readers, for terminals
// that cannot draw, and for whoever likes it so. It reads a lesson aloud, takes
// answers, sends exchanges, checks the learner's server and tells what passes
// on the wire. Where the screen has keys it has commands, typed as words.
//
// It goes through a lesson as the screen does (package reading) and remembers
// the same things in the same file (package progress). It prints text alone: no
// control characters, no cursor movement.
package plain

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/progress"
	"example/wirebook/internal/reading"
	"example/wirebook/internal/session"
	"example/wirebook/internal/wire"
	"example/wirebook/lessons"
)

// width is how wide prose is, in cells: it fits any terminal and any mail.
const width = 72

// A Session is the server behind the tap. It is what *session.Session does.
type Session interface {
	Start(ctx context.Context, step string, s course.Server) error
	Status() session.Status
	Send(ctx context.Context, x *exchange.Exchange) (*play.Transcript, error)
}

// Options say what to open. All of them are required.
type Options struct {
	Lessons []*lessons.Lesson
	Start   string // the lesson to open at; "" goes on where the reader left
	Root    string // the module's root folder
	Command string // how the reader starts us: "go run ." or "wirebook"

	Session Session
	Events  <-chan []wire.Event // of the tap
	Store   *progress.Store
	Step    func(name string) *course.Step // nil where a lesson has no step
	Check   func(ctx context.Context, step string) ([]check.Result, error)
	Advise  func(error) string // what went wrong with a server and what to do, in lines

	Ask func(prompt string) (line string, ok bool) // ok is false at the end of the input
	Out io.Writer
}

// A Workbook is one reader at work.
type Workbook struct {
	Options
	ctx      context.Context
	progress progress.Progress
	saves    int
	unsaved  bool // the reader has been told that nothing is kept

	index  int // the lesson that is open
	reader reading.Reader
	said   int  // the block that was read out last
	stay   bool // the reader went back here: do not read on by yourself
	server course.Server
	wire   *wireLog

	results map[string]check.Result // of the step's exercises, by name
	hints   map[string]int          // how many have been given
	warned  bool                    // of exercises that are left
}

// Run reads with the person at the other end of Ask until they have had enough.
func Run(ctx context.Context, o Options) {
	w := &Workbook{Options: o, ctx: ctx, wire: &wireLog{}}
	go w.wire.follow(o.Events)
	p, damaged, err := o.Store.Load()
	w.progress = p
	if damaged != "" {
		w.say("Your progress file could not be read, so this is a new beginning. The old one is kept as %s.", damaged)
	}
	if err != nil {
		w.notKept(err)
	}
	step := o.Start
	if step == "" {
		step = p.Lesson
	}
	w.say("Your server's address is http://%s. At each prompt, enter does the next thing; type help for all commands.", w.addr())
	w.open(max(0, slices.IndexFunc(o.Lessons, func(l *lessons.Lesson) bool { return l.Step == step })))
	for w.turn() {
	}
	w.keep()
	if w.unsaved {
		w.say("What you did was not kept. It would have gone to %s; set WIREBOOK_STATE to a file that you may write.", o.Store.Path())
	}
}

// turn reads on to the next place where there is something to do, and does what
// the reader says. It returns false when they have had enough.
func (w *Workbook) turn() bool {
	w.read()
	w.stay = false
	for _, line := range w.wire.news() {
		w.say("%s", line)
	}
	line, ok := w.Ask(w.prompt())
	if !ok {
		return false
	}
	return w.obey(strings.Fields(strings.ToLower(line)))
}

// read says the block in front, and goes on as long as there is nothing to do
// but to read: to the end of the section at most.
func (w *Workbook) read() {
	for {
		if w.said != w.reader.Block {
			w.sayBlock()
		}
		next := w.reader
		if w.stay || w.reader.Next() != reading.ReadOn || w.reader.IsAction(w.reader.Block) || !next.Forward() || w.isSection(next.Block) {
			return
		}
		w.reader.Block = next.Block
	}
}

func (w *Workbook) isSection(block int) bool {
	b := w.lesson().Blocks[block]
	return b.Kind == lessons.Heading && b.Level == 2
}

// prompt says what enter does.
func (w *Workbook) prompt() string {
	b := w.block()
	switch w.reader.Next() {
	case reading.Answer:
		return "Type the number of your answer, or enter to read on without one: "
	case reading.Send:
		return "Enter sends it to " + w.target(b).Title() + ": "
	case reading.Practise:
		return "Enter checks your server; file, hint, on, help: "
	case reading.Leave:
		if w.index+1 < len(w.Lessons) {
			return "That was the end of this lesson. Enter opens the next one, " + w.Lessons[w.index+1].Title + ": "
		}
		return "That was the last lesson so far. Type quit to leave: "
	}
	return "Enter reads on: "
}

// next does what enter does.
func (w *Workbook) next() {
	switch w.reader.Next() {
	case reading.Answer:
		w.reader.Done.ReadOn[w.block().Question.Name] = true
		w.reader.Forward()
	case reading.Send:
		w.send(w.block().Exchange, w.target(w.block()))
	case reading.Practise:
		w.check()
	case reading.Leave:
		w.leave()
	default:
		w.reader.Forward()
	}
	w.keep()
}

// leave opens the next lesson. Exercises that are left are named once.
func (w *Workbook) leave() {
	left := w.reader.ExercisesLeft()
	switch {
	case w.index+1 >= len(w.Lessons):
		w.say("There is no lesson after this one. Type contents to see what there is.")
	case len(left) > 0 && !w.warned:
		w.warned = true
		w.say("Exercises that are left in this lesson: %s. Type exercise and a name to go to one, or enter to go on all the same.", strings.Join(left, ", "))
	default:
		w.open(w.index + 1)
	}
}

// open turns to a lesson, where the reader left it.
func (w *Workbook) open(index int) {
	l := w.Lessons[index]
	w.index, w.said, w.warned = index, -1, false
	w.progress.Lesson = l.Step
	done := w.progress.Of(l.Step)
	w.reader = reading.Reader{Lesson: l, Done: done, Block: min(max(done.Block, 0), len(l.Blocks)-1)}
	w.server = l.Server
	w.results, w.hints = map[string]check.Result{}, map[string]int{}
	if w.reader.Block > 0 {
		w.say("You go on in lesson %.2s, section %d of %d. Type back for what stands before, or go and a number for a section.",
			l.Step, reading.Section(l, w.reader.Block), len(reading.Sections(l)))
	}
	w.keep()
}

func (w *Workbook) lesson() *lessons.Lesson { return w.reader.Lesson }
func (w *Workbook) block() *lessons.Block   { return &w.lesson().Blocks[w.reader.Block] }
func (w *Workbook) addr() string            { return w.Session.Status().Addr }

// step is the open lesson's, or where that has none, the first one after it
// that is one.
func (w *Workbook) step() *course.Step {
	for _, l := range w.Lessons[w.index:] {
		if s := w.Step(l.Step); s != nil {
			return s
		}
	}
	return nil
}

// target is the server that a block's exchange goes to.
func (w *Workbook) target(b *lessons.Block) course.Server {
	if b.AnyServer {
		return w.server
	}
	return b.Server
}

// keep writes down what the reader has done.
func (w *Workbook) keep() {
	w.reader.Done.Block = w.reader.Block
	w.saves++
	switch err := w.Store.Save(w.saves, w.progress); {
	case err != nil && !w.unsaved:
		w.notKept(err)
	case err == nil:
		w.unsaved = false
	}
}

func (w *Workbook) notKept(err error) {
	w.unsaved = true
	w.say("Your progress is not kept (%v). Set WIREBOOK_STATE to a file that you may write.", err)
}

// sayBlock reads the block in front.
func (w *Workbook) sayBlock() {
	w.said = w.reader.Block
	b := w.block()
	text := w.lesson().PlainBlock(w.reader.Block, w.addr())
	switch {
	case b.Kind == lessons.Exchange && w.reader.Done.Sent[b.Exchange.ID()]:
		text += " You have sent it."
	case b.Question != nil:
		if n, answered := w.reader.Done.Answers[b.Question.Name]; answered && n < len(b.Question.Options) {
			text += "\nYou said: " + b.Question.Options[n].Text + "."
		}
	case b.Kind == lessons.Exercise && slices.Contains(w.reader.Done.Passed, b.Name):
		text += " Your server does it."
	}
	w.print(text)
}

// say prints a paragraph.
func (w *Workbook) say(format string, values ...any) { w.print(fmt.Sprintf(format, values...)) }

// print prints a text and an empty line. Prose is broken; lines of programs and
// of messages stand four columns in, stay whole, and may be copied.
func (w *Workbook) print(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "    ") {
			fmt.Fprintln(w.Out, line)
			continue
		}
		for _, part := range lessons.Wrap(line, width) {
			fmt.Fprintln(w.Out, part)
		}
	}
	fmt.Fprintln(w.Out)
}
