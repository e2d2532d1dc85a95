package httpserver

import (
	"bufio"
	"strconv"
	"strings"
)

// Limits of a head, in bytes and lines, line ends included. The first two are
// http.server's; the third bounds the memory of a connection, which they alone
// would let grow to six megabytes.
const (
	maxLine  = 65536
	maxLines = 100 // of fields, the empty line at their end included
	maxHead  = 256 << 10
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
// is none. A reader that must tell an empty field from none uses Values.
func (f Fields) Get(name string) string {
	for i := range f {
		if strings.EqualFold(f[i].Name, name) {
			return f[i].Value
		}
	}
	return ""
}

// Values returns the values of all fields of that name, nil where there are
// none.
func (f Fields) Values(name string) []string {
	var values []string
	for i := range f {
		if strings.EqualFold(f[i].Name, name) {
			values = append(values, f[i].Value)
		}
	}
	return values
}

// readFields reads the lines up to the empty one and appends their fields to
// dst. clean is false where a line is no field: what stands after it is
// read, but not looked at, as http.server does; such a head leaves it open
// where its content ends, so the connection must not be used again.
//
// The error is an *Error for the client, or what reading gave. The end of the
// stream is no error: it ends the head.
func readFields(r *bufio.Reader, dst Fields) (f Fields, clean bool, err error) {
	clean = true
	size := 0
	for n := 1; ; n++ {
		line, err := readLine(r, maxLine)
		size += len(line)
		switch {
		case err == errLineTooLong:
			return dst, false, tooMuch("Line too long", maxLine,
				" bytes when reading header line")
		case err != nil:
			return dst, false, err
		case n > maxLines:
			return dst, false, tooMuch("Too many headers", maxLines, " headers")
		case size > maxHead:
			return dst, false, tooMuch("Head too large", maxHead,
				" bytes of headers")
		}
		line = strings.TrimRight(line, "\r\n")
		if line == "" {
			return dst, clean, nil
		}
		if clean {
			dst, clean = addField(dst, line)
		}
	}
}

func tooMuch(message string, limit int, of string) *Error {
	return &Error{431, message, "got more than " + strconv.Itoa(limit) + of}
}

// addField appends the field of one line, or continues the field before it:
// a line that begins with white space is folded (RFC 9112, 5.2).
func addField(f Fields, line string) (Fields, bool) {
	// A carriage return inside a line is a space (RFC 9112, 2.2): passed on,
	// it could end the line of somebody else's head.
	line = strings.ReplaceAll(line, "\r", " ")
	if line[0] == ' ' || line[0] == '\t' {
		if len(f) > 0 {
			last := &f[len(f)-1]
			last.Value += " " + strings.Trim(line, " \t")
		}
		return f, len(f) > 0
	}
	name, value, found := strings.Cut(line, ":")
	if !found || name == "" || strings.ContainsFunc(name, notInName) {
		return f, false
	}
	return append(f, Field{name, strings.Trim(value, " \t")}), true
}

// notInName reports what http.server refuses in a field's name: all that is
// not visible ASCII. RFC 9110, 5.6.2 refuses more.
func notInName(c rune) bool { return c <= ' ' || c >= 0x7f }
