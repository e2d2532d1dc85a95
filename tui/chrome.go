package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example/wirebook/internal/session"
	"example/wirebook/tui/cells"
)

// The lines above and below the panes: where one is, what the server does, what
// has just happened, what one can press.

// header says where one is, and what stands behind the tap.
func (m *Model) header() cells.Row {
	left := cells.Row{{Text: " "}}
	l := m.current()
	switch {
	case m.palette.IsOpen():
		left = append(left, cells.Run{Text: "find", Tone: cells.Heading})
	case m.mode == helping:
		left = append(left, cells.Run{Text: "keys", Tone: cells.Heading})
	case m.mode == listing || l == nil:
		left = append(left, cells.Run{Text: "contents", Tone: cells.Heading})
	default:
		left = append(left, cells.Run{Text: stepName(l.Step), Tone: cells.Strong}, cells.Run{Text: " › ", Tone: cells.Dim}, cells.Run{Text: m.title(), Tone: cells.Heading})
	}
	return cells.Ends(left, append(m.serverWords(), cells.Run{Text: " "}), m.w)
}

// title names what is in front.
func (m *Model) title() string {
	switch {
	case m.left == exerciseView && m.exercise.Count() > 0:
		return m.exercise.Title()
	case m.left == sourceView:
		return "source of " + m.serverNow().Title()
	}
	if title, _, _ := m.lesson.Section(); title != "" {
		return title
	}
	return m.current().Title
}

// serverWords is the server's state: whose it is, what it does, where it is.
func (m *Model) serverWords() cells.Row {
	s := m.server.status
	who := m.serverNow().String()
	word, t := phaseWords(s.Phase)
	if m.server.busy && s.Phase != session.Building {
		word, t = "starting", cells.Warn
		if m.server.doing.stopped {
			word = "stopping"
		}
	}
	if m.at.wide {
		r := cells.Row{{Text: who, Tone: cells.Strong}, {Text: " · ", Tone: cells.Dim}, {Text: word, Tone: t}}
		if s.Addr != "" {
			r = append(r, cells.Run{Text: " · ", Tone: cells.Dim}, cells.Run{Text: "http://" + s.Addr, Tone: cells.Link})
		}
		return r
	}
	r := cells.Row{{Text: who, Tone: cells.Strong}, {Text: "  ", Tone: cells.Dim}}
	if s.Phase == session.Running && !m.server.busy {
		_, port, _ := strings.Cut(s.Addr, ":")
		word := "running :" + port
		if m.w < narrowBelow { // only a server that runs has a port
			word = ":" + port
		}
		r = append(r, cells.Run{Text: word, Tone: cells.Good})
	} else {
		r = append(r, cells.Run{Text: word, Tone: t})
	}
	if m.unseen > 0 {
		r = append(r, cells.Run{Text: fmt.Sprintf("  ● %d", m.unseen), Tone: cells.Warn})
	}
	return r
}

func phaseWords(p session.Phase) (string, cells.Tone) {
	switch p {
	case session.Building, session.Starting:
		return p.String(), cells.Warn
	case session.Running:
		return "running", cells.Good
	case session.Ended:
		return "ended", cells.Bad
	case session.Failed:
		return "not running", cells.Bad
	}
	return "stopped", cells.Dim
}

var tabNames = [...]string{"1 lesson", "2 wire", "3 exercise", "4 source"}

// tabs shows which of the panes is in front, where there is room for one. Under
// a page that covers them their keys do nothing, and it is empty.
func (m *Model) tabs() cells.Row {
	if m.covered() {
		return nil
	}
	margin := " "
	if m.w == minWidth { // the four fill it
		margin = ""
	}
	r := cells.Row{{Text: margin}}
	for i, name := range tabNames {
		if pane(i) == m.front() {
			r = append(r, cells.Run{Text: "[" + name + "]", Tone: cells.Strong})
		} else {
			r = append(r, cells.Run{Text: " " + name + " ", Tone: cells.Dim})
		}
	}
	return r
}

// tabAt is the tab at a column.
func (m *Model) tabAt(x int) (pane, bool) {
	r := m.tabs()
	for i := range tabNames {
		if from := r[:i+1].Width(); x >= from && x < from+r[i+1:i+2].Width() {
			return pane(i), true
		}
	}
	return 0, false
}

