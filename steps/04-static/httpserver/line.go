package httpserver

import (
	"bufio"
	"errors"
	"io"
)

var errLineTooLong = errors.New("httpserver: line too long")

// readLine returns the next line with its line feed, or at the end of the
// stream what came before it: "" when nothing did. A line of more than limit
// bytes gives errLineTooLong, and the rest of it stays unread. With any other
// error comes what there is of the line.
func readLine(r *bufio.Reader, limit int) (string, error) {
	part, err := r.ReadSlice('\n')
	if err == nil && len(part) <= limit {
		return string(part), nil // the usual case: it fits into r's buffer
	}
	line := string(part)
	for err == bufio.ErrBufferFull && len(line) <= limit {
		part, err = r.ReadSlice('\n')
		line += string(part)
	}
	switch {
	case len(line) > limit:
		return "", errLineTooLong
	case err == nil, err == io.EOF:
		return line, nil
	}
	return line, err
}
