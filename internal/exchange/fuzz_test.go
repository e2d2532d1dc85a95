package exchange

import (
	"reflect"
	"strings"
	"testing"
)

// FuzzParse asks that any file is read or refused with its name, that line ends
// of a checkout do not matter, and that whatever was read can be compared.
func FuzzParse(f *testing.F) {
	f.Add(pageFile)
	f.Add(head + "exercise: e\njudges: cut, alive, close\n-- half-close --\n-- connection 2 --\n" + get + await + "-- pause 1ms --\n-- reset --\n")
	f.Add(head + "-- request.raw --\n^M^xE9^^\n@repeat 3 a^M^J\n-- response.raw --\nYes^D\n-- close --\n")
	f.Add(head + get + "-- response --\nHTTP/1.1 405|501 *\nDate: *\n\nbody: contains x\n")
	f.Fuzz(func(t *testing.T, file string) {
		x, err := Parse("page.txtar", []byte(file), nil)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "exchange: page.txtar:") {
				t.Errorf("%q: %v", file, err)
			}
			return
		}
		if !strings.Contains(file, "\r") {
			same, err := Parse("page.txtar", []byte(strings.ReplaceAll(file, "\n", "\r\n")), nil)
			if err != nil || !reflect.DeepEqual(x, same) {
				t.Errorf("%q with CR LF: %v", file, err)
			}
		}
		nothing, echo := &Transcript{}, &Transcript{}
		for _, a := range x.Script {
			switch a.Kind {
			case Expect:
				echo.Turns = append(echo.Turns, Turn{Conn: a.Conn, Got: a.Answer.Pattern})
			case ExpectClose:
				echo.Turns = append(echo.Turns, Turn{Conn: a.Conn, End: Closed})
			}
		}
		for _, tr := range []*Transcript{nothing, echo} {
			for _, f := range []*Failure{x.Judge(tr), x.Exact(tr)} {
				if f != nil && f.Text() == "" {
					t.Errorf("%q: a failure without a text", file)
				}
			}
		}
	})
}

// FuzzJudge asks that every comparison bears every answer, and that the byte it
// points at is one of the answer's.
func FuzzJudge(f *testing.F) {
	f.Add([]byte(yes), "GET")
	f.Add([]byte("\nHTTP/1.x 200 OK  \nContent-Type: text/html\n\n<p>"), "GET")
	f.Add([]byte("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nYes\r\n0\r\n\r\n"), "HEAD")
	x, err := Parse("page.txtar", []byte(pageFile), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, got []byte, method string) {
		for _, a := range aspects {
			y := *x
			y.Judges = []Judgement{{Aspect: a}}
			if a == Header {
				y.Judges[0].Field = "Content-Type"
			}
			tr := told(method+" / HTTP/1.1\r\n\r\n", string(got), Closed)
			for _, f := range []*Failure{y.Judge(tr), y.Exact(tr)} {
				if f != nil && (f.Saw == "" || f.At < -1 || f.At > len(got) || f.Text() == "") {
					t.Errorf("%s of %q: %+v", a, got, f)
				}
			}
		}
	})
}
