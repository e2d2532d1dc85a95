package wirepane

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"example/wirebook/internal/screentest"
)

var leftOut = regexp.MustCompile(`… ([\d,]+) bytes? more; x shows all`)

// What is drawn and what is counted as left out make up the whole message, and
// its end is not far below its beginning.
func TestLongMessages(t *testing.T) {
	head := "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
	var lines strings.Builder
	for i := range 500 {
		fmt.Fprintf(&lines, "line %d\n", i)
	}
	for _, tt := range []struct {
		name, content string
		gaps          int
		last          string // what is still in sight at the end
	}{
		{"one long line", strings.Repeat("a", 5000) + "the end", 1, "the end"},
		{"a long line of several arrivals", strings.Repeat("ab", 9000), 1, ""},
		{"many lines", lines.String(), 1, "line 499␊"},
		{"many lines, cut", strings.Repeat(lines.String(), 9), 1, ""},
		{"a long line among short ones", "a\n" + strings.Repeat("b", 900) + "\nc\n", 1, "c␊"},
		{"forty-one lines", strings.Repeat("x\n", 41), 1, "x␊"},
		{"forty lines", strings.Repeat("x\n", 40), 0, "x␊"},
		{"six rows", strings.Repeat("y", 6*(60-gutter)), 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer := fmt.Sprintf(head, len(tt.content)) + tt.content
			p := paneWith(60, 40, screentest.Talk(1, "", screentest.GetPage, answer)...)
			text := rowsText(p)
			_, text, _ = strings.Cut(text, "← response")
			drawn, counted := 0, 0
			for i := range p.rowCount() {
				for _, x := range p.rowAt(i) {
					if x.Ref > 0 {
						drawn += len([]rune(x.Text))
					}
				}
			}
			found := leftOut.FindAllStringSubmatch(text, -1)
			for _, f := range found {
				n, _ := strconv.Atoi(strings.ReplaceAll(f[1], ",", ""))
				counted += n
			}
			if len(found) != tt.gaps || drawn+counted != len(screentest.GetPage)+len(answer) {
				t.Errorf("%d gaps; %d bytes drawn and %d left out of %d:\n%s", len(found), drawn, counted, len(screentest.GetPage)+len(answer), text)
			}
			if n := p.rowCount(); n > 60 {
				t.Errorf("%d rows", n)
			}
			if !strings.Contains(text, tt.last) {
				t.Errorf("the end is not there:\n%s", text)
			}
		})
	}
}
