//go:build unix

// Package screentest runs a terminal program as a person would see it: behind
// a pseudo-terminal, with an emulator that keeps the screen. Tests read the
// screen's text and cells, never the stream of bytes, since a renderer writes
// only the cells that change. It is for tests and for the README's picture; it
// is not a terminal that anybody sits at.
package screentest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// A Screen is a running program and what its terminal shows.
type Screen struct {
	cmd     *exec.Cmd
	pty     *os.File
	ended   chan struct{} // closed when the program has gone
	exitErr error         // set before ended is closed
	close   func() error  // what Close does, once

	mu      sync.Mutex // guards emu: vt's own SafeEmulator does not lock String
	emu     *vt.Emulator
	changed chan struct{} // closed and replaced at each write
}

// Start runs the program in a terminal of the given size. TERM is
// xterm-256color unless the command's environment says otherwise.
func Start(cmd *exec.Cmd, width, height int) (*Screen, error) {
	if cmd.Env == nil {
		cmd.Env = os.Environ()
	}
	cmd.Env = append([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}, cmd.Env...)
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		return nil, fmt.Errorf("screentest: start: %w", err)
	}
	s := &Screen{
		cmd: cmd, pty: file, ended: make(chan struct{}),
		emu: vt.NewEmulator(width, height), changed: make(chan struct{}),
	}
	s.close = sync.OnceValue(s.end)
	go s.show()
	// The emulator answers the program's questions (what terminal is this?).
	// Reading its answers must not hold the lock: it blocks until there is one.
	go io.Copy(file, s.emu)
	go func() {
		s.exitErr = cmd.Wait()
		close(s.ended)
	}()
	return s, nil
}

func (s *Screen) show() {
	buf := make([]byte, 32<<10)
	for {
		n, err := s.pty.Read(buf)
		if n > 0 {
			s.mu.Lock()
			s.emu.Write(buf[:n])
			close(s.changed)
			s.changed = make(chan struct{})
			s.mu.Unlock()
		}
		if err != nil {
			return // EIO: the program has closed its side
		}
	}
}

// Type sends keys as the terminal would: "\r" is enter, "\x1b[A" the up arrow.
func (s *Screen) Type(keys string) error {
	_, err := io.WriteString(s.pty, keys)
	return err
}

// Text is the whole screen, one line a row.
func (s *Screen) Text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.emu.String()
}

// Cell is a copy of one cell, nil outside the screen.
func (s *Screen) Cell(x, y int) *uv.Cell {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.emu.CellAt(x, y); c != nil {
		return c.Clone()
	}
	return nil
}

// Wait returns as soon as the screen's text satisfies ok. When it never does,
// the error shows the screen as it was at the end.
func (s *Screen) Wait(within time.Duration, what string, ok func(text string) bool) error {
	timeout := time.NewTimer(within)
	defer timeout.Stop()
	for {
		s.mu.Lock()
		changed := s.changed
		text := s.emu.String()
		s.mu.Unlock()
		if ok(text) {
			return nil
		}
		select {
		case <-changed:
		case <-s.ended:
			return fmt.Errorf("screentest: the program ended (%v) before %s\n%s", s.exitErr, what, text)
		case <-timeout.C:
			return fmt.Errorf("screentest: in %v no %s\n%s", within, what, text)
		}
	}
}

// Resize changes the terminal's size and tells the program.
func (s *Screen) Resize(width, height int) error {
	s.mu.Lock()
	s.emu.Resize(width, height)
	s.mu.Unlock()
	return pty.Setsize(s.pty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
}

// Ended is closed when the program has gone.
func (s *Screen) Ended() <-chan struct{} { return s.ended }

// polite is how long a program may take to end when it is asked to.
const polite = 10 * time.Second

// Close asks the program to end (SIGTERM), and kills one that does not: that is
// an error. It may be called again.
func (s *Screen) Close() error { return s.close() }

func (s *Screen) end() error {
	s.cmd.Process.Signal(syscall.SIGTERM)
	var late error
	select {
	case <-s.ended:
	case <-time.After(polite):
		late = fmt.Errorf("screentest: close: still running %v after SIGTERM", polite)
		s.cmd.Process.Kill()
		<-s.ended
	}
	// Closing the emulator would race with the goroutine that reads its answers;
	// closing the pipe that they come from ends that one.
	if answers, ok := s.emu.InputPipe().(io.Closer); ok {
		answers.Close()
	}
	return errors.Join(late, s.pty.Close())
}
