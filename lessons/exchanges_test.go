package lessons

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"example/wirebook/internal/course"
)

// allSteps loads every step of the checkout.
func allSteps(t *testing.T) []*course.Step {
	t.Helper()
	steps := os.DirFS("../steps")
	names, err := course.Names(steps)
	if err != nil {
		t.Fatal(err)
	}
	var all []*course.Step
	for _, name := range names {
		step, err := course.Load(steps, name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, step)
	}
	return all
}

// TestExchangesAreUsed: an exchange of a step's folder is shown or named by a
// lesson, or judges an exercise; one among the test data is neither.
func TestExchangesAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, l := range shipped(t) {
		for i := range l.Blocks {
			if x := l.Blocks[i].Exchange; x != nil {
				used[x.ID()] = true
			}
		}
		page, err := fs.ReadFile(FS, l.Step+".md")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range exchangeID.FindAllStringSubmatch(string(page), -1) {
			used[m[1]] = true
		}
	}
	total := 0
	for _, step := range allSteps(t) {
		for _, x := range step.Exchanges {
			total++
			if !used[x.ID()] && x.Exercise == "" {
				t.Errorf("%s: no lesson shows it and it judges nothing: move it to %s/testdata/exchanges", x.ID(), step.Name)
			}
			delete(used, x.ID())
		}
		for _, x := range step.Tests {
			total++
			if used[x.ID()] || x.Exercise != "" {
				t.Errorf("%s: a lesson uses it or it judges: move it to %s/exchanges", x.ID(), step.Name)
			}
			delete(used, x.ID())
		}
	}
	for id := range used {
		t.Errorf("a lesson names %s, which does not exist", id)
	}
	if total < 280 {
		t.Errorf("%d exchanges in all steps, at least 280 are due", total)
	}
}

// exchangeID is an exchange named in prose: "`01/page`".
var exchangeID = regexp.MustCompile("`(\\d\\d/[a-z0-9.-]+)`")

// maxTitle is how long an exchange's title may be, in characters: a caption.
const maxTitle = 55

// TestExchangeWords: what exchanges and exercises say to people keeps to the
// words of the lessons, and no step has two exchanges of one title.
func TestExchangeWords(t *testing.T) {
	for _, step := range allSteps(t) {
		titles := map[string]string{}
		for _, x := range slices.Concat(step.Exchanges, step.Tests) {
			checkWords(t, x.ID(), x.Title, x.Why, x.Rule)
			if n := len([]rune(x.Title)); n > maxTitle {
				t.Errorf("%s: a title of %d characters, at most %d", x.ID(), n, maxTitle)
			}
			if other, ok := titles[x.Title]; ok {
				t.Errorf("%s and %s have one title: %q", other, x.ID(), x.Title)
			}
			titles[x.Title] = x.ID()
		}
		for _, e := range step.Exercises {
			checkWords(t, step.Name+" "+e.Name, append(e.Hints, e.Title, e.Task)...)
		}
	}
}

func checkWords(t *testing.T, where string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if w := banned.FindString(text); w != "" {
			t.Errorf("%s: banned: %q in %q", where, w, text)
		}
	}
}

// TestLook: what an exercise tells the reader to look for is a label in the
// file that it begins with.
func TestLook(t *testing.T) {
	for _, step := range allSteps(t) {
		if len(step.Exercises) == 0 {
			continue
		}
		skeleton, err := os.ReadFile(course.Skeleton("..", step.Name))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(skeleton), "\n")
		for _, e := range step.Exercises {
			if _, _, err := labelledLines(lines, e.Look); err != nil {
				t.Errorf("%s, exercise %s: %v", step.Name, e.Name, err)
			}
		}
	}
}

// TestHintsSend: an exchange that a hint tells the reader to send is one that
// lists show.
func TestHintsSend(t *testing.T) {
	named := regexp.MustCompile(`\b\d\d/[a-z0-9.-]*[a-z0-9]`)
	found := 0
	for _, step := range allSteps(t) {
		for _, e := range step.Exercises {
			for _, id := range named.FindAllString(strings.Join(e.Hints, "\n"), -1) {
				found++
				if x := step.Exchange(id); x == nil || slices.Contains(step.Tests, x) {
					t.Errorf("%s, exercise %s: a hint names %s", step.Name, e.Name, id)
				}
			}
		}
	}
	if found < 16 {
		t.Errorf("%d exchanges named in hints, at least 16 are due", found)
	}
}
