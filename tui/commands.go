package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"example/wirebook/tui/sourcepane"
)

// Commands that no single pane asks for. Each returns one message.

// awaitEvents waits for traffic. What has queued up meanwhile comes with it, so
// that a burst is one redraw.
func awaitEvents(tap Tap, clock func() time.Time) tea.Cmd {
	if tap == nil {
		return nil
	}
	return func() tea.Msg {
		events, ok := <-tap.Events()
		if !ok {
			return nil
		}
		for {
			select {
			case more, ok := <-tap.Events():
				if ok {
					events = append(events, more...)
					continue
				}
			default:
			}
			return eventsArrived{events, tap.Dropped(), clock()}
		}
	}
}

// awaitStatus waits for the server to do something else.
func awaitStatus(ctx context.Context, server Session) tea.Cmd {
	return func() tea.Msg {
		select {
		case _, ok := <-server.Changed():
			if !ok {
				return nil
			}
			return statusChanged{server.Status()}
		case <-ctx.Done():
			return nil
		}
	}
}

// tick asks for the time again while somebody is waiting.
func (m *Model) tick() tea.Cmd {
	every := time.Second
	switch {
	case m.ticking:
		return nil
	case m.sending != nil:
		every = time.Second / 4
	case !m.wire.AnyOpen():
		return nil
	}
	m.ticking = true
	return tea.Tick(every, func(now time.Time) tea.Msg { return clockTicked{now} })
}

// readSource reads the source of the server behind the tap, if it can be seen.
func (m *Model) readSource() tea.Cmd {
	if m.left != sourceView {
		return nil
	}
	key := m.sourceWanted()
	ctx, root := m.ctx, m.o.Root
	return func() tea.Msg {
		files, err := sourcepane.Read(ctx, root, key)
		return sourceRead{key, files, err}
	}
}

func (m *Model) sourceWanted() sourcepane.Key {
	return sourcepane.Key{Step: m.step(), Server: m.serverNow()}
}
