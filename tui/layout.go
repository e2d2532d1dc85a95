package tui

// A box is a rectangle of the screen, in cells; an empty one is not drawn.
type box struct{ x, y, w, h int }

// An arrangement says where everything stands. It is a function of the size
// alone, so that nothing moves when an exchange arrives.
type arrangement struct {
	tooSmall bool
	wide     bool // two panes side by side
	header   box
	tabs     box // one pane at a time: which
	top      box // the line under them
	left     box // lesson, exercise or source; with one pane: any
	split    box // the line between two panes
	right    box // the wire
	status   box // the line above the footer; carries a notice
	footer   box
}

// The sizes that decide.
const (
	minWidth  = 40
	minHeight = 10
	wideFrom  = 100
	// Below this many cells only what is needed most stands in the header.
	narrowBelow = 60
	maxText     = 88 // a line of prose is not read well beyond this
)

// arrange lays the screen out.
func arrange(w, h int) arrangement {
	if w < minWidth || h < minHeight {
		return arrangement{tooSmall: true}
	}
	a := arrangement{wide: w >= wideFrom}
	y := 0
	line := func() box {
		y++
		return box{0, y - 1, w, 1}
	}
	a.header = line()
	if !a.wide {
		a.tabs = line()
	}
	a.top = line()
	body := h - y - 2
	a.left = box{0, y, w, body}
	if a.wide {
		a.left.w = min(w/2, maxText)
		a.split = box{a.left.w, y, 1, body}
		a.right = box{a.left.w + 1, y, w - a.left.w - 1, body}
	}
	y += body
	a.status = line()
	a.footer = line()
	return a
}

func (b box) contains(x, y int) bool {
	return x >= b.x && x < b.x+b.w && y >= b.y && y < b.y+b.h
}
