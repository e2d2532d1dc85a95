package command

import (
	"encoding/json"
	"flag"
	"fmt"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/session"
	"example/wirebook/internal/visible"
	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

var runVerb = verb{
	name: "run", args: "STEP [--server S] [--json]", short: "run a step's server behind the tap and print the wire",
	long: `Runs the reference (or --server notes, --server yours) behind the tap and
prints what passes, as it passes, until Ctrl-C. A server that ends is started
again. --json prints one event a line, its bytes in base64.`,
	run: (*app).run,
}

func (a *app) run(args []string) error {
	t := target{server: course.Reference}
	words, _, err := parse("run", func(f *flag.FlagSet) {
		serverFlag(f, &t.server)
		a.jsonFlag(f)
	}, args)
	if err != nil {
		return err
	}
	if len(words) != 1 {
		return &usageError{"run takes one step", "run"}
	}
	if t.step, err = findStep(words[0], "run"); err != nil {
		return err
	}
	root, err := a.root()
	if err != nil {
		return err
	}
	s, err := session.Open(root)
	if err != nil {
		return &advisedError{err, "stop the servers that hold these ports, then run the command again"}
	}
	defer s.Close()
	err = a.watch(s, t)
	if a.ctx.Err() != nil { // Ctrl-C is how this command is meant to end
		fmt.Fprintln(a.stderr, "stopped")
		return nil
	}
	return err
}

// restartEvery is the pace at which a server that ends is started again: one
// that ends at once must not fill the screen.
const restartEvery = time.Second

// watch runs a server and prints the wire until something stops it. A server
// that ends is started again, as a person at the keyboard would do.
func (a *app) watch(s *session.Session, t target) error {
	fmt.Fprintf(a.stderr, "building %s, %s …\n", t.step, t.server)
	start := time.NewTimer(0)
	defer start.Stop()
	for {
		select {
		case <-a.ctx.Done():
			return nil
		case <-start.C:
			if err := s.Start(a.ctx, t.step, t.server); err != nil {
				return t.advise(err)
			}
			fmt.Fprintf(a.stderr, "%s, %s: http://%s — Ctrl-C stops it\n", t.step, t.server, s.Status().Addr)
		case <-s.Changed():
			if st := s.Status(); st.Phase == session.Ended {
				fmt.Fprintf(a.stderr, "%s; it is started again\n", st.Problem)
				start.Reset(restartEvery)
			}
		case events, ok := <-s.Tap.Events():
			if !ok {
				return nil
			}
			for _, e := range events {
				if err := a.printEvent(e); err != nil {
					return err
				}
			}
		}
	}
}

// An eventLine is one event of run --json.
type eventLine struct {
	Connection   int     `json:"connection"`
	Milliseconds float64 `json:"ms"` // since the tap began
	From         string  `json:"from"`
	Kind         string  `json:"kind"`
	Data         []byte  `json:"data,omitempty"` // base64
}

func (a *app) printEvent(e wire.Event) error {
	if e.Kind == wire.ServerEnded { // run says so itself
		return nil
	}
	from := "client"
	if e.Dir == message.ToClient {
		from = "server"
	}
	if a.json {
		return json.NewEncoder(a.stdout).Encode(eventLine{e.Conn, ms(e.At), from, e.Kind.String(), e.Data})
	}
	arrow := map[message.Dir]string{message.ToServer: "→", message.ToClient: "←"}[e.Dir]
	if e.Kind == wire.Arrived {
		_, err := fmt.Fprintf(a.stdout, "%3d %9.1f ms %s %s\n%s", e.Conn, ms(e.At), arrow, visible.Count(len(e.Data), "byte"), indent(indent(visibleLines(e.Data))))
		return err
	}
	_, err := fmt.Fprintf(a.stdout, "%3d %9.1f ms %s %s\n", e.Conn, ms(e.At), arrow, e.Kind)
	return err
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
