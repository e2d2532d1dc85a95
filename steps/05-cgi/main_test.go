package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/judge"
	"example/wirebook/internal/runner"
	"example/wirebook/internal/steptest"
)

func TestMain(m *testing.M) { steptest.Main(m) }

const step = "steps/05-cgi"

// serve starts the program on a copy of a folder, with the files that exchanges
// bring. Everybody may read the copy: where root runs the tests, the scripts
// run as nobody.
func serve(t *testing.T, dir string, list []*exchange.Exchange,
	flags ...string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("Windows starts no script by its first line")
	}
	p, err := runner.Start(t.Context(), runner.Command{
		Name: "05-cgi",
		Args: append([]string{steptest.Build(t, step),
			"-addr", "{addr}", "-dir", "{dir}"}, flags...),
		Dir: openCopy(t, dir, list),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Stop(); err != nil {
			t.Error(err)
		}
	})
	return p.Addr()
}

// openCopy copies a folder, with the files that exchanges bring.
func openCopy(t *testing.T, dir string, list []*exchange.Exchange) string {
	t.Helper()
	to := steptest.OpenCopy(t, dir)
	for _, x := range list {
		for _, f := range x.Files {
			name := filepath.Join(to, filepath.FromSlash(f.Name))
			must(t, os.MkdirAll(filepath.Dir(name), 0o755))
			must(t, os.WriteFile(name, f.Data, 0o644))
		}
	}
	return to
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// The reference sends what the step's exchanges say, byte for byte.
func TestExchanges(t *testing.T) {
	t.Parallel()
	list := steptest.Exchanges(t, "05-cgi")
	if len(list) < 30 {
		t.Errorf("%d exchanges, want 30 or more", len(list))
	}
	addr := serve(t, "www", nil)
	if !runs(t, addr, "/cgi-bin/post.py") {
		t.Log("no python3 that a script could use here: post.py is not tested")
		list = slices.DeleteFunc(list, func(x *exchange.Exchange) bool {
			return sends(x, "POST /cgi-bin/post.py ")
		})
	}
	steptest.ReplayExact(t, addr, list)
}

// runs reports whether a script answers with 200.
func runs(t *testing.T, addr, path string) bool {
	t.Helper()
	response, err := http.Get("http://" + addr + path)
	must(t, err)
	response.Body.Close()
	return response.StatusCode == 200
}

// An exchange that says something else fails.
func TestExchangesFail(t *testing.T) {
	t.Parallel()
	list := steptest.Exchanges(t, "05-cgi")
	i := slices.IndexFunc(list, func(x *exchange.Exchange) bool {
		return x.Name == "hello"
	})
	addr := serve(t, "www", nil, "-cgi-dirs", "elsewhere")
	got, err := steptest.Player(addr).Play(t.Context(), list[i])
	if err != nil {
		t.Fatal(err)
	}
	if judge.Exact(list[i], got) == nil {
		t.Error("a script's source passed for its output")
	}
}

// All that step 04 could do this one does as well, byte for byte. A POST was
// refused there as a method, and is here as a way to use a file.
func TestStep04StillHolds(t *testing.T) {
	t.Parallel()
	list := steptest.Exchanges(t, "04-static")
	list = slices.DeleteFunc(list, func(x *exchange.Exchange) bool {
		return sends(x, "POST ")
	})
	addr := serve(t, "../04-static/www", list)
	steptest.ReplayExact(t, addr, list)
}

// sends reports whether an exchange sends a request that begins so.
func sends(x *exchange.Exchange, begin string) bool {
	return slices.ContainsFunc(x.Script, func(a exchange.Action) bool {
		return a.Kind == exchange.Send &&
			strings.HasPrefix(string(a.Data), begin)
	})
}

// What the options are where the command line is silent.
func TestDefaults(t *testing.T) {
	usage, _ := exec.Command(steptest.Build(t, step), "-h").CombinedOutput()
	for _, due := range []string{`"localhost:8000"`, `"cgi-bin,htbin"`,
		"30s", `"HTTP/1.0"`} {
		if !strings.Contains(string(usage), "(default "+due+")") {
			t.Errorf("default %s: it says %s", due, usage)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	good := options{addr: "127.0.0.1:0", dir: "www", cgiDirs: "cgi-bin",
		protocol: "HTTP/1.0", timeout: 1, quiet: true}
	for _, c := range []struct {
		change func(*options)
		due    string
	}{
		{func(o *options) { o.protocol = "HTTP/2" }, `no protocol "HTTP/2": ` +
			"choose -protocol HTTP/1.0 or HTTP/1.1"},
		{func(o *options) { o.timeout = 0 },
			"no script runs in 0s: choose a longer -timeout"},
		{func(o *options) { o.cgiDirs = "cgi-bin," }, "no folder in " +
			`-cgi-dirs "cgi-bin,": name some below the served one, ` +
			"cgi-bin,htbin"},
		{func(o *options) { o.dir = "no-such" },
			": choose a folder with -dir"},
	} {
		o := good
		c.change(&o)
		err := run(o)
		if err == nil || !strings.HasSuffix(err.Error(), c.due) {
			t.Errorf("%+v: got %v, want %s", o, err, c.due)
		}
	}
}
