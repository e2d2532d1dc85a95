package plain

import (
	"fmt"
	"strings"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/session"
	"example/wirebook/internal/visible"
	"example/wirebook/lessons"
)

// answer takes an answer to the question in front, from 1, sends its exchange
// and says what the wire has decided.
func (w *Workbook) answer(n int) {
	q := w.block().Question
	switch {
	case q == nil:
		w.say("There is no question here. Type help for all commands.")
		return
	case n < 1 || n > len(q.Options):
		w.say("The answers are 1 to %d.", len(q.Options))
		return
	}
	if said, answered := w.reader.Done.Answers[q.Name]; answered {
		w.say("You have answered: %s. Type send to send it again.", q.Options[said].Text)
		return
	}
	said := n - 1
	w.reader.Done.Answers[q.Name] = said
	w.say("You said: %s.", q.Options[said].Text)
	w.keep()
	w.send(q.Exchange, w.target(w.block()))
}

// sendAgain sends the exchange in front, to the server named if there is one.
func (w *Workbook) sendAgain(args []string) {
	b := w.block()
	if b.Exchange == nil {
		w.say("There is no exchange here. Type back to go to the one before.")
		return
	}
	to := w.target(b)
	if len(args) > 0 {
		named, ok := course.ParseServer(args[0])
		if !ok {
			w.say("The servers are notes, reference and yours, not %q.", args[0])
			return
		}
		to = named
	}
	if b.Question != nil && to == w.target(b) {
		if _, answered := w.reader.Done.Answers[b.Question.Name]; !answered {
			w.say("Answer first, or type on to read on without an answer.")
			return
		}
	}
	w.send(b.Exchange, to)
}

// send plays an exchange and says what came back. The question in front, if it
// is about this exchange and this server, is decided by it.
func (w *Workbook) send(x *exchange.Exchange, to course.Server) {
	if !w.start(x.Step, to) {
		return
	}
	t, err := w.Session.Send(w.ctx, x)
	if err != nil {
		w.print(w.Advise(err))
		return
	}
	w.reader.Done.Sent[x.ID()] = true
	for _, turn := range t.Turns {
		w.sayTurn(turn)
	}
	status := w.Session.Status()
	died := status.Phase == session.Ended
	if died {
		w.say("%s.", capital(status.Problem))
	}
	if b := w.block(); b.Question != nil && b.Question.Exchange == x && w.target(b) == to {
		w.decide(b.Question, t, died)
	}
}

// sayTurn says what was sent and what came for it, in as few words as it can.
func (w *Workbook) sayTurn(t play.Turn) {
	const most = 24 // lines of a response: every page of the course, no whole picture
	text := fmt.Sprintf("%s sent. ", capital(visible.Count(len(t.Sent), "byte")))
	if len(t.Got) == 0 {
		w.say("%sNothing came back in %s; %s.", text, visible.Duration(t.Took), t.End)
		return
	}
	text += fmt.Sprintf("%s came back in %s; %s:", visible.Count(len(t.Got), "byte"), visible.Duration(t.Took), t.End)
	rows := visible.Rows(t.Got, exchange.ContentOffset(t.Got), -1)
	for i, row := range rows {
		if i == most {
			text += fmt.Sprintf("\n    … and %s more", visible.Count(len(rows)-i, "line"))
			break
		}
		text += "\n    " + row.Text
	}
	w.print(text)
}

// decide says what the wire has decided, beside what the reader said.
func (w *Workbook) decide(q *lessons.Question, t *play.Transcript, died bool) {
	said, answered := w.reader.Done.Answers[q.Name]
	right := q.Decide(t, died)
	switch {
	case right < 0:
		w.say("What came is none of the answers.")
		return
	case !answered:
		w.say("The wire says: %s. %s", q.Options[right].Text, q.Options[right].Reply)
	case said == right:
		w.say("The wire agrees. %s", q.Options[right].Reply)
	default:
		w.say("The wire says: %s. %s", q.Options[right].Text, q.Options[said].Reply)
	}
	w.reader.Done.Decided[q.Name] = right
}

