package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
	"example/wirebook/internal/play"
	"example/wirebook/internal/runner"
)

// call runs one command as the shell would and returns what it printed.
func call(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	a := &app{ctx: t.Context(), stdin: strings.NewReader(stdin), stdout: &out, stderr: &err, self: "wirebook"}
	code = a.main(args)
	return code, out.String(), err.String()
}

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(programMain())
	}
	// Most tests wait for a server, not for a processor: more of them at once
	// than there are processors take less time.
	flag.Set("test.parallel", "6") // a -parallel on the command line comes later, and wins
	code := m.Run()
	runner.Clean()
	os.Exit(code)
}

func TestWrongWords(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string // in the message
		help string // the page it names
	}{
		{[]string{"chek", "01"}, `no command "chek"`, "wirebook help"},
		{[]string{"check"}, "check takes a step", "wirebook help check"},
		{[]string{"check", "99"}, `no step "99"`, "wirebook help check"},
		{[]string{"check", "01", "--jsno"}, "-jsno", "wirebook help check"},
		{[]string{"check", "01", "--"}, "nothing follows --", "wirebook help check"},
		{[]string{"send", "page"}, "such as 01/page", "wirebook help send"},
		{[]string{"send", "01/page", "--cut", "9000"}, "after byte 1 to", "wirebook help send"},
		{[]string{"send", "01/empty-connection", "--cut", "1"}, "no request that could be cut", "wirebook help send"},
		{[]string{"run", "01", "--server", "mine"}, "notes, reference or yours", "wirebook help run"},
		{[]string{"reset"}, "reset takes one step", "wirebook help reset"},
		{[]string{"open", "nowhere"}, `no lesson "nowhere"`, "wirebook help open"},
	} {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			code, stdout, stderr := call(t, "", tt.args...)
			if code != exitUsage || stdout != "" {
				t.Errorf("exit %d, printed %q; want %d and nothing", code, stdout, exitUsage)
			}
			if !strings.Contains(stderr, tt.want) || !strings.Contains(stderr, "  for help: "+tt.help+"\n") {
				t.Errorf("said %q; want %q and the page %q", stderr, tt.want, tt.help)
			}
		})
	}
}

// The program's version is asked for in three ways; --version behind a verb was
// the name of --server.
func TestVersion(t *testing.T) {
	for _, arg := range []string{"version", "--version", "-version"} {
		code, stdout, stderr := call(t, "", arg)
		if code != exitOK || !strings.HasPrefix(stdout, "wirebook ") || stderr != "" {
			t.Errorf("%s: exit %d, %q, %q", arg, code, stdout, stderr)
		}
	}
	code, stdout, stderr := call(t, "", "check", "01", "line-ends", "--version", "reference")
	if code != exitOK {
		t.Errorf("check --version reference: exit %d, %q, %q", code, stdout, stderr)
	}
}

func TestHelp(t *testing.T) {
	code, all, _ := call(t, "", "help")
	if code != exitOK {
		t.Errorf("exit %d", code)
	}
	for _, v := range verbs() {
		if !strings.Contains(all, v.short) {
			t.Errorf("help does not name %s: %q", v.name, v.short)
		}
		code, page, _ := call(t, "", v.name, "--help")
		if code != exitOK || !strings.HasPrefix(page, strings.TrimSpace("wirebook "+v.name+" "+v.args)+"\n") {
			t.Errorf("%s --help: exit %d, %q", v.name, code, page)
		}
	}
	if code, _, _ := call(t, "", "--help"); code != exitOK {
		t.Errorf("--help: exit %d", code)
	}
	if code, page, _ := call(t, "", "check", "01", "--help"); code != exitOK || !strings.HasPrefix(page, "wirebook check ") {
		t.Errorf("check 01 --help: exit %d, %q", code, page)
	}
}

