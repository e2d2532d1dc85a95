package judge

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
)

// checkFailure asks that a failure says what was seen and by what rule, points
// into what came, and is safe to print.
func checkFailure(t *testing.T, f *Failure) {
	t.Helper()
	if f.Saw == "" || f.Rule == "" || f.At < -1 || f.At > len(f.Got) {
		t.Errorf("%+v", f)
	}
	text := f.Text()
	for line := range strings.SplitSeq(text, "\n") {
		if strings.ContainsFunc(line, unicode.IsControl) {
			t.Errorf("not safe to print: %q", line)
		}
	}
	carets := 0
	for _, line := range f.Lines() {
		if line.Kind == CaretLine {
			carets++
		}
	}
	due := 0
	if f.At >= 0 && len(f.Got) > 0 {
		due = 1
	}
	if carets != due || !strings.HasPrefix(text, f.Saw+"\n") {
		t.Errorf("%d carets, due %d, in\n%s", carets, due, text)
	}
}

// FuzzExchange compares any exchange with a server that was never asked, and
// with one that sends the file's own patterns.
func FuzzExchange(f *testing.F) {
	f.Add(pageFile)
	f.Add(head + "exercise: e\njudges: cut, alive, close\n-- half-close --\n-- connection 2 --\n" + get + await + "-- pause 1ms --\n-- reset --\n")
	f.Add(head + "-- request.raw --\n^M^xE9^^\n@repeat 3 a^M^J\n-- response.raw --\nYes^D\n-- close --\n")
	f.Add(head + get + "-- response --\nHTTP/1.1 405|501 *\nDate: *\n\nbody: contains x\n")
	f.Fuzz(func(t *testing.T, file string) {
		x, err := exchange.Parse("page.txtar", []byte(file), nil)
		if err != nil {
			t.Skip()
		}
		nothing, echo := &play.Transcript{}, &play.Transcript{Alive: true}
		awaits, raw := false, true
		for _, a := range x.Script {
			switch a.Kind {
			case exchange.Expect:
				echo.Turns = append(echo.Turns, play.Turn{Conn: a.Conn, Got: a.Response.Pattern})
				awaits, raw = true, raw && a.Raw
			case exchange.ExpectClose:
				echo.Turns = append(echo.Turns, play.Turn{Conn: a.Conn, End: play.Closed})
				awaits = true
			}
		}
		if f := Exact(x, nothing); (f != nil) != awaits {
			t.Errorf("%q: not played, and %+v", file, f)
		}
		if f := Exact(x, echo); raw && f != nil {
			t.Errorf("%q: its own bytes differ:\n%s", file, f.Text())
		}
		for _, tr := range []*play.Transcript{nothing, echo} {
			for _, f := range []*Failure{Judged(x, tr), Exact(x, tr), Differs(x, tr)} {
				if f != nil {
					checkFailure(t, f)
				}
			}
		}
	})
}

// FuzzJudged compares any answer with everything that can be judged.
func FuzzJudged(f *testing.F) {
	f.Add([]byte(yes), "GET")
	f.Add([]byte("\nHTTP/1.x 200 OK  \nContent-Type: text/html\n\n<p>"), "GET")
	f.Add([]byte("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nYes\r\n0\r\n\r\n"), "HEAD")
	x, err := exchange.Parse("page.txtar", []byte(pageFile), nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, got []byte, method string) {
		tr := transcript(method+" / HTTP/1.1\r\n\r\n", string(got), play.Closed)
		failed := map[exchange.Aspect]bool{}
		for _, a := range exchange.Aspects {
			y := *x
			y.Judges = []exchange.Judgement{{Aspect: a}}
			if a == exchange.Header {
				y.Judges[0].Field = "Content-Type"
			}
			if f := Judged(&y, tr); f != nil {
				failed[a] = true
				checkFailure(t, f)
			}
		}
		// What is the same byte for byte passes every aspect.
		if f := Exact(x, tr); f != nil {
			checkFailure(t, f)
		} else if method == "GET" && len(failed) > 0 {
			t.Errorf("%q is exact, and fails %v", got, failed)
		}
		if slices.Contains([]string{"", "Yes"}, string(got)) && !failed[exchange.Status] {
			t.Errorf("%q has a status", got)
		}
	})
}
