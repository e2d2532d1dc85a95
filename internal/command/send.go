package command

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"strings"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/play"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/visible"
)

var sendVerb = verb{
	name: "send", args: "STEP/NAME [--server S] [--cut N] [-- PROGRAM]",
	short: "send one exchange to a fresh server and show every byte",
	long: `Starts your server (or --server notes, --server reference, or the PROGRAM
after --), plays the exchange, and prints what was sent, what came back and how
it ended. The verdict of an exchange that judges an exercise is that exercise's.
Any other that awaits an answer is compared with the reference: first the code,
then the content. --server reference is compared byte for byte. --cut N sends
the first request in two arrivals, N bytes and the rest. PROGRAM is what check
takes: see help check. Exit status: 0 as it is due, or nothing is due; 1 it
differs; 2 the exchange could not be sent.`,
	run: (*app).send,
}

func (a *app) send(args []string) error {
	t := target{server: course.Yours}
	cut := 0
	words, program, err := parse("send", func(f *flag.FlagSet) {
		serverFlag(f, &t.server)
		f.IntVar(&cut, "cut", 0, "")
	}, args)
	if err != nil {
		return err
	}
	if len(words) != 1 || !strings.Contains(words[0], "/") {
		return &usageError{"send takes one exchange, such as 01/page", "send"}
	}
	root, err := a.root()
	if err != nil {
		return err
	}
	step, x, err := a.findExchange(root, words[0])
	if err != nil {
		return err
	}
	switch points := len(x.CutPoints()); {
	case cut != 0 && points == 0:
		return &usageError{fmt.Sprintf("%s sends no request that could be cut", x.ID()), "send"}
	case cut < 0 || cut > points:
		return &usageError{fmt.Sprintf("cut %d: this request can be cut after byte 1 to %d", cut, points), "send"}
	}
	t.step, t.program = step.Name, program
	command, err := a.command(root, t)
	if err != nil {
		return err
	}
	command.Files = step.Files
	server, err := runner.Start(a.ctx, command)
	if err != nil {
		return t.advise(err)
	}
	defer server.Stop()
	player := play.Player{Cut: cut, Timeout: a.timeout, Dial: play.Dial(server.Addr())}
	waiting := time.AfterFunc(2*time.Second, a.stillWaiting)
	transcript, err := player.Play(a.ctx, x)
	waiting.Stop()
	if err != nil {
		return err
	}
	return a.printSent(step, x, transcript, server, t.server == course.Reference && program == nil)
}

// stillWaiting tells a person that a silent server is being waited for.
func (a *app) stillWaiting() {
	if isTerminal(a.stderr) {
		fmt.Fprintf(a.stderr, "still waiting for the server, %v at most …\n", cmp.Or(a.timeout, play.DefaultTimeout))
	}
}

// findExchange reads the exchanges from the clone, so that one that was just
// edited is the one that is sent.
func (a *app) findExchange(root, id string) (*course.Step, *exchange.Exchange, error) {
	word, name, _ := strings.Cut(id, "/")
	number, err := findStep(word, "send")
	if err != nil {
		return nil, nil, err
	}
	step, err := course.Load(course.FS(root), number)
	if err != nil {
		return nil, nil, err
	}
	x := step.Exchange(name)
	if x == nil {
		return nil, nil, &advisedError{fmt.Errorf("step %s has no exchange %q", number, name), a.seeList(number)}
	}
	return step, x, nil
}

// printSent prints what passed, how the server fared, and the verdict: byte for
// byte for the reference, judged for an exercise, the code and the content for
// all other answers.
func (a *app) printSent(step *course.Step, x *exchange.Exchange, t *play.Transcript, server *runner.Process, exact bool) error {
	var failure *judge.Failure
	judged, agreed := true, "as it is due"
	switch {
	case exact:
		failure = judge.Exact(x, t)
	case x.Exercise != "":
		if failure = judge.Judged(x, t); failure != nil {
			failure.Look = step.Exercise(x.Exercise).Look
		}
	case x.Awaits():
		failure, agreed = judge.Differs(x, t), "code and content are the reference's"
	default:
		judged = false
	}
	fmt.Fprintf(a.stdout, "%s  %s\n%s\n", x.ID(), x.Title, x.Why)
	turns := talk(t)
	for i, turn := range turns {
		if len(turns) > 1 {
			fmt.Fprintf(a.stdout, "\nturn %d, connection %d\n", i+1, turn.Conn)
		}
		cut := 0
		if i == 0 {
			cut = t.Cut
		}
		a.printTurn(turn, cut, failure != nil && bytes.Equal(turn.Sent, failure.Sent) && bytes.Equal(turn.Got, failure.Got))
	}
	if !t.Alive {
		// It may have ended, and the news of that comes a moment later.
		select {
		case <-server.Done():
		case <-time.After(time.Second):
		}
	}
	if exit := server.Exit(); exit != nil {
		fmt.Fprintf(a.stdout, "\nthe server ended: %s\n", exit)
	}
	switch {
	case !judged:
		return nil
	case failure == nil:
		fmt.Fprintf(a.stdout, "\n✓ %s\n", agreed)
		return nil
	}
	fmt.Fprintf(a.stdout, "\n✗ %s", failure.Text())
	return errFailed
}

// talk is a transcript's turns for people. One in which nothing passed, such as
// the awaited close, only says how the turn before it on its connection ended.
func talk(t *play.Transcript) []play.Turn {
	var turns []play.Turn
	latest := map[int]int{} // by connection, the place of its last turn, from 1
	for _, turn := range t.Turns {
		if n := latest[turn.Conn]; n > 0 && len(turn.Sent)+len(turn.Got) == 0 {
			if turn.End != play.Silent { // it stays as it was: open, or silent
				turns[n-1].End = turn.End
			}
			continue
		}
		turns = append(turns, turn)
		latest[turn.Conn] = len(turns)
	}
	return turns
}

// printTurn prints what went each way. In brief it leaves out the bytes: the
// failure that follows shows them all, with its caret among them.
func (a *app) printTurn(turn play.Turn, cut int, brief bool) {
	sent, got := indent(visibleLines(turn.Sent))+"\n", indent(visibleLines(turn.Got))
	if brief {
		sent, got = "", ""
	}
	arrivals := ""
	if cut > 0 {
		arrivals = fmt.Sprintf(" in two arrivals, %d and the rest", cut)
	}
	fmt.Fprintf(a.stdout, "\n→ sent %s%s\n%s← got %s in %.1f ms; %s\n%s",
		visible.Count(len(turn.Sent), "byte"), arrivals, sent, visible.Count(len(turn.Got), "byte"), ms(turn.Took), turn.End, got)
}
