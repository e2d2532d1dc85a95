//go:build !linux

package runner

import "testing"

// noneLeft checks that nothing of a stopped server's group lives.
func noneLeft(t *testing.T, p *Process) {
	t.Helper()
	if p.family.kill() {
		t.Error("something was left running")
	}
}
