//go:build !linux

package runner

func newLookout(p *Process) lookout { return newGuess(p) }
