//go:build !unix

package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// stopSelf does nothing: this system has no jobs to stop and take up again.
func stopSelf() {}

func passStops(context.Context, *tea.Program) {}