func TestList(t *testing.T) {
	code, text, stderr := call(t, "", "list")
	if code != exitOK || !strings.Contains(text, "01-socket") || !strings.Contains(text, "02-post") {
		t.Errorf("list: exit %d, %q, %q", code, text, stderr)
	}
	code, text, _ = call(t, "", "list", "socket")
	if code != exitOK || !strings.Contains(text, "line-ends") || !strings.Contains(text, "01/page") {
		t.Errorf("list socket: exit %d, %q", code, text)
	}
	code, text, _ = call(t, "", "list", "--json")
	var listed []listedStep
	if err := json.Unmarshal([]byte(text), &listed); err != nil || code != exitOK || len(listed) < 2 || len(listed[0].Exercises) == 0 {
		t.Errorf("list --json: exit %d, %v, %d steps", code, err, len(listed))
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	if code, out, stderr := call(t, "", "check", "01", "line-ends", "--server", "reference"); code != exitOK {
		t.Errorf("the reference: exit %d\n%s%s", code, out, stderr)
	}
	code, out, _ := call(t, "", "check", "01", "line-ends", "--server", "notes")
	if code != exitFailed || !strings.Contains(out, "again  wirebook send 01/page --server notes") {
		t.Errorf("the notes: exit %d, want %d, and the command that replays it\n%s", code, exitFailed, out)
	}
	code, out, _ = call(t, "", "check", "01", "line-ends", "--server", "notes", "--json")
	var report struct {
		Exercises []struct {
			Name, Verdict string
			Failure       *struct{ Sent, Got []byte }
		}
	}
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != exitFailed {
		t.Fatalf("--json: exit %d, %v\n%s", code, err, out)
	}
	found := false
	for _, e := range report.Exercises {
		if e.Name == "line-ends" {
			found = e.Verdict == "fail" && strings.HasPrefix(string(e.Failure.Sent), "GET / HTTP/1.1\r\n") &&
				strings.HasPrefix(string(e.Failure.Got), "HTTP/1.x 200 OK  \n")
		}
	}
	if !found {
		t.Errorf("--json lacks the failure with its bytes:\n%s", out)
	}
}

// TestCheckProgram judges a program by its command line, as any language's is.
func TestCheckProgram(t *testing.T) {
	t.Parallel()
	root, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	program, err := runner.Build(t.Context(), root, filepath.Join("steps", "01-socket"))
	if err != nil {
		t.Fatal(err)
	}
	if code, out, stderr := call(t, "", "check", "01", "version", "--", program, "-addr", "{host}:{port}", "-dir", "{dir}"); code != exitOK {
		t.Errorf("exit %d\n%s%s", code, out, stderr)
	}
	code, _, stderr := call(t, "", "check", "01", "version", "--", program, "-no-such-flag")
	if code != exitUsage || !strings.Contains(stderr, "write {port}") {
		t.Errorf("a program that was not told the port: exit %d, %q", code, stderr)
	}
	code, _, stderr = call(t, "", "check", "01", "version", "--", "no-such-program", "{port}")
	if code != exitUsage || !strings.Contains(stderr, "no-such-program") {
		t.Errorf("no such program: exit %d, %q", code, stderr)
	}
}

func TestSend(t *testing.T) {
	t.Parallel()
	code, out, stderr := call(t, "", "send", "01/page", "--server", "reference")
	if code != exitOK || !strings.Contains(out, "GET / HTTP/1.1␍␊") || !strings.Contains(out, "✓ as it is due") {
		t.Errorf("exit %d\n%s%s", code, out, stderr)
	}
	code, out, _ = call(t, "", "send", "01/cut-after-ge", "--server", "notes")
	if !strings.Contains(out, "the server ended: exit 2: index out of range") {
		t.Errorf("exit %d; the end of the notes' server is not told\n%s", code, out)
	}
}

// TestSendVerdict: every exchange that awaits an answer has a verdict, whether
// an exercise judges it or not.
func TestSendVerdict(t *testing.T) {
	t.Parallel()
	root, err := course.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	program, err := runner.Build(t.Context(), root, filepath.Join("steps", "01-socket"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"01/two-hosts", "--", program, "-addr", "{addr}", "-dir", "{dir}"}, exitOK, "✓ code and content are the reference's\n"},
		{[]string{"01/two-hosts", "--server", "notes"}, exitFailed, "✗ differs from the reference: the code is 200, due 400\n"},
		{[]string{"01/two-hosts", "--server", "reference"}, exitOK, "✓ as it is due\n"},
		{[]string{"01/no-host", "--server", "notes"}, exitFailed, "✗ the code is 200, due 400\n"},
	} {
		code, out, stderr := call(t, "", append([]string{"send"}, tt.args...)...)
		if code != tt.code || !strings.Contains(out, tt.want) {
			t.Errorf("%q: exit %d, want %d and %q\n%s%s", tt.args, code, tt.code, tt.want, out, stderr)
		}
		// A close in which nothing passes is the end of the turn before it.
		if strings.Contains(out, "turn 2") || strings.Contains(out, "sent 0 bytes") {
			t.Errorf("%q: an empty turn is shown\n%s", tt.args, out)
		}
	}
}

