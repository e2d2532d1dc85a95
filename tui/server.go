package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/session"
	"example/wirebook/tui/cells"
	"example/wirebook/tui/wirepane"
)

// A goal is what the reader wants behind the tap. Where a step lacks the one
// asked for, server is another one that stands in for it.
type goal struct {
	step    string
	asked   course.Server
	server  course.Server
	stopped bool
}

// A serverState is what stands behind the tap and what is wanted there. Only
// one Start or Stop is under way at a time: keys pressed meanwhile change the
// goal, and the last one wins.
type serverState struct {
	status   session.Status
	want     goal
	chosen   course.Server // the reader's or the lesson's; a question may need another
	doing    goal          // what the command under way is for
	busy     bool
	id       int
	cancel   context.CancelFunc
	reported session.Phase // the last one that the reader has been told of
}

// shown is the status without the troubles of a server that is being replaced.
func (s *serverState) shown() session.Status {
	status := s.status
	if s.busy && (status.Phase == session.Failed || status.Phase == session.Ended) {
		status.Phase = session.Starting
	}
	return status
}

// onWire is what the wire pane needs to know of a status.
func onWire(s session.Status) wirepane.Server {
	return wirepane.Server{
		Addr: s.Addr, Problem: s.Problem, Advice: s.Advice,
		Down: down(s.Phase), Failed: s.Phase == session.Failed, Ended: s.Phase == session.Ended,
	}
}

// down says whether no server runs or is about to.
func down(p session.Phase) bool {
	return p == session.Stopped || p == session.Ended || p == session.Failed
}

// chooseServer starts a server that stays until another one is chosen.
func (m *Model) chooseServer(v course.Server) tea.Cmd {
	m.server.chosen = v
	return m.startServer(v)
}

// startServer starts one of the open step's servers, afresh if it runs.
func (m *Model) startServer(v course.Server) tea.Cmd {
	m.server.doing = goal{}
	return m.reach(goal{step: m.step(), asked: v, server: v})
}

// reach makes a goal come true, now or after the command under way.
func (m *Model) reach(g goal) tea.Cmd {
	s := &m.server
	s.want = g
	if s.busy {
		s.cancel()
		return nil
	}
	s.id++
	s.busy, s.doing, s.reported = true, g, session.Stopped
	ctx, cancel := context.WithCancel(m.ctx)
	s.cancel = cancel
	id, server := s.id, m.o.Session
	source := m.readSource()
	return tea.Batch(source, func() tea.Msg {
		defer cancel()
		var err error
		if g.stopped {
			err = server.Stop()
		} else {
			err = server.Start(ctx, g.step, g.server)
		}
		return serverStarted{id, server.Status(), err}
	})
}

func (m *Model) serverReady(msg serverStarted) tea.Cmd {
	if msg.id != m.server.id {
		return nil
	}
	m.server.busy = false
	if m.server.want != m.server.doing {
		return m.reach(m.server.want)
	}
	var missing *course.Unavailable
	if next := m.server.want.next(); errors.As(msg.err, &missing) && next.server != next.asked {
		m.say(cells.Warn, next.server.Title()+" runs instead: "+missing.Problem)
		return m.reach(next)
	}
	m.setStatus(msg.status)
	if m.sending != nil && m.sending.waits {
		x := m.sending.exchange
		m.sending = nil
		if msg.status.Phase == session.Running {
			return m.send(x)
		}
	}
	return nil
}

// next is the same goal with the server after this one.
func (g goal) next() goal {
	g.server = (g.server + 1) % (course.Yours + 1)
	return g
}

// setStatus takes a snapshot in. Why no server runs stands in the wire pane;
// where that is out of sight, it is said, once nothing more is being tried.
func (m *Model) setStatus(s session.Status) {
	m.server.status = s
	m.wire.ServerChanged(onWire(s))
	m.lesson.SetAddr(s.Addr)
	if m.server.busy || s.Phase == m.server.reported {
		return
	}
	m.server.reported = s.Phase
	if !m.shows(wireView) && (s.Phase == session.Failed || s.Phase == session.Ended) {
		m.say(cells.Bad, s.Problem)
	}
}

