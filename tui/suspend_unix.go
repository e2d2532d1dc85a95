//go:build unix

package tui

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"
)

// stopSelf does what Ctrl-Z does elsewhere: a stop from the keyboard and one from
// outside take one path.
func stopSelf() { syscall.Kill(os.Getpid(), syscall.SIGTSTP) }

// passStops gives the terminal back before the program is stopped, by whomever,
// and takes it again afterwards. Without this, a stop from outside would leave
// the terminal without line mode, and fg would find a screen that is not ours.
//
// Bubble Tea stops the program itself, with the very signal that is caught here;
// so it must not be caught at that moment.
func passStops(ctx context.Context, p *tea.Program) {
	stop, resumed := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	defer signal.Stop(resumed)
	for {
		signal.Notify(stop, syscall.SIGTSTP)
		select {
		case <-stop:
		case <-ctx.Done():
			signal.Stop(stop)
			return
		}
		signal.Reset(syscall.SIGTSTP)
		p.Send(tea.SuspendMsg{})
		select {
		case <-resumed:
		case <-ctx.Done():
			return
		}
	}
}
