package course

import (
	"strings"
	"testing"
	"testing/fstest"

	"example/wirebook/internal/exchange"
)

// files is a step with two exercises, and an exchange that only shows.
func files() fstest.MapFS {
	const request = "-- request --\nGET / HTTP/1.1\nHost: localhost\n\n"
	const response = "-- response --\nHTTP/1.1 200 OK\nContent-Length: 6\n\nhello\n"
	text := map[string]string{
		"99-test/exercises.txtar": exercise("line-ends") + exercise("extra"),
		"99-test/exchanges/page.txtar": "title: the page\nwhy: It is asked for.\n" +
			"exercise: line-ends\njudges: line-ends\n" + request + response,
		"99-test/exchanges/extra.txtar": "title: a file of its own\nwhy: It is read.\n" +
			"exercise: extra\njudges: status\n-- file extra --\nmore\n" + request + response,
		"99-test/exchanges/shown.txtar": "title: shown\nwhy: It judges nothing.\n" + request,
		"99-test/testdata/exchanges/odd.txtar": "title: odd\nwhy: It only tests.\n" + request +
			"-- response --\nHTTP/1.1 200 OK\n\n@file index.html\n",
		"99-test/www/index.html": "hello\n",
	}
	fsys := fstest.MapFS{}
	for name, data := range text {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return fsys
}

func exercise(name string) string {
	return "-- " + name + " --\ntitle: " + name + "\ntask: Do it.\nlook: write the head\n" +
		"minutes: 3\nhint1: Look.\nhint2: The rule.\nhint3: The line.\n"
}

func load(t *testing.T) *Step {
	t.Helper()
	step, err := Load(files(), "99-test")
	if err != nil {
		t.Fatal(err)
	}
	return step
}

func TestLoad(t *testing.T) {
	step := load(t)
	for want, list := range map[string][]*exchange.Exchange{
		"99/extra 99/page 99/shown": step.Exchanges, "99/odd": step.Tests,
	} {
		var ids []string
		for _, x := range list {
			ids = append(ids, x.ID())
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("exchanges %s, want %s", got, want)
		}
	}
	var names []string
	for _, e := range step.Exercises {
		names = append(names, e.Name)
		if len(e.Exchanges) != 1 || len(e.Hints) != 3 || e.Title == "" || e.Minutes != 3 {
			t.Errorf("exercise %+v", e)
		}
	}
	if got := strings.Join(names, " "); got != "line-ends extra" {
		t.Errorf("exercises %q, want them in the file's order", got)
	}
	if len(step.Files) != 1 || step.Files[0].Name != "extra" {
		t.Errorf("files %v", step.Files)
	}
	if step.Exchange("page") == nil || step.Exchange("99/page") != step.Exchange("page") || step.Exchange("odd") == nil {
		t.Error("an exchange is not found by its name and by its ID")
	}
	if step.Exchange("no") != nil || step.Exercise("no") != nil {
		t.Error("found what is not there")
	}
}

func TestLoadFails(t *testing.T) {
	put := func(name, data string) func(fstest.MapFS) {
		return func(f fstest.MapFS) { f["99-test/"+name] = &fstest.MapFile{Data: []byte(data)} }
	}
	page := string(files()["99-test/exchanges/page.txtar"].Data)
	for _, tc := range []struct {
		name   string
		change func(fstest.MapFS)
		want   string
	}{
		{"no such step", func(f fstest.MapFS) { clear(f) }, "99-test"},
		{"exercise that nothing judges", put("exercises.txtar",
			exercise("line-ends")+exercise("extra")+exercise("alone")),
			`exercises.txtar: no exchange judges "alone"`},
		{"exchange without its exercise", put("exchanges/page.txtar",
			strings.Replace(page, "exercise: line-ends", "exercise: nowhere", 1)),
			`exchanges/page.txtar: no exercise "nowhere"`},
		{"no exercises file", func(f fstest.MapFS) { delete(f, "99-test/exercises.txtar") },
			"extra.txtar: no exercise"},
		{"two files of one name", put("exchanges/page.txtar",
			strings.Replace(page, "-- request --", "-- file extra --\nother\n-- request --", 1)),
			`page.txtar: another exchange has a different file "extra"`},
		{"two exchanges of one name", put("testdata/exchanges/page.txtar", page),
			"testdata/exchanges/page.txtar: another exchange has this name"},
		{"broken exchange", put("exchanges/page.txtar", "title: x\n"), "page.txtar"},
		{"broken exercises", put("exercises.txtar", "-- x --\nnonsense: 1\n"), "exercises.txtar:2"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			fsys := files()
			tc.change(fsys)
			_, err := Load(fsys, "99-test")
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
		})
	}
}

// A step may have exchanges and no exercises yet.
func TestLoadWithoutExercises(t *testing.T) {
	fsys := files()
	for name := range fsys {
		if strings.Contains(name, "exerc") || strings.Contains(name, "exchanges") && !strings.Contains(name, "shown") {
			delete(fsys, name)
		}
	}
	step, err := Load(fsys, "99-test")
	if err != nil || len(step.Exchanges) != 1 || len(step.Exercises) != 0 {
		t.Errorf("got %+v, %v", step, err)
	}
}
