package command

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/session"
	"example/wirebook/internal/visible"
	"example/wirebook/lessons"
)

// plainWidth is how wide prose is, in cells: it fits any terminal and any mail.
const plainWidth = 72

// plainRows is how many lines of an answer are read out: every page of the
// course, and not a whole picture.
const plainRows = 24

// openPlain prints a lesson as text. With a person at the other end it stops at
// each exchange and question; into a pipe it prints everything.
func (a *app) openPlain(book []*lessons.Lesson, step string, person bool) error {
	i := max(0, slices.IndexFunc(book, func(l *lessons.Lesson) bool { return l.Step == step }))
	if !person {
		return lessons.Plain(book[i], a.stdout, plainWidth)
	}
	r := &reader{app: a}
	defer r.close()
	for ; i < len(book); i++ {
		if !r.read(book[i]) {
			return nil
		}
	}
	fmt.Fprintln(a.stdout, "That was the last lesson so far.")
	return nil
}

// A reader walks one person through lessons, line by line.
type reader struct {
	app     *app
	session *session.Session
	step    string // what the session runs now
	version course.Server
}

// read presents a lesson. It returns false when the person has had enough: q,
// the end of the input (Ctrl-D), or Ctrl-C.
func (r *reader) read(l *lessons.Lesson) (more bool) {
	fmt.Fprint(r.app.stdout, "At each prompt, enter goes on and q ends.\n\n")
	for i, b := range l.Blocks {
		if b.Kind == lessons.Heading && b.Level == 2 {
			if _, ok := r.choose("enter goes on, q ends: ", ""); !ok {
				return false
			}
		}
		fmt.Fprintf(r.app.stdout, "%s\n\n", wrapProse(l.PlainBlock(i)))
		switch b.Kind {
		case lessons.Exchange:
			answer, ok := r.choose("enter sends it to the notes' server, r to the reference, y to yours; s skips, q ends: ", "", "r", "y", "s")
			if !ok {
				return false
			}
			versions := map[string]course.Server{"": course.Notes, "r": course.Reference, "y": course.Yours}
			if version, known := versions[answer]; known {
				r.send(b.Exchange, version)
			}
		case lessons.Prediction:
			if !r.predict(b.Question) {
				return false
			}
		case lessons.Exercise:
			fmt.Fprintf(r.app.stdout, "To judge your server: %s check %.2s %s\n\n", r.app.self, l.Step, b.Name)
		}
	}
	return true
}

// wrapProse breaks lines for the screen, but those of programs: they stand four
// columns in, and may be copied.
func wrapProse(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(line, "    ") {
			lines = append(lines, line)
			continue
		}
		lines = append(lines, lessons.Wrap(line, plainWidth)...)
	}
	return strings.Join(lines, "\n")
}

// choose asks until the answer is one of those known; false is q or no answer.
func (r *reader) choose(prompt string, known ...string) (answer string, ok bool) {
	for {
		answer, ok = r.app.ask(prompt)
		switch {
		case !ok || answer == "q":
			return "", false
		case slices.Contains(known, answer):
			return answer, true
		}
		fmt.Fprintf(r.app.stdout, "%s is none of these.\n", visible.Text([]byte(answer)))
	}
}

func (r *reader) predict(q *lessons.Question) (more bool) {
	known := []string{""}
	for i := range q.Options {
		known = append(known, strconv.Itoa(i+1))
	}
	answer, ok := r.choose("type a number, enter skips, q ends: ", known...)
	if !ok || answer == "" {
		return ok
	}
	said := slices.Index(known, answer) - 1
	version := course.Notes
	if q.Server == course.Reference.String() {
		version = course.Reference
	}
	fmt.Fprintf(r.app.stdout, "%s\n", wrapProse("You said: "+q.Options[said].Text+"."))
	t, died := r.send(q.Exchange, version)
	if t == nil {
		return true
	}
	verdict := "The wire agrees. " + q.Options[said].Reply
	if right := q.Decide(t, died); right >= 0 && right != said {
		verdict = "The wire says: " + q.Options[right].Text + ".\n" + q.Options[right].Reply
	}
	fmt.Fprintf(r.app.stdout, "%s\n\n", wrapProse(verdict))
	return true
}

// send plays an exchange and prints what came back. Trouble is printed, not
// returned: the person goes on reading.
func (r *reader) send(x *exchange.Exchange, v course.Server) (t *exchange.Transcript, died bool) {
	err := r.start(x.Step, v)
	if err == nil {
		t, err = r.session.Send(r.app.ctx, x)
	}
	switch {
	case r.app.ctx.Err() != nil:
		return nil, false
	case err != nil:
		r.app.report(adviseStart(err, x.Step, v, nil))
		return nil, false
	}
	for _, turn := range talk(t) {
		fmt.Fprintf(r.app.stdout, "The client sent %s. %s came back in %.1f ms; %s.\n%s\n",
			visible.Count(len(turn.Sent), "byte"), visible.Count(len(turn.Got), "byte"), ms(turn.Took), turn.End, indent(firstLines(visibleLines(turn.Got), plainRows)))
	}
	if s := r.session.Status(); s.Phase == session.Ended {
		fmt.Fprintf(r.app.stdout, "%s\n\n", wrapProse(sentence(s.Problem)))
		died = true
	}
	return t, died
}

// sentence makes a sentence of a line in lower case.
func sentence(line string) string {
	return strings.ToUpper(line[:1]) + line[1:] + "."
}

// start puts the wanted server behind the tap, unless it is there already.
func (r *reader) start(step string, v course.Server) error {
	if r.session == nil {
		root, err := r.app.root()
		if err != nil {
			return err
		}
		if r.session, err = session.Open(root); err != nil {
			return err
		}
		go discard(r.session)
	}
	if r.step == step && r.version == v && r.session.Status().Phase == session.Running {
		return nil
	}
	r.step, r.version = step, v
	fmt.Fprintf(r.app.stdout, "Building and starting %s, %s …\n", step, v)
	return r.session.Start(r.app.ctx, step, v)
}

// discard empties the tap's channel until the session closes: plain mode reads
// transcripts instead.
func discard(s *session.Session) {
	for range s.Tap.Events() {
	}
}

func (r *reader) close() {
	if r.session != nil {
		r.session.Close()
	}
}
