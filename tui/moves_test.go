package tui

import (
	"path/filepath"
	"testing"
	"time"

	"example/wirebook/internal/progress"
)

// The place survives a workbook that is killed: it is saved a moment after the
// reader has moved, once for many moves.
func TestMovesAreKept(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 60, 12, nil)
		h.press("pgdown", "pgdown")
		saves := h.m.saves
		h.after(2 * placePause)
		if h.m.saves != saves+1 {
			t.Errorf("%d saves, want one", h.m.saves-saves)
		}
		p, _, err := progress.NewStore(h.m.o.StatePath).Load()
		if got := p.Of("01-socket").Block; err != nil || got == 0 || got != h.m.lesson.Place() {
			t.Errorf("kept %d, the place is %d: %v", got, h.m.lesson.Place(), err)
		}
		h.after(time.Minute)
		if h.m.saves != saves+1 {
			t.Errorf("saved again without a move")
		}
	})
}

// Where it cannot be kept, the screen says so while the reader reads.
func TestMovesAreNotKept(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		h := newHarness(t, 120, 12, func(o *Options) { o.StatePath = filepath.Join(file, "progress.json") })
		mustWrite(t, file, "") // where a folder should be
		h.press("pgdown")
		h.after(2 * placePause)
		h.wantScreen("progress is not kept")
	})
}