// statusLine is the line above the footer. It carries what there is to say just
// now, so that a notice pushes nothing aside.
func (m *Model) statusLine() cells.Row {
	text := m.notice
	switch waited := m.waiting(); {
	case waited >= 2*time.Second:
		text = cells.Text(cells.Warn, fmt.Sprintf("still waiting for an answer: %d s", int(waited.Seconds())))
	case text != nil:
	case m.search.typing && m.search.missed:
		text = cells.Text(cells.Warn, "it stands nowhere on this page")
	case m.unseen > 0:
		look := cells.Text(cells.Keycap, "   (2 to look)")
		latest := m.wire.Latest()
		text = append(cells.Fit(latest, min(latest.Width(), m.w-6-look.Width())), look...)
	}
	if text == nil {
		return m.crossing("┴")
	}
	text = cells.Fit(text, min(text.Width(), m.w-6))
	r := append(cells.Row{{Text: "── ", Tone: cells.Frame}}, text...)
	used := r.Width() + 1
	rest := []rune(m.crossing("┴").Plain())
	return append(r, cells.Run{Text: " " + string(rest[min(used, len(rest)):]), Tone: cells.Frame})
}

// footer says what one can press now, and how far one has come.
func (m *Model) footer() cells.Row {
	if m.question != nil {
		rows := m.question.rows(m.w)
		return rows[len(rows)-1]
	}
	r := cells.Row{{Text: " "}}
	if m.search.typing {
		r = append(r, m.search.field()...)
	}
	right := m.howFar()
	room, gap := m.w-right.Width()-cells.Gap, ""
	live := m.live()
	// The way to all other keys has its place at the end, however little room
	// there is.
	var last cells.Row
	if i := slices.IndexFunc(live, func(c command) bool { return c.key.Help().Key == "?" }); i >= 0 {
		last = m.footerItem(live[i], "   ")
		live = slices.Delete(live, i, i+1)
	}
	// What to do next goes before how far one is.
	if len(live) > 0 && live[0].foot == 1 {
		item := m.footerItem(live[0], "")
		if need := r.Width() + item.Width() + last.Width(); need > room {
			right, room = nil, m.w
			r = append(r, cells.Fit(item, min(item.Width(), item.Width()+m.w-need))...)
			live, gap = live[1:], "   "
		}
	}
	for _, c := range live {
		item := m.footerItem(c, gap)
		if r.Width()+item.Width()+last.Width() > room {
			continue // a shorter one may still find room
		}
		r, gap = append(r, item...), "   "
	}
	return cells.Ends(append(r, last...), right, m.w)
}

func (m *Model) footerItem(c command, gap string) cells.Row {
	h := c.key.Help()
	return cells.Row{{Text: gap}, {Text: h.Key, Tone: cells.Keycap}, {Text: " " + m.shortHelp(h.Desc), Tone: cells.Dim}}
}

// shortHelp is the footer's part of a longer text. The table of keys is about
// any lesson, the footer about this one.
func (m *Model) shortHelp(s string) string {
	if s == opensNext {
		return strings.TrimSpace(s + ": " + m.nextName())
	}
	return shortHelp(s)
}

// shortHelp is a text up to the first comma: behind it stands when it holds.
func shortHelp(s string) string {
	s, _, _ = strings.Cut(s, ",")
	return s
}

// howFar is the place in the lesson, or in a page that is longer than its pane.
func (m *Model) howFar() cells.Row {
	switch {
	case m.mode == helping:
		return cells.Text(cells.Dim, m.help.howFar())
	case m.covered() || m.onWire && !m.at.wide || m.left == sourceView:
		return nil
	case m.left == exerciseView:
		return cells.Text(cells.Dim, m.exercise.HowFar())
	}
	_, n, of := m.lesson.Section()
	text := fmt.Sprintf("%d %% ", m.lesson.Percent())
	if of > 0 && m.w >= 72 {
		text = fmt.Sprintf("section %d of %d · %s", max(n, 1), of, text)
	}
	return cells.Text(cells.Dim, text)
}
