package tui

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/screentest"
)

var (
	touchingTabs  = regexp.MustCompile(`\][0-9]|[a-z][\[0-9]`)
	touchingFrame = regexp.MustCompile(`[^─┴ ]─|─[^─┴ ]`)
)

// Around the panes, at every width: nothing touches, the forward key is never
// left out, and a question can be read whole with the keys that answer it.
func TestNothingTouches(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		for name, state := range states {
			h := newHarness(t, 80, 24, nil)
			state(h)
			h.traffic(9, "", "GET /a-target-that-is-long-enough-to-be-cut HTTP/1.1\r\n\r\n", screentest.YesPage)
			for w := minWidth; w <= 200; w++ {
				h.tell(tea.WindowSizeMsg{Width: w, Height: 12})
				rows := rowTexts(h.m.frame())
				header, footer := rows[0], rows[len(rows)-1]
				left, found := strings.CutSuffix(header, h.m.serverWords().Plain()+" ")
				if !found || !strings.HasSuffix(left, "  ") {
					t.Errorf("%s, %d: header %q", name, w, header)
				}
				if tabs := rows[1]; !h.m.at.wide && touchingTabs.MatchString(tabs) {
					t.Errorf("%s, %d: tabs %q", name, w, tabs)
				}
				if status := h.m.statusLine().Plain(); touchingFrame.MatchString(status) {
					t.Errorf("%s, %d: status line %q", name, w, status)
				}
				if q := h.m.question; q != nil {
					bottom := strings.Join(strings.Fields(strings.Join(rows[len(rows)-4:], " ")), " ")
					if !strings.HasSuffix(bottom, q.text+" y yes n no") {
						t.Errorf("%s, %d: %q", name, w, bottom)
					}
					continue
				}
				if far := h.m.howFar().Plain(); far != "" {
					left, found := strings.CutSuffix(footer, far)
					if found && !strings.HasSuffix(left, "  ") {
						t.Errorf("%s, %d: footer %q", name, w, footer)
					}
				}
				live := h.m.live()
				first := live[0].key.Help()
				if live[0].foot == 1 && !strings.HasPrefix(footer[strings.Index(footer, first.Key):], first.Key+" ") {
					t.Errorf("%s, %d: %q lacks %s %s", name, w, footer, first.Key, first.Desc)
				}
				if !slices.Contains(strings.Fields(footer), "?") && !h.m.search.typing && !h.m.palette.IsOpen() {
					t.Errorf("%s, %d: %q does not say where the keys are", name, w, footer)
				}
			}
		}
	})
}
