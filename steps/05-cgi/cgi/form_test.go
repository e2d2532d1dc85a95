package cgi

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The first row is the body that note 004 prints, byte for byte.
func TestParseQuery(t *testing.T) {
	for _, tt := range []struct {
		query string
		want  Form
	}{
		{"user=James+%26+Nancy+Kirk&user2=&vote=Y&pets=dog&pets=cat&comments=", Form{
			{Name: "user", Value: "James & Nancy Kirk"}, {Name: "user2"}, {Name: "vote", Value: "Y"},
			{Name: "pets", Value: "dog"}, {Name: "pets", Value: "cat"}, {Name: "comments"},
		}},
		{"", nil},
		{"&&", nil},
		{"a=b=c", Form{{Name: "a", Value: "b=c"}}},
		{"alone", Form{{Name: "alone"}}},
		{"a=%zz&b=%E9&c=%C3%A9", Form{{Name: "a", Value: "%zz"}, {Name: "b", Value: "\uFFFD"}, {Name: "c", Value: "é"}}},
		{"a=%4", Form{{Name: "a", Value: "%4"}}},
		{"a=%+1", Form{{Name: "a", Value: "% 1"}}},
		{"%61=%2B+", Form{{Name: "a", Value: "+ "}}},
	} {
		if got := ParseQuery(tt.query); !slices.Equal(got, tt.want) {
			t.Errorf("ParseQuery(%q) = %q; want %q", tt.query, got, tt.want)
		}
	}
}

func TestFormGet(t *testing.T) {
	form := ParseQuery("k=1&k=2&b=")
	if got := form.GetFirst("k", "none"); got != "1" {
		t.Errorf("GetFirst(k) = %q", got)
	}
	if got := form.GetFirst("b", "none"); got != "" {
		t.Errorf("a blank value is a value; GetFirst(b) = %q", got)
	}
	if got := form.GetFirst("absent", "none"); got != "none" {
		t.Errorf("GetFirst(absent) = %q", got)
	}
	if got := form.GetList("k"); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("GetList(k) = %q", got)
	}
}

// reader makes a FormReader of an environment and a body.
func reader(body, contentType, query string) *FormReader {
	return &FormReader{
		Getenv: func(name string) string {
			return map[string]string{
				"CONTENT_LENGTH": strconv.Itoa(len(body)), "CONTENT_TYPE": contentType, "QUERY_STRING": query,
			}[name]
		},
		// Standard input of a CGI script need not end: a reader that goes on
		// past the length must be caught.
		Body: io.MultiReader(strings.NewReader(body), endless{}),
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, "past the length "), nil }

const (
	urlencoded = "application/x-www-form-urlencoded"
	multi      = "multipart/form-data; boundary=xyz"
	upload     = "--xyz\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\nme\r\n" +
		"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a.txt\"\r\nContent-Type: text/plain\r\n\r\nline\n\r\n--xyz--\r\n"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		name, body, contentType, query string
		want                           Form
	}{
		{"urlencoded, then the query", "a=1&b=2", urlencoded, "a=3", Form{{Name: "a", Value: "1"}, {Name: "b", Value: "2"}, {Name: "a", Value: "3"}}},
		{"type with a charset", "a=1", urlencoded + "; charset=utf-8", "", Form{{Name: "a", Value: "1"}}},
		{"not a form", "{}", "application/json", "a=1", Form{{Name: "a", Value: "1"}}},
		{"no type", "a=1", "", "", nil},
		{"empty body", "", urlencoded, "", nil},
		{"multipart", upload, multi, "", Form{{Name: "who", Value: "me"}, {Name: "file", Value: "line\n", Filename: "a.txt", ContentType: "text/plain"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := reader(tt.body, tt.contentType, tt.query).Read()
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("Read = %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestFilesAreStreams(t *testing.T) {
	r := reader(upload, multi, "")
	var content strings.Builder
	r.File = func(f Field, c io.Reader) (string, error) {
		_, err := io.Copy(&content, c)
		return "kept as 1", err
	}
	form, err := r.Read()
	if err != nil || content.String() != "line\n" || form[1].Value != "kept as 1" {
		t.Errorf("Read = %q, %v, file %q", form, err, content.String())
	}
}

func TestReadRefuses(t *testing.T) {
	short := reader("a=1", urlencoded, "")
	short.Body = strings.NewReader("a")
	for _, tt := range []struct {
		name string
		r    *FormReader
		want error
	}{
		{"a body over the limit", func() *FormReader { r := reader("a=12345", urlencoded, ""); r.Limit = 5; return r }(), ErrTooLarge},
		{"parts over the limit", func() *FormReader { r := reader(upload, multi, ""); r.Limit = 4; return r }(), ErrTooLarge},
		{"a body that ends early", short, io.ErrUnexpectedEOF},
		{"a field too many", reader(strings.Repeat("a&", maxFields+1), urlencoded, ""), ErrTooLarge},
		{"a field too many in the query", reader("", "", strings.Repeat("a&", maxFields+1)), ErrTooLarge},
		{"a part too many", reader(strings.Repeat("--xyz\r\n\r\n\r\n", maxFields+1)+"--xyz--\r\n", multi, ""), ErrTooLarge},
		{"a multipart body that ends early", reader(upload[:60], multi, ""), io.ErrUnexpectedEOF},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := tt.r.Read(); !errors.Is(err, tt.want) {
				t.Errorf("Read: %v; want %v", err, tt.want)
			}
		})
	}
	for _, length := range []string{"ten", "-1", "+1", "1e3"} {
		bad := &FormReader{Getenv: func(string) string { return length }}
		if _, err := bad.Read(); err == nil {
			t.Errorf("CONTENT_LENGTH=%s: no error", length)
		}
	}
	if _, err := reader(upload, "multipart/form-data", "").Read(); err == nil {
		t.Error("no boundary: no error")
	}
}