// serve puts a server behind the address.
func (w *Workbook) serve(args []string) {
	step := w.step()
	if step == nil {
		w.say("This lesson has no server.")
		return
	}
	if len(args) == 0 {
		s := w.Session.Status()
		w.say("The server is %s: %s. Type server and notes, reference or yours for another.", s.Server.Title(), s.Phase)
		return
	}
	to, ok := course.ParseServer(args[0])
	if !ok {
		w.say("The servers are notes, reference and yours, not %q.", args[0])
		return
	}
	w.server = to
	if w.start(step.Name, to) {
		w.say("%s is running at http://%s.", capital(to.Title()), w.addr())
	}
}

// start puts the wanted server behind the address, unless it is there already.
// A problem is said, and the reader goes on reading.
func (w *Workbook) start(step string, to course.Server) bool {
	s := w.Session.Status()
	ready := s.Phase == session.Running || s.Phase == session.Ended // sending starts that one again
	if ready && s.Step == step && s.Server == to && to != course.Yours {
		return true
	}
	if !ready || s.Step != step || s.Server != to {
		fmt.Fprintf(w.Out, "Starting %s of step %.2s …\n", to.Title(), step)
	}
	if err := w.Session.Start(w.ctx, step, to); err != nil { // yours may have been edited: it is built again
		w.print(w.Advise(err))
		return false
	}
	return true
}

// check judges the learner's server and says how the exercise in front fares,
// or the first one that fails.
func (w *Workbook) check() {
	step := w.step()
	if step == nil || len(step.Exercises) == 0 {
		w.say("This lesson has no exercises.")
		return
	}
	fmt.Fprintln(w.Out, "Checking your server …")
	results, err := w.Check(w.ctx, step.Name)
	if err != nil {
		w.print(w.Advise(err))
		return
	}
	passed := 0
	done := w.progress.Of(step.Name)
	done.Passed = nil
	var first *check.Result
	for i := range results {
		r := &results[i]
		w.results[r.Exercise.Name] = *r
		switch r.Verdict {
		case check.Pass:
			passed++
			done.Passed = append(done.Passed, r.Exercise.Name)
		case check.Fail, check.Broken:
			if first == nil {
				first = r
			}
		}
	}
	w.keep()
	w.say("%d of %d exercises pass.", passed, len(results))
	if b := w.block(); b.Kind == lessons.Exercise {
		if r, judged := w.results[b.Name]; judged {
			w.sayResult(step, &r)
			return
		}
	}
	if first != nil {
		w.sayResult(step, first)
	}
}

// sayResult says one exercise's verdict: why it is right, or what the client saw
// and where to look.
func (w *Workbook) sayResult(step *course.Step, r *check.Result) {
	e := r.Exercise
	switch r.Verdict {
	case check.Pass:
		var text strings.Builder
		text.WriteString(fmt.Sprintf("Exercise %s passes.", e.Name))
		for _, x := range e.Exchanges {
			text.WriteString("\n" + x.Why)
		}
		w.print(text.String())
	case check.Broken:
		w.say("Exercise %s could not be judged; the fault is not in your program: %v.", e.Name, r.Err)
	case check.Fail:
		w.say("Exercise %s fails.", e.Name)
		w.print(indent(r.Failure.Text()) + "    again " + w.Command + " send " + r.Failure.Exchange)
		if w.hints[e.Name] < len(e.Hints) {
			w.say("Edit your file and check again. file says where it is; hint gives a hint.")
		}
	default:
		w.say("Exercise %s was not reached.", e.Name)
	}
}

// hint gives the next hint of the exercise in front, once it has failed.
func (w *Workbook) hint([]string) {
	b, step := w.block(), w.step()
	if b.Kind != lessons.Exercise || step == nil {
		w.say("There is no exercise here. Type exercise to go to the next one.")
		return
	}
	e := step.Exercise(b.Name)
	switch n := w.hints[b.Name]; {
	case w.results[b.Name].Verdict != check.Fail:
		w.say("A hint opens once your server has failed this check. Try first: change something, and type check.")
	case n >= len(e.Hints):
		w.say("That was the last hint.")
	default:
		w.hints[b.Name] = n + 1
		text := e.Hints[n]
		if strings.Contains(text, "\n") { // a piece of program
			text = "Hint:\n" + indent(text)
		} else {
			text = "Hint: " + text
		}
		w.print(strings.TrimRight(text, "\n"))
	}
}

// indent sets lines four columns in: they are not broken.
func indent(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		b.WriteString("    " + line)
	}
	return b.String()
}

func capital(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

func printable(line string) string { return strings.TrimRight(visible.Text([]byte(line)), "\n") }
