package lessons

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// A flow is running text cut at every place where a line may end (UAX #14), so
// that laying it out for another width needs no second look at the characters.
type flow struct {
	text     string
	runs     []run
	segments []segment
}

// A run is a stretch of the flow's text in one role.
type run struct {
	end  int // byte offset in text after its last byte
	role Role
	link string
}

// A segment is the text between two places where a line may end.
type segment struct {
	start, end int  // byte offsets in the flow's text; end is before its spaces
	width      int  // in cells, without its spaces
	spaces     int  // how many spaces follow it: they vanish at a line's end
	must       bool // the line ends here
}

// newFlow finds the places where lines may end. Package uniseg alone knows them;
// where characters begin and how wide they are, x/ansi says, as it does for the
// renderer.
func newFlow(text string, runs []run) flow {
	f := flow{text: text, runs: runs}
	f.segments = make([]segment, 0, len(text)/6+1)
	rest, state, at, begin := text, -1, 0, 0
	for len(rest) > 0 {
		var piece string
		var must bool
		piece, rest, must, state = uniseg.FirstLineSegmentInString(rest, state)
		at += len(piece)
		if len(rest) > 0 && !must && !f.mayEnd(piece, at) {
			continue
		}
		// uniseg reports the end of the text as a forced break too.
		whole := text[begin:at]
		word := strings.TrimRight(whole, " \n")
		f.segments = append(f.segments, segment{
			start: begin, end: begin + len(word), width: cells(word),
			spaces: strings.Count(whole[len(word):], " "), must: must && len(rest) > 0,
		})
		begin = at
	}
	return f
}

// mayEnd overrules UAX #14 where it reads our text badly: code ends a line at a
// space only, and so do options ("-addr") and what has a slash ("text/html",
// "steps/01-socket").
func (f *flow) mayEnd(piece string, at int) bool {
	word := f.text[strings.LastIndexByte(f.text[:at-1], ' ')+1 : at]
	return strings.HasSuffix(piece, " ") ||
		f.roleAt(at-1) != CodeText && !strings.Contains(word, "/") && word != "-"
}

func (f *flow) roleAt(offset int) Role {
	for _, r := range f.runs {
		if offset < r.end {
			return r.role
		}
	}
	return Body
}

// lines breaks the flow for a width in cells. A word that is wider than a line
// is cut between two characters; nothing is ever left out but spaces at a
// line's end.
func (f *flow) lines(width int) [][]Span {
	var out [][]Span
	line := liner{flow: f}
	for _, s := range f.segments {
		if !line.empty() && line.width+line.pending+s.width > width {
			out = append(out, line.take())
		}
		for s.width > width && s.start < s.end {
			head, w := fit(f.text[s.start:s.end], width)
			line.add(s.start, s.start+head, w)
			out = append(out, line.take())
			s.start += head
			s.width = cells(f.text[s.start:s.end])
		}
		if s.start < s.end {
			line.add(s.start, s.end, s.width)
		}
		line.pending += s.spaces
		if s.must {
			out = append(out, line.take())
		}
	}
	if !line.empty() || len(out) == 0 {
		out = append(out, line.take())
	}
	return out
}

// A liner collects one line of a flow.
type liner struct {
	flow       *flow
	run        int // index of the run that the next byte belongs to, or before it
	start, end int
	width      int
	pending    int // spaces seen since the last word
}

func (l *liner) empty() bool { return l.start == l.end }

func (l *liner) add(start, end, width int) {
	if l.empty() {
		l.start = start
		l.pending = 0
	}
	l.end = end
	l.width += l.pending + width
	l.pending = 0
}

func (l *liner) take() []Span {
	spans := l.spans()
	l.start, l.end, l.width, l.pending = 0, 0, 0, 0
	return spans
}

// spans cuts the line where its runs meet.
func (l *liner) spans() []Span {
	runs := l.flow.runs
	var spans []Span
	for at := l.start; at < l.end; {
		for l.run < len(runs) && runs[l.run].end <= at {
			l.run++
		}
		end, role, link := l.end, Body, ""
		if l.run < len(runs) {
			end, role, link = min(end, runs[l.run].end), runs[l.run].role, runs[l.run].link
		}
		spans = append(spans, Span{Text: l.flow.text[at:end], Role: role, Link: link})
		at = end
	}
	return spans
}

// fit returns how many bytes of text fill at most width cells, and how many
// cells those take. It is at least one character, however narrow the line.
func fit(text string, width int) (bytes, taken int) {
	for bytes < len(text) {
		cluster, w := ansi.FirstGraphemeCluster(text[bytes:], ansi.GraphemeWidth)
		if bytes > 0 && taken+w > width {
			break
		}
		bytes += len(cluster)
		taken += w
	}
	return bytes, taken
}

// cells is the width of text on a terminal.
func cells(text string) int {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return ansi.StringWidth(text)
		}
	}
	return len(text)
}

// Wrap breaks text into lines of at most width cells, as lessons are broken
// (UAX #14). A line feed ends a line; spaces at either end of a line are
// dropped. A width below 1 counts as 1.
func Wrap(text string, width int) []string {
	f := newFlow(text, nil)
	var lines []string
	for _, spans := range f.lines(max(width, 1)) {
		var b strings.Builder
		for _, s := range spans {
			b.WriteString(s.Text)
		}
		lines = append(lines, b.String())
	}
	return lines
}
