package lessons

import (
	"errors"
	"os"
	"os/exec"
	"path"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/steptest"
	"example/wirebook/internal/visible"
)

// answerTimeout is long enough for a busy machine: a server that is silent for this
// long stays silent.
const answerTimeout = 4 * time.Second

// programs are built once for all predictions.
var programs struct {
	sync.Mutex
	path map[string]string
}

func built(t *testing.T, root, pkg string) (program string, err error) {
	programs.Lock()
	defer programs.Unlock()
	if program, ok := programs.path[pkg]; ok {
		return program, nil
	}
	if program, err = runner.Build(t.Context(), root, pkg); err != nil {
		return "", err
	}
	if programs.path == nil {
		programs.path = map[string]string{}
	}
	programs.path[pkg] = program
	return program, nil
}

func TestMain(m *testing.M) {
	code := m.Run()
	runner.Clean()
	os.Exit(code)
}

// playOn sends an exchange to a fresh server of a step and tells what came, and
// whether the server ended.
func playOn(t *testing.T, step string, server course.Server, x *exchange.Exchange) (*play.Transcript, bool) {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil && step == "05-cgi" {
		t.Skip("no sh: the scripts of this step cannot run")
	}
	root, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	program, err := built(t, root, server.Package(step))
	if problem := new(runner.StartError); errors.As(err, &problem) && problem.Reason == runner.NoGo {
		t.Skip("no Go toolchain: the servers that the lessons speak of cannot be built")
	}
	if err != nil {
		t.Fatal(err)
	}
	running, err := runner.Start(t.Context(), runner.Command{
		Name: server.String(), Args: []string{program, "-addr", "{addr}", "-dir", "{dir}"},
		Dir: steptest.OpenCopy(t, path.Join(root, "steps", step, "www")),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer running.Stop()
	p := play.Player{Timeout: answerTimeout, Dial: play.Dial(running.Addr())}
	transcript, err := p.Play(t.Context(), x)
	if err != nil {
		t.Fatal(err)
	}
	if transcript.Probe == nil {
		return transcript, false
	}
	select {
	case <-running.Done():
		return transcript, true
	case <-time.After(2 * time.Second):
		return transcript, false
	}
}

// TestPredictions plays every exchange that a lesson asks about: exactly one
// option may hold, or the reader is told that a right guess was wrong.
func TestPredictions(t *testing.T) {
	var places [3]atomic.Int32 // of the right option
	t.Run("all", func(t *testing.T) {
		for _, l := range shipped(t) {
			for i := range l.Blocks {
				b := &l.Blocks[i]
				if b.Kind != Prediction {
					continue
				}
				t.Run(l.Step+"/"+b.Name, func(t *testing.T) {
					t.Parallel()
					if right := b.decide(t); right >= 0 {
						places[right].Add(1)
					}
				})
			}
		}
	})
	total := places[0].Load() + places[1].Load() + places[2].Load()
	for i := range places {
		if n := places[i].Load(); 6*n < total {
			t.Errorf("option %d is right %d times of %d: a reader learns to pass over it", i+1, n, total)
		}
	}
}

// decide plays the exchange and returns the one option that holds, or -1.
func (b *Block) decide(t *testing.T) int {
	q := b.Question
	transcript, died := playOn(t, q.Exchange.Step, q.Server, q.Exchange)
	seen := observe(transcript, died)
	right := -1
	for i, o := range q.Options {
		switch {
		case !o.when.holds(seen):
		case right >= 0:
			t.Errorf("%s: two options hold: %q and %q", b.Source, q.Options[right].Text, o.Text)
		default:
			right = i
		}
	}
	if right < 0 {
		t.Errorf("%s: no option holds: %d bytes came, %.200q; died %v", b.Source, len(seen.got), seen.got, died)
	}
	return right
}

// TestNotesAnswers plays every exchange whose block shows what the notes'
// server answers, and wants those bytes.
func TestNotesAnswers(t *testing.T) {
	for _, l := range shipped(t) {
		for i := range l.Blocks {
			b := &l.Blocks[i]
			if b.sides.notes == nil {
				continue
			}
			t.Run(l.Step+"/"+b.Name, func(t *testing.T) {
				transcript, _ := playOn(t, b.Exchange.Step, course.Notes, b.Exchange)
				got := observe(transcript, false).got
				if string(got) != string(b.sides.notes) {
					t.Errorf("%s: the lesson shows\n%s\nthe notes' server sends\n%s",
						b.Source, visible.Bytes(b.sides.notes), visible.Bytes(got))
				}
			})
		}
	}
}

// shipped loads the lessons as the workbook does, from the checkout.
func shipped(t testing.TB) []*Lesson {
	t.Helper()
	all, err := Load(FS, os.DirFS("../steps"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}
