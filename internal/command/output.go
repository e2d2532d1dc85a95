package command

import (
	"errors"
	"io"
	"strings"
	"syscall"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/visible"
)

// An output is a stream that remembers its first error, so that a full disk or
// a reader who has gone is noticed once, at the end, and not at every line.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.Writer.Write(b)
	o.err = err
	return n, err
}

// isBrokenPipe says whether a write failed because the reader has gone, as
// head does after its last line.
func isBrokenPipe(err error) bool {
	const onWindows = syscall.Errno(232) // ERROR_NO_DATA
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe) || errors.Is(err, onWindows)
}

func indent(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		b.WriteString("  " + line)
	}
	return b.String()
}

// visibleLines shows a whole message, one row for each of its lines.
func visibleLines(b []byte) string {
	var text strings.Builder
	for _, row := range visible.Rows(b, exchange.ContentOffset(b), -1) {
		text.WriteString(row.Text + "\n")
	}
	return text.String()
}

// shellWord quotes a word for a POSIX shell, where it needs that.
func shellWord(s string) string {
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=:{}@%+,", r)
	}) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
