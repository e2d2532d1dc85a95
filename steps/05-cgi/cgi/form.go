package cgi

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"

	"example/wirebook/steps/02-post/form"
)

// A Field is one name with its value, as the form sent it. A file's Value is
// its content. Its Filename is the sender's word and never a path to open.
type Field struct {
	Name        string
	Value       string
	Filename    string // of a file; else empty
	ContentType string // of a part of multipart/form-data that says one
}

// A Form is what a script was sent, in the order in which it was sent: Python's
// FieldStorage, without its surprises. A name may come several times, and an
// empty value is a value.
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

// Limits of a form. Many small fields cost more than their bytes: "a&" is two,
// and a Field for it thirty times as many.
const (
	maxForm   = 16 << 20 // bytes of content
	maxFields = 10_000   // of the content, and of the query string
)

// ReadForm reads the form of one request from what CGI gives a script (RFC
// 3875, 4.1 and 4.2): os.Getenv and os.Stdin. Fields of the body come first,
// those of the query string after them, as FieldStorage orders them. A body of
// another type than a form's is left unread.
//
// The whole form is kept in memory. An error says that it is broken, ends
// early, or is larger than 16 MiB or 10,000 fields.
func ReadForm(getenv func(string) string, body io.Reader) (Form, error) {
	length, err := bodyLength(getenv("CONTENT_LENGTH"))
	if err != nil {
		return nil, err
	}
	// Standard input need not end where the body does: some servers leave it
	// open, and who reads on waits for ever.
	body = io.LimitReader(body, length)

	var fields Form
	// A type that cannot be read is no form's.
	kind, params, _ := mime.ParseMediaType(getenv("CONTENT_TYPE"))
	switch {
	case length == 0:
	case kind == "application/x-www-form-urlencoded":
		fields, err = readURLEncoded(body, length)
	case kind == "multipart/form-data":
		fields, err = readParts(body, params["boundary"])
	}
	if err != nil {
		return nil, err
	}
	query, err := parse(getenv("QUERY_STRING"))
	return append(fields, query...), err
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
	if length > maxForm {
		return 0, fmt.Errorf("cgi: CONTENT_LENGTH: over %d bytes: %d",
			maxForm, length)
	}
	return int64(length), nil
}

// readURLEncoded reads a body that is written as a query string is.
func readURLEncoded(body io.Reader, length int64) (Form, error) {
	text := make([]byte, length)
	if n, err := io.ReadFull(body, text); err != nil {
		return nil, fmt.Errorf("cgi: body: %d of %d bytes: %w", n, length, err)
	}
	return parse(string(text))
}

var errTooMany = fmt.Errorf("cgi: over %d fields", maxFields)

// parse reads an urlencoded text.
func parse(text string) (Form, error) {
	if strings.Count(text, "&") >= maxFields {
		return nil, errTooMany
	}
	var fields Form
	for _, pair := range form.Parse(text) {
		fields = append(fields, Field{Name: pair.Name, Value: pair.Value})
	}
	return fields, nil
}

// readParts reads a body of multipart/form-data (RFC 7578): parts between
// lines with the boundary, each with a small head of its own. It is the only
// type of form that can carry a file.
func readParts(body io.Reader, boundary string) (Form, error) {
	if boundary == "" {
		return nil, errors.New("cgi: multipart: no boundary")
	}
	parts := multipart.NewReader(body, boundary)
	var fields Form
	for len(fields) < maxFields {
		// A raw part: content is taken as it comes, in whatever transfer
		// encoding it claims to be. RFC 7578, 4.7 has none.
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return fields, nil
		}
		if err != nil {
			return nil, fmt.Errorf("cgi: multipart: %w", err)
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, fmt.Errorf("cgi: multipart: %q: %w",
				part.FormName(), err)
		}
		fields = append(fields, Field{
			Name:  part.FormName(),
			Value: string(value),
			// The last element of a path: "../../x" comes as "x".
			Filename:    part.FileName(),
			ContentType: part.Header.Get("Content-Type"),
		})
	}
	return nil, errTooMany
}
