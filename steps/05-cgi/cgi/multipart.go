package cgi

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
)

// readParts reads a body of multipart/form-data (RFC 7578): parts between
// lines with the boundary, each with a small head of its own. It is the only
// type of form that can carry a file.
func (r *FormReader) readParts(body io.Reader, boundary string,
	limit int64) (Form, error) {
	if boundary == "" {
		return nil, errors.New("cgi: multipart: no boundary")
	}
	parts := multipart.NewReader(body, boundary)
	var form Form
	for len(form) < maxFields {
		// A raw part: content is taken as it comes, in whatever transfer
		// encoding it claims to be. RFC 7578, 4.7 has none.
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return form, nil
		}
		if err != nil {
			return nil, fmt.Errorf("cgi: multipart: %w", err)
		}
		field, err := r.readPart(part, limit)
		if err != nil {
			return nil, err
		}
		limit -= int64(len(field.Name) + len(field.Value) +
			len(field.Filename) + len(field.ContentType))
		form = append(form, field)
	}
	return nil, errTooMany
}

// readPart reads one part. FileName keeps the last element of a path, so that
// "../../x" comes as "x"; it is no name to open all the same.
func (r *FormReader) readPart(part *multipart.Part, limit int64) (
	Field, error) {
	field := Field{
		Name:        part.FormName(),
		Filename:    part.FileName(),
		ContentType: part.Header.Get("Content-Type"),
	}
	if field.Filename != "" && r.File != nil {
		var err error
		field.Value, err = r.File(field, part)
		return field, err
	}
	value, err := readAtMost(part, max(limit, 0))
	if err != nil {
		return field, fmt.Errorf("cgi: multipart: %q: %w", field.Name, err)
	}
	field.Value = string(value)
	return field, nil
}
