//go:build !linux

package runner

import "testing"

// noneLeft checks that nothing of a stopped server's tree lives.
func noneLeft(t *testing.T, p *Process) {
	t.Helper()
	if p.tree.kill() {
		t.Error("something was left running")
	}
}
