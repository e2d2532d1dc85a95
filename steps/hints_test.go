package steps

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestHints: the lines that the last hint of an exercise gives are lines of a
// repair that is known to work. An ellipsis leaves out what stays as it is.
func TestHints(t *testing.T) {
	for _, step := range withExercises(t) {
		h := load(t, step)
		for _, e := range h.step.Exercises {
			repaired := strings.Join(h.flaw(t, e.Name).texts["repaired"], "\n")
			if alien := notFrom(repaired, e.Hints[2]); alien != "" {
				t.Errorf("%s/%s: not in the repair: %s", step, e.Name, alien)
			}
		}
	}
	const repaired = "\thead := \"a\" + kind\n"
	if alien := notFrom(repaired, "head := … + kind\n}\n… as before\n"); alien != "" {
		t.Errorf("a good hint is refused for %q", alien)
	}
	for _, bad := range []string{"body := … + kind", "head := … + kin d", "… + mind"} {
		if notFrom(repaired, bad) == "" {
			t.Errorf("accepted: %s", bad)
		}
	}
}

// notFrom returns a part of a hint that is no part of the repair, or nothing.
func notFrom(repaired, hint string) string {
	for line := range strings.Lines(strings.ReplaceAll(hint, "… as before", "…")) {
		for part := range strings.SplitSeq(line, "…") {
			part = strings.TrimSpace(part)
			if part != "}" && !strings.Contains(repaired, part) {
				return part
			}
		}
	}
	return ""
}

// TestHintsKeepRepairs: who copies the lines of a hint into a program that has
// other repairs in it does not undo those. So a hint holds no literal that the
// repair of another exercise takes away.
func TestHintsKeepRepairs(t *testing.T) {
	for _, step := range withExercises(t) {
		h := load(t, step)
		for _, e := range h.step.Exercises {
			for _, other := range h.step.Exercises {
				if other.Name == e.Name {
					continue
				}
				gone := h.flaw(t, other.Name).gone()
				for _, l := range literal.FindAllString(e.Hints[2], -1) {
					if gone[l] {
						t.Errorf("%s/%s: its hint brings back the flaw %s: %s", step, e.Name, other.Name, l)
					}
				}
			}
		}
	}
	version := load(t, "01-socket").flaw(t, "version")
	if got := slices.Sorted(maps.Keys(version.gone())); !slices.Equal(got, []string{`"HTTP/1.x "`}) {
		t.Errorf("the repair of version takes away %q", got)
	}
}

// literal is a string literal of Go, between double quotes.
var literal = regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`)

// gone is the literals of the skeleton that the repair does without.
func (f flaw) gone() map[string]bool {
	gone := map[string]bool{}
	for i, old := range f.texts["skeleton"] {
		left := literal.FindAllString(f.texts["repaired"][i], -1)
		for _, l := range literal.FindAllString(old, -1) {
			at := slices.Index(left, l)
			if at < 0 {
				gone[l] = true
				continue
			}
			left = slices.Delete(left, at, at+1)
		}
	}
	return gone
}
