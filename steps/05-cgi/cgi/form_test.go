package cgi

import (
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestFormGet(t *testing.T) {
	f := Form{{Name: "k", Value: "1"}, {Name: "b"}, {Name: "k", Value: "2"}}
	if got := f.GetFirst("k", "none"); got != "1" {
		t.Errorf("GetFirst(k) = %q", got)
	}
	if got := f.GetFirst("b", "none"); got != "" {
		t.Errorf("an empty value is a value; GetFirst(b) = %q", got)
	}
	if got := f.GetFirst("absent", "none"); got != "none" {
		t.Errorf("GetFirst(absent) = %q", got)
	}
	if got := f.GetList("k"); !slices.Equal(got, []string{"1", "2"}) {
		t.Errorf("GetList(k) = %q", got)
	}
	if got := f.GetList("absent"); got != nil {
		t.Errorf("GetList(absent) = %q", got)
	}
}

// read calls ReadForm with what a server gives to a script. Standard input need
// not end where the body does: a reader that goes on past it never returns.
func read(body, contentType, query string) (Form, error) {
	return readLength(strconv.Itoa(len(body)), contentType, query,
		io.MultiReader(strings.NewReader(body), endless{}))
}

func readLength(length, contentType, query string, body io.Reader) (
	Form, error) {
	env := map[string]string{"CONTENT_LENGTH": length,
		"CONTENT_TYPE": contentType, "QUERY_STRING": query}
	return ReadForm(func(name string) string { return env[name] }, body)
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	return copy(p, "past the length "), nil
}

const (
	urlencoded = "application/x-www-form-urlencoded"
	multi      = "multipart/form-data; boundary=xyz"
	upload     = "--xyz\r\n" +
		"Content-Disposition: form-data; name=\"who\"\r\n\r\nme\r\n" +
		"--xyz\r\nContent-Disposition: form-data; name=\"file\"; " +
		"filename=\"../../a.txt\"\r\nContent-Type: text/plain\r\n\r\n" +
		"line\n\r\n--xyz--\r\n"
)

// The first row is the body that note 004 prints, byte for byte.
func TestReadForm(t *testing.T) {
	for _, c := range []struct {
		name, body, contentType, query string
		want                           Form
	}{
		{"the notes' form", "user=James+%26+Nancy+Kirk&user2=&vote=Y&pets=dog" +
			"&pets=cat&comments=", urlencoded, "", Form{
			{Name: "user", Value: "James & Nancy Kirk"}, {Name: "user2"},
			{Name: "vote", Value: "Y"}, {Name: "pets", Value: "dog"},
			{Name: "pets", Value: "cat"}, {Name: "comments"}}},
		{"urlencoded, then the query", "a=1&b=2", urlencoded, "a=3", Form{
			{Name: "a", Value: "1"}, {Name: "b", Value: "2"},
			{Name: "a", Value: "3"}}},
		{"type with a charset", "a=1", urlencoded + "; charset=utf-8", "",
			Form{{Name: "a", Value: "1"}}},
		{"not a form", "{}", "application/json", "a=1",
			Form{{Name: "a", Value: "1"}}},
		{"no type", "a=1", "", "", nil},
		{"empty body", "", urlencoded, "", nil},
		{"empty body of parts", "", multi, "", nil},
		{"multipart", upload, multi, "", Form{{Name: "who", Value: "me"},
			{Name: "file", Value: "line\n", Filename: "a.txt",
				ContentType: "text/plain"}}},
		{"a transfer encoding is not undone", "--xyz\r\n" +
			"Content-Transfer-Encoding: quoted-printable\r\n\r\n=41\r\n" +
			"--xyz--\r\n", multi, "", Form{{Value: "=41"}}},
	} {
		got, err := read(c.body, c.contentType, c.query)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, %v; want %q", c.name, got, err, c.want)
		}
	}
}

// A form at a limit is read; one beyond it is an error, and so is a broken one.
func TestReadFormErrors(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	part := "--xyz\r\n\r\n\r\n"
	for _, c := range []struct {
		name, body, contentType, query, due string
	}{
		{"as many fields as may be", many("&a", 9_999), urlencoded, "", ""},
		{"a field too many", many("&a", 10_000), urlencoded, "",
			"cgi: over 10000 fields"},
		{"a field too many in the query", "", "", many("&a", 10_000),
			"cgi: over 10000 fields"},
		{"a part too many", many(part, 10_001) + "--xyz--\r\n", multi, "",
			"cgi: over 10000 fields"},
		{"no boundary", upload, "multipart/form-data", "",
			"cgi: multipart: no boundary"},
		{"parts that end early", upload[:60], multi, "",
			"cgi: multipart: \"who\": unexpected EOF"},
		{"no parts", "a=1", multi, "",
			"cgi: multipart: multipart: NextPart: EOF"},
	} {
		_, err := read(c.body, c.contentType, c.query)
		if (err == nil) != (c.due == "") || err != nil && err.Error() != c.due {
			t.Errorf("%s: got %v, want %s", c.name, err, c.due)
		}
	}
	for _, c := range []struct{ length, body, due string }{
		{"3", "a=1", ""},
		{"4", "a=1", "cgi: body: 3 of 4 bytes: unexpected EOF"},
		{"ten", "", `cgi: CONTENT_LENGTH: not a length: "ten"`},
		{"-1", "", `cgi: CONTENT_LENGTH: not a length: "-1"`},
		{"+1", "", `cgi: CONTENT_LENGTH: not a length: "+1"`},
		{"16777216", "", "cgi: body: 0 of 16777216 bytes: EOF"},
		{"16777217", "",
			"cgi: CONTENT_LENGTH: over 16777216 bytes: 16777217"},
	} {
		_, err := readLength(c.length, urlencoded, "",
			strings.NewReader(c.body))
		if (err == nil) != (c.due == "") || err != nil && err.Error() != c.due {
			t.Errorf("length %s: got %v, want %s", c.length, err, c.due)
		}
	}
}