// serverNow is the server that is wanted behind the tap.
func (m *Model) serverNow() course.Server { return m.server.want.server }

// send plays an exchange, as soon as the server runs.
func (m *Model) send(x *exchange.Exchange) tea.Cmd {
	if m.sending != nil && !m.sending.waits {
		m.say(cells.Warn, "an exchange is still under way; S stops the server if it is stuck")
		return nil
	}
	m.ids++
	m.sending = &sending{id: m.ids, exchange: x, since: m.clock(), asked: m.server.want.asked}
	m.setNow(m.clock())
	m.wire.ExpectExchange()
	start := tea.Cmd(nil)
	if p := m.server.status.Phase; !m.server.busy && p != session.Running && p != session.Ended {
		start = m.startServer(m.serverNow())
	}
	if m.server.busy {
		m.sending.waits = true
		m.say(cells.Dim, "it is sent as soon as the server runs")
		return start
	}
	id, server, ctx := m.sending.id, m.o.Session, m.ctx
	return func() tea.Msg {
		t, err := server.Send(ctx, x)
		return exchangeSent{id, x, t, server.Status(), err}
	}
}

// sendTo sends to a certain server, starting it first where another one runs.
// That one stays until an exchange needs another: see chosen.
func (m *Model) sendTo(x *exchange.Exchange, v course.Server) tea.Cmd {
	if g := m.server.want; !g.stopped && (v == g.server || v == g.asked) {
		return m.send(x)
	}
	start := m.startServer(v)
	text := "started " + v.Title() + " for this one"
	if v == m.server.chosen {
		text = "back to " + v.Title()
	}
	m.say(cells.Dim, text)
	notice := m.notice
	cmd := tea.Batch(start, m.send(x))
	m.notice = notice
	return cmd
}

// sent takes in how an exchange went.
func (m *Model) sent(msg exchangeSent) tea.Cmd {
	if m.sending == nil || m.sending.id != msg.id {
		return nil
	}
	asked := m.sending.asked
	m.sending = nil
	m.setStatus(msg.status)
	if msg.err != nil {
		m.say(cells.Bad, "not sent: "+msg.err.Error())
		return nil
	}
	m.lesson.WasSent(msg.exchange.ID())
	if msg.transcript == nil {
		return m.saveProgress()
	}
	if n := len(msg.transcript.Turns); n > 0 && msg.transcript.Turns[n-1].End == play.Silent {
		m.say(cells.Warn, fmt.Sprintf("no answer in %d s: the server read on, or it is stuck", int(play.DefaultTimeout/time.Second)))
	}
	m.decide(msg, asked)
	return m.saveProgress()
}

// decide sets beside each prediction about this exchange what the wire says. A
// server that stands in for the one asked for answers in its place.
func (m *Model) decide(msg exchangeSent, asked course.Server) {
	l := m.current()
	if l == nil {
		return
	}
	died := msg.status.Phase == session.Ended
	for _, b := range l.Blocks {
		q := b.Question
		if q == nil || q.Exchange.ID() != msg.exchange.ID() {
			continue
		}
		if q.Server != msg.status.Server && q.Server != asked {
			continue
		}
		if n := q.Decide(msg.transcript, died); n >= 0 {
			m.lesson.Decide(q.Name, n)
		}
	}
}

// waiting is how long the exchange under way has been without an answer.
func (m *Model) waiting() time.Duration {
	if m.sending == nil || m.sending.waits {
		return 0
	}
	return m.now.Sub(m.sending.since)
}

// cycleServer goes round notes, reference and yours.
func (m *Model) cycleServer() tea.Cmd {
	v := m.server.want.next().server
	if v == course.Yours && m.exercise.Count() == 0 {
		v = course.Notes
		m.say(cells.Dim, "the notes' server again: this step has no exercise, so that there is none of yours")
	}
	return m.chooseServer(v)
}

// startStop turns the server off and on.
func (m *Model) startStop() tea.Cmd {
	if serverDown(m) {
		return m.startServer(m.serverNow())
	}
	g := m.server.want
	g.stopped = true
	return m.reach(g)
}
