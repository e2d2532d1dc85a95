package cells

import (
	"testing"

	"example/wirebook/internal/screentest"
	"github.com/charmbracelet/x/ansi"
)

func TestSafe(t *testing.T) {
	for _, s := range screentest.Hostile {
		if bad := screentest.Obeyed(Safe(s)); bad != "" {
			t.Errorf("%q becomes %q, which has %q", s, Safe(s), bad)
		}
	}
	for _, s := range []string{"plain", "‹E9› ␍␊ ▸ ─ ✓", "日本語.html", "Grüße, Привет", "é"} {
		if Safe(s) != s {
			t.Errorf("%q becomes %q", s, Safe(s))
		}
	}
}

func FuzzSafe(f *testing.F) {
	for _, s := range screentest.Hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Safe(s)
		if bad := screentest.Obeyed(got); bad != "" {
			t.Errorf("%q becomes %q, which has %q", s, got, bad)
		}
		if a, b := ansi.StringWidth(got), ansi.StringWidthWc(got); a != b {
			t.Errorf("%q becomes %q: %d cells or %d", s, got, a, b)
		}
		for _, w := range []int{1, 7, 40} {
			if n := Fit(Text(Plain, s), w).Width(); n != w {
				t.Errorf("%q fitted to %d is %d wide", s, w, n)
			}
		}
	})
}
