package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example/wirebook/internal/session"
)

// The lines above and below the panes: where one is, what the server does, what
// has just happened, what one can press.

// header says where one is, and what stands behind the tap.
func (m *Model) header() row {
	left := row{{text: " "}}
	l := m.current()
	switch {
	case m.mode == helping:
		left = append(left, run{text: "keys", tone: heading})
	case m.mode == listing || l == nil:
		left = append(left, run{text: "contents", tone: heading})
	default:
		left = append(left, run{text: stepName(l.Step), tone: strong}, run{text: " › ", tone: dim}, run{text: m.title(), tone: heading})
	}
	right := append(row{{text: "  "}}, m.serverWords()...)
	return ends(left, append(right, run{text: " "}), m.w)
}

// title names what is in front.
func (m *Model) title() string {
	switch {
	case m.left == exerciseView && m.exercise.count() > 0:
		return fmt.Sprintf("exercise %d of %d: %s", m.exercise.index+1, m.exercise.count(), m.exercise.current().Title)
	case m.left == sourceView:
		return "source of " + versionWords[m.versionNow()]
	}
	if title, _, _ := m.lesson.section(); title != "" {
		return title
	}
	return m.current().Title
}

// serverWords is the server's state: whose it is, what it does, where it is.
func (m *Model) serverWords() row {
	s := m.server.status
	who := m.versionNow().String()
	word, t := phaseWords(s.Phase)
	if m.server.busy && s.Phase != session.Building {
		word, t = "starting", warn
		if m.server.doing.stopped {
			word = "stopping"
		}
	}
	if m.at.wide {
		r := row{{text: who, tone: strong}, {text: " · ", tone: dim}, {text: word, tone: t}}
		if s.Addr != "" {
			r = append(r, run{text: " · ", tone: dim}, run{text: "http://" + s.Addr, tone: link})
		}
		return r
	}
	r := row{{text: who, tone: strong}, {text: "  ", tone: dim}}
	if s.Phase == session.Running && !m.server.busy {
		_, port, _ := strings.Cut(s.Addr, ":")
		r = append(r, run{text: "running :" + port, tone: good})
	} else {
		r = append(r, run{text: word, tone: t})
	}
	if m.wire.unseen > 0 {
		r = append(r, run{text: fmt.Sprintf("  ● %d", m.wire.unseen), tone: warn})
	}
	return r
}

func phaseWords(p session.Phase) (string, tone) {
	switch p {
	case session.Building, session.Starting:
		return p.String(), warn
	case session.Running:
		return "running", good
	case session.Ended:
		return "ended", bad
	case session.Failed:
		return "not running", bad
	}
	return "stopped", dim
}

var tabNames = [...]string{"1 lesson", "2 wire", "3 exercise", "4 source"}

// tabs shows which of the panes is in front, where there is room for one.
func (m *Model) tabs() row {
	space := " "
	if m.w < 44 {
		space = ""
	}
	r := row{{text: " "}}
	for i, name := range tabNames {
		if m.mode == reading && pane(i) == m.front() {
			r = append(r, run{text: "[" + name + "]", tone: strong})
		} else {
			r = append(r, run{text: space + name + " ", tone: dim})
		}
	}
	return r
}

// tabAt is the tab at a column.
func (m *Model) tabAt(x int) (pane, bool) {
	r := m.tabs()
	for i := range tabNames {
		if from := r[:i+1].width(); x >= from && x < from+r[i+1:i+2].width() {
			return pane(i), true
		}
	}
	return 0, false
}

// statusLine is the line above the footer. It carries what there is to say just
// now, so that a notice pushes nothing aside.
func (m *Model) statusLine() row {
	text := m.notice
	switch waited := m.waiting(); {
	case waited >= 2*time.Second:
		text = say(warn, fmt.Sprintf("still waiting for an answer: %d s", int(waited.Seconds())))
	case text != nil:
	case m.search.typing && m.search.missed:
		text = say(warn, "it stands nowhere on this page")
	case m.wire.unseen > 0:
		text = m.newest()
	}
	if text == nil {
		return m.crossing("┴")
	}
	text = fit(text, min(text.width(), m.w-6))
	r := append(row{{text: "── ", tone: frame}}, text...)
	used := r.width() + 1
	rest := []rune(m.crossing("┴").plain())
	return append(r, run{text: " " + string(rest[min(used, len(rest)):]), tone: frame})
}

// newest tells of the last connection while the wire is out of sight.
func (m *Model) newest() row {
	t := m.wire.log.newest()
	if m.wire.follow {
		t = m.wire.current() // the newest on which something was said
	}
	return row{
		{text: fmt.Sprintf("%d  ", t.conn.ID), tone: strong},
		{text: t.conn.Who() + "  ", tone: dim},
		{text: t.line()},
		{text: "   (2 to look)", tone: keycap},
	}
}

// footer says what one can press now, and how far one has come.
func (m *Model) footer() row {
	if m.question != nil {
		return row{{text: " " + m.question.text, tone: warn}, {text: "   y", tone: keycap}, {text: " yes   "}, {text: "n", tone: keycap}, {text: " no"}}
	}
	r := row{{text: " "}}
	if m.search.typing {
		r = append(r, run{text: "/", tone: keycap}, run{text: m.search.text}, run{text: " ", tone: plain | marked}, run{text: "   "})
	}
	right := m.howFar()
	room, gap := m.w-right.width()-1, ""
	live := m.live()
	// The way to all other keys has its place at the end, however little room
	// there is.
	var last row
	if i := slices.IndexFunc(live, func(c command) bool { return c.key.Help().Key == "?" }); i >= 0 {
		last = m.footerItem(live[i], "   ")
		live = slices.Delete(live, i, i+1)
	}
	for _, c := range live {
		item := m.footerItem(c, gap)
		if r.width()+item.width()+last.width() > room {
			continue // a shorter one may still find room
		}
		r, gap = append(r, item...), "   "
	}
	return ends(append(r, last...), right, m.w)
}

func (m *Model) footerItem(c command, gap string) row {
	h := c.key.Help()
	return row{{text: gap}, {text: h.Key, tone: keycap}, {text: " " + m.foretold(shortHelp(h.Desc)), tone: dim}}
}

// shortHelp is the footer's part of a longer text: up to the first comma.
func shortHelp(s string) string {
	s, _, _ = strings.Cut(s, ",")
	return s
}

// howFar is the place in the lesson, or in a page that is longer than its pane.
func (m *Model) howFar() row {
	switch {
	case m.mode == helping:
		return say(dim, lineCount(m.helpTop, m.at.left.h, len(m.helpRows(m.w))))
	case m.mode != reading || m.onWire && !m.at.wide || m.left == sourceView:
		return nil
	case m.left == exerciseView:
		return say(dim, m.exercise.howFar())
	}
	_, n, of := m.lesson.section()
	text := fmt.Sprintf(" %d %% ", m.lesson.percent())
	if of > 0 && m.w >= 72 {
		text = fmt.Sprintf(" section %d of %d ·%s", max(n, 1), of, text)
	}
	return say(dim, text)
}

// lineCount says which of n lines are in a window, when not all are.
func lineCount(top, h, n int) string {
	if n <= h {
		return ""
	}
	return fmt.Sprintf(" lines %d–%d of %d ", top+1, min(top+h, n), n)
}
