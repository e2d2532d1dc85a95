package runner

import (
	"fmt"
	"strings"
	"testing"
)

func TestDescribe(t *testing.T) {
	var many strings.Builder
	for i := range 12 {
		fmt.Fprintf(&many, "./main.go:%d:2: \x1bwrong\n", i+1)
	}
	for _, tc := range []struct {
		name   string
		err    Describer
		want   Description // Output without its middle
		advice string      // a part of it
	}{
		{"compiler", &BuildError{"steps/one", "# example/steps/one\n" + many.String()},
			Description{Problem: "steps/one does not compile",
				Output: "./main.go:1:2: ␛wrong\n…./main.go:10:2: ␛wrong\n… and 2 lines more\n"}, "repair the first line"},
		{"go command", &BuildError{"steps/one", "go: go.mod requires go >= 1.99\n"},
			Description{Problem: "steps/one cannot be built",
				Output: "go: go.mod requires go >= 1.99\n"}, "needs Go 1.25"},
		{"server", &StartError{Name: "yours", Reason: Ended, Detail: "exit 2", Output: many.String(), Advice: "read it"},
			Description{Problem: "yours: it ended before it listened: exit 2",
				Output: "./main.go:3:2: ␛wrong\n…./main.go:12:2: ␛wrong\n"}, "read it"},
		{"a long line", &StartError{Name: "yours", Reason: Ended, Output: strings.Repeat("é", 300)},
			Description{Problem: "yours: it ended before it listened",
				Output: strings.Repeat("é", 200) + "…\n"}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := tc.err.Describe()
			begin, end, middle := strings.Cut(tc.want.Output, "\n….")
			fits := d.Output == tc.want.Output
			if middle {
				fits = strings.HasPrefix(d.Output, begin) && strings.HasSuffix(d.Output, end)
			}
			if d.Problem != tc.want.Problem || !fits || !strings.Contains(d.Advice, tc.advice) {
				t.Errorf("got %+v,\nwant %+v and %q", d, tc.want, tc.advice)
			}
		})
	}
}
