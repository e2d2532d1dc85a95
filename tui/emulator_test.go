package tui

import (
	"strings"
	"testing"

	"example/wirebook/tui/cells"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// emulate writes the whole screen to an emulator of a terminal of its size.
func emulate(h *harness) *vt.Emulator {
	return painted(h.m.View().Content, h.m.w, h.m.h)
}

func painted(content string, w, h int) *vt.Emulator {
	screen := vt.NewEmulator(w, h)
	screen.WriteString(strings.ReplaceAll(content, "\n", "\r\n"))
	return screen
}

// shownText is what can be read on a screen, without trailing blanks.
func shownText(screen *vt.Emulator) string {
	var b strings.Builder
	for line := range strings.SplitSeq(screen.String(), "\n") {
		b.WriteString(strings.TrimRight(line, " \r") + "\n")
	}
	return b.String()
}

// compareStyles reports cells that do not look as their tone looks by itself.
func compareStyles(t *testing.T, h *harness, screen *vt.Emulator) {
	t.Helper()
	alone := map[cells.Tone]uv.Style{}
	for y, row := range h.m.frame() {
		x := 0
		for _, run := range row {
			due, known := alone[run.Tone]
			if !known {
				due = painted(h.m.theme.Paint([]cells.Row{cells.Text(run.Tone, "x")}), 2, 1).CellAt(0, 0).Style
				alone[run.Tone] = due
			}
			for end := x + ansi.StringWidth(run.Text); x < end; x++ {
				if c := screen.CellAt(x, y); c == nil || c.Width > 0 && !c.Style.Equal(&due) {
					t.Fatalf("%s: %q at column %d of row %d is not in its tone's style: %v", h.m.theme.Name, run.Text, x, y, c)
				}
			}
		}
	}
}