func TestTalk(t *testing.T) {
	get, page := []byte("GET"), []byte("page")
	turns := talk(&play.Transcript{Turns: []play.Turn{
		{Conn: 1, Sent: get, Got: page},
		{Conn: 2, End: play.Refused}, // all that happened there
		{Conn: 1, End: play.Closed},
		{Conn: 3, Sent: get, Got: page},
		{Conn: 3, End: play.Silent}, // it stays open
		{Conn: 3, Got: page, End: play.WasReset},
	}})
	var got []string
	for _, turn := range turns {
		got = append(got, fmt.Sprintf("%d %s %s %v", turn.Conn, turn.Sent, turn.Got, turn.End))
	}
	want := []string{"1 GET page closed", "2   refused", "3 GET page open", "3  page reset"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestNoSuchName is about names that a list would have told.
func TestNoSuchName(t *testing.T) {
	for _, args := range [][]string{{"check", "01", "nothing"}, {"send", "01/nothing"}} {
		code, stdout, stderr := call(t, "", args...)
		if code != exitUsage || stdout != "" || !strings.Contains(stderr, `"nothing"`) || !strings.Contains(stderr, "see what there is: wirebook list 01-socket\n") {
			t.Errorf("%q: exit %d, %q, %q", args, code, stdout, stderr)
		}
	}
}

func TestReset(t *testing.T) {
	root := t.TempDir()
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(root, "go.mod"), "module example/wirebook\n")
	write(course.Skeleton(root, "01-socket"), "pristine\n")
	mine := course.Workfile(root, "01-socket")
	write(mine, "mine\n")
	t.Chdir(root)

	if code, out, _ := call(t, "\n", "reset", "01"); code != exitOK || !strings.Contains(out, "left as it is") {
		t.Errorf("a bare enter must not reset: exit %d, %q", code, out)
	}
	code, out, stderr := call(t, "y\n", "reset", "01")
	if code != exitOK || !strings.Contains(out, "yours is kept as main.go.bak-") {
		t.Errorf("exit %d, %q %q", code, out, stderr)
	}
	if text, err := os.ReadFile(mine); err != nil || string(text) != "pristine\n" {
		t.Errorf("the exercise holds %q, %v", text, err)
	}
	if code, out, _ := call(t, "", "reset", "01"); code != exitOK || !strings.Contains(out, "nothing to do") {
		t.Errorf("an untouched exercise: exit %d, %q", code, out)
	}
}

func TestOutsideAClone(t *testing.T) {
	t.Chdir(t.TempDir())
	code, _, stderr := call(t, "", "check", "01")
	if code != exitUsage || !strings.Contains(stderr, "go to your clone") {
		t.Errorf("exit %d, %q", code, stderr)
	}
}

// TestPlainIntoAPipe prints a lesson whole, and without one box character.
func TestPlainIntoAPipe(t *testing.T) {
	code, out, stderr := call(t, "", "open", "01")
	if code != exitOK || len(out) < 5000 {
		t.Fatalf("exit %d, %d bytes, %q", code, len(out), stderr)
	}
	if i := strings.IndexAny(out, "│─┌┐└┘━┃╭╮╰╯"); i >= 0 {
		t.Errorf("a box character: %q", out[max(0, i-40):min(len(out), i+40)])
	}
}

func TestSelfName(t *testing.T) {
	for path, want := range map[string]string{
		"/tmp/go-build123/b001/exe/wirebook": "go run .",
		"/home/ada/go/bin/wirebook":          "wirebook",
	} {
		if got := selfName(func() (string, error) { return path, nil }); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

func TestShellWord(t *testing.T) {
	for word, want := range map[string]string{
		"my.py": "my.py", "{port}": "{port}", "a b": "'a b'", "it's": `'it'\''s'`, "": "''", "$(x)": "'$(x)'",
	} {
		if got := shellWord(word); got != want {
			t.Errorf("shellWord(%q) = %q, want %q", word, got, want)
		}
	}
}

// An exercise that could not be judged is neither a pass nor the learner's
// failure.
func TestVerdict(t *testing.T) {
	result := func(v check.Verdict) check.Result {
		return check.Result{Exercise: &course.Exercise{Name: "line-ends"}, Verdict: v, Err: errors.New("out of order")}
	}
	for _, tc := range []struct {
		results []check.Result
		want    string // in the error; "" for none
	}{
		{[]check.Result{result(check.Pass)}, ""},
		{[]check.Result{result(check.Pass), result(check.Fail)}, "failed"},
		{[]check.Result{result(check.Fail), result(check.Broken)}, "line-ends could not be judged: out of order"},
	} {
		err := verdict(tc.results)
		if got := fmt.Sprint(err); (err == nil) != (tc.want == "") || err != nil && got != tc.want {
			t.Errorf("%v: got %v, want %q", tc.results, err, tc.want)
		}
	}
}
