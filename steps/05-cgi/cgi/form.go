package cgi

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"os"
	"strconv"
	"strings"
)

// A Field is one name with its value, as the form sent it. A file has a
// Filename, which is the sender's word and never a path to open.
type Field struct {
	Name        string
	Value       string
	Filename    string
	ContentType string
}

// A Form is what a script was sent, in the order in which it was sent: Python's
// FieldStorage, without its surprises. A name may come several times, and a
// blank value is a value.
type Form []Field

// GetFirst returns the first value of a name, or fallback when there is none.
func (f Form) GetFirst(name, fallback string) string {
	for _, field := range f {
		if field.Name == name {
			return field.Value
		}
	}
	return fallback
}

// GetList returns every value of a name, in order; nil when there is none.
func (f Form) GetList(name string) []string {
	var values []string
	for _, field := range f {
		if field.Name == name {
			values = append(values, field.Value)
		}
	}
	return values
}

// A FormReader reads the form of one request from what CGI gives a script: the
// environment and standard input (RFC 3875 4.1, 4.2). The zero value reads this
// process's own.
type FormReader struct {
	Getenv func(string) string // nil means os.Getenv
	Body   io.Reader           // nil means os.Stdin

	// File is given each uploaded file as a stream, which it must read before
	// it returns. What it returns is kept as the field's Value: where it has
	// put the file, for one. Nil keeps the file's own bytes there.
	File func(f Field, content io.Reader) (value string, err error)

	// Limit is how many bytes of form may be kept in memory, files that File
	// reads not counted; 0 means 1 MiB.
	Limit int64
}

// ErrTooLarge is returned, wrapped, when a form passes the reader's Limit, or
// its body or its query string has more than 10,000 fields.
var ErrTooLarge = errors.New("form too large")

// maxFields bounds what many small fields cost: "a&" is two bytes, and a Field
// for it thirty times as many.
const maxFields = 10_000

var errTooMany = fmt.Errorf("cgi: over %d fields: %w",
	maxFields, ErrTooLarge)

// Read reads the whole form. Fields of the body come first, those of the query
// string after them, as FieldStorage orders them. A body of another type than a
// form's is left unread: only the query string counts then.
func (r *FormReader) Read() (Form, error) {
	env := r.Getenv
	if env == nil {
		env = os.Getenv
	}
	length, err := bodyLength(env("CONTENT_LENGTH"))
	if err != nil {
		return nil, err
	}
	form, err := r.readBody(env("CONTENT_TYPE"), length)
	if err != nil {
		return nil, err
	}
	query, err := parseBounded(env("QUERY_STRING"))
	return append(form, query...), err
}

// bodyLength reads CONTENT_LENGTH, which is empty where there is no body.
func bodyLength(text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	length, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, fmt.Errorf("cgi: CONTENT_LENGTH: not a length: %q", text)
	}
	return int64(length), nil
}

// readBody reads a body of that length, if it is a form.
func (r *FormReader) readBody(contentType string, length int64) (
	Form, error) {
	body, limit := r.Body, r.Limit
	if body == nil {
		body = os.Stdin
	}
	if limit == 0 {
		limit = 1 << 20
	}
	// Standard input need not end where the body does: some servers leave it
	// open, and who reads on waits for ever.
	body = io.LimitReader(body, length)
	kind, params, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil || length == 0:
		return nil, nil
	case kind == "application/x-www-form-urlencoded":
		text, err := readAtMost(body, limit)
		if err != nil {
			return nil, fmt.Errorf("cgi: body: %w", err)
		}
		if int64(len(text)) < length {
			return nil, fmt.Errorf("cgi: body: %d of %d bytes: %w",
				len(text), length, io.ErrUnexpectedEOF)
		}
		return parseBounded(string(text))
	case kind == "multipart/form-data":
		return r.readParts(body, params["boundary"], limit)
	}
	return nil, nil
}

// readAtMost is io.ReadAll with a bound.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("over %d bytes: %w", limit, ErrTooLarge)
	}
	return b, err
}

// parseBounded is ParseQuery for a text from outside.
func parseBounded(text string) (Form, error) {
	if strings.Count(text, "&") >= maxFields {
		return nil, errTooMany
	}
	return ParseQuery(text), nil
}

// ParseQuery reads the urlencoded format of forms and query strings (WHATWG
// URL, application/x-www-form-urlencoded): pairs between &, a name and a value
// around the first =, + for a space, %XX for a byte. Nothing is refused: a
// wrong %XX stays as it is, and bytes that are not UTF-8 become U+FFFD.
func ParseQuery(query string) Form {
	var form Form
	for pair := range strings.SplitSeq(query, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		form = append(form, Field{
			Name: unquotePlus(name), Value: unquotePlus(value)})
	}
	return form
}

// unquotePlus decodes a name or a value.
func unquotePlus(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '+':
			b.WriteByte(' ')
		case s[i] == '%' && i+2 < len(s):
			if c, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(c))
				i += 2
				continue
			}
			b.WriteByte('%')
		default:
			b.WriteByte(s[i])
		}
	}
	return strings.ToValidUTF8(b.String(), "\uFFFD")
}
