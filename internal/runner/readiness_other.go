//go:build !linux

package runner

func newReadiness(p *Process) readiness { return newLogReadiness(p) }
