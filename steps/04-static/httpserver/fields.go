package httpserver

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits of a head, line ends included. The first two are http.server's; they
// alone would let one connection hold six megabytes.
const (
	maxLine  = 65536     // bytes of a line
	maxLines = 100       // lines after the first, the empty one included
	maxHead  = 256 << 10 // bytes of all lines after the first
)

// A Field is one header field: "Host: localhost".
type Field struct {
	Name  string // as it came; case does not matter
	Value string // without white space at either end; lines are unfolded
}

// Fields are the header fields of a message in the order in which they came.
// A name may come several times.
type Fields []Field

// Get returns the value of the first field of that name, and "" where there
// is none.
func (f Fields) Get(name string) string {
	for _, field := range f {
		if strings.EqualFold(field.Name, name) {
			return field.Value
		}
	}
	return ""
}

// readFields reads the lines up to the empty one. clean is false where a line
// is no field: what stands after it is read, but not looked at, as http.server
// does.
//
// The error is an *Error for the client, or what reading gave. The end of the
// stream is no error: it ends the head.
func readFields(r *bufio.Reader) (fields Fields, clean bool, err error) {
	clean = true
	size := 0
	for n := 1; ; n++ {
		line, err := readLine(r, maxLine)
		size += len(line)
		switch {
		case err == errLineTooLong:
			return nil, false, tooLarge("Line too long",
				"%d bytes when reading header line", maxLine)
		case err != nil:
			return nil, false, err
		case n > maxLines:
			return nil, false, tooLarge("Too many headers",
				"%d headers", maxLines)
		case size > maxHead:
			return nil, false, tooLarge("Head too large",
				"%d bytes of headers", maxHead)
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			return fields, clean, nil
		}
		if clean {
			fields, clean = addField(fields, line)
		}
	}
}

func tooLarge(message, format string, limit int) *Error {
	return &Error{431, message, "got more than " + fmt.Sprintf(format, limit)}
}

// addField appends the field of one line, or continues the field before it:
// a line that begins with white space is folded (RFC 9112, 5.2). ok is false
// where the line is neither.
func addField(fields Fields, line string) (_ Fields, ok bool) {
	// A carriage return inside a line is a space (RFC 9112, 2.2): passed on,
	// it could end the line of somebody else's head.
	line = strings.ReplaceAll(line, "\r", " ")
	if line[0] == ' ' || line[0] == '\t' {
		if len(fields) == 0 {
			return fields, false
		}
		last := &fields[len(fields)-1]
		last.Value += " " + strings.Trim(line, " \t")
		return fields, true
	}
	name, value, found := strings.Cut(line, ":")
	if !found || name == "" || strings.ContainsFunc(name, notInName) {
		return fields, false
	}
	return append(fields, Field{name, strings.Trim(value, " \t")}), true
}

// notInName reports what http.server refuses in a field's name: all that is
// not visible ASCII. RFC 9110, 5.6.2 refuses more.
func notInName(c rune) bool { return c <= ' ' || c >= 0x7f }

var errLineTooLong = errors.New("httpserver: line too long")

// readLine returns the next line with its line feed, or at the end of the
// stream what came before it: "" when nothing did. A line of more than limit
// bytes gives errLineTooLong, and the rest of it stays unread. With any other
// error comes what there is of the line.
func readLine(r *bufio.Reader, limit int) (string, error) {
	var line []byte
	for {
		piece, err := r.ReadSlice('\n') // at most r's buffer
		line = append(line, piece...)
		switch {
		case len(line) > limit:
			return "", errLineTooLong
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF:
			return string(line), nil
		}
		return string(line), err
	}
}
