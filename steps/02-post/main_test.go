package main

import (
	"slices"
	"testing"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/steptest"
)

func TestMain(m *testing.M) { steptest.Main(m) }

const step = "steps/02-post"

// TestExchanges replays every exchange of the step, byte for byte, against the
// reference: a lesson shows nothing that this server does not send.
func TestExchanges(t *testing.T) {
	list := steptest.Exchanges(t, "02-post")
	if len(list) < 25 {
		t.Errorf("%d exchanges, want 25 or more", len(list))
	}
	server := steptest.Start(t, steptest.Build(t, step), "www")
	steptest.ReplayExact(t, server.Addr(), list)
}

// leftBehind names the exchanges of step 01 that no longer hold, and why.
var leftBehind = map[string]string{
	"post": "step 01 allows no POST",
}

// TestStep01StillHolds replays step 01's exchanges on step 01's files: this
// server can do more, and must not do less.
func TestStep01StillHolds(t *testing.T) {
	server := steptest.Start(t, steptest.Build(t, step), "../01-socket/www")
	list := steptest.Exchanges(t, "01-socket")
	list = slices.DeleteFunc(list, func(x *exchange.Exchange) bool { return leftBehind[x.Name] != "" })
	steptest.ReplayExact(t, server.Addr(), list)
}
