//go:build unix

package cgi

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"example/wirebook/steps/04-static/httpserver"
)

// BenchmarkSpawn compares what a script costs without HTTP (pipe, start, read
// to the end, wait) with the same in C, by posix_spawn(3) and waitpid(2). The
// ratio x-posix_spawn is how many times as many programs we start in the same
// time: the median of eleven interleaved pairs.
func BenchmarkSpawn(b *testing.B) {
	gcc, err := exec.LookPath("gcc")
	if err != nil {
		b.Skip("no C compiler here: nothing to compare with")
	}
	dir := openDir(b)
	smallProgram(b, filepath.Join(dir, "cgi-bin", "hello"))
	spawner := filepath.Join(b.TempDir(), "spawner")
	must(b, os.WriteFile(spawner+".c", []byte(spawnInC), 0o644))
	out, err := exec.Command(gcc, "-O2", "-o", spawner,
		spawner+".c").CombinedOutput()
	if err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	h, err := NewCGIHTTPRequestHandler(dir)
	must(b, err)
	defer h.Close()
	h.user = nil // C changes no user either

	const n = 200
	inC := func() time.Duration {
		out, err := exec.Command(spawner, filepath.Join(dir, "cgi-bin/hello"),
			strconv.Itoa(n)).Output()
		must(b, err)
		ns, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
		must(b, err)
		return time.Duration(ns)
	}
	inGo := func() time.Duration {
		start := time.Now()
		for range n {
			spawnOnce(b, h)
		}
		return time.Since(start)
	}
	inC()
	inGo()
	b.ResetTimer()
	for b.Loop() {
		var ratios, ours, theirs []float64
		for pair := range benchPairs {
			var c, g time.Duration
			if pair%2 == 0 {
				c, g = inC(), inGo()
			} else {
				g, c = inGo(), inC()
			}
			ratios = append(ratios, float64(c)/float64(g))
			ours = append(ours, float64(g.Microseconds())/n)
			theirs = append(theirs, float64(c.Microseconds())/n)
		}
		b.ReportMetric(median(ratios), "x-posix_spawn")
		b.ReportMetric(median(ours), "us")
		b.ReportMetric(median(theirs), "c-us")
	}
}

func spawnOnce(b *testing.B, h *CGIHTTPRequestHandler) {
	r := &httpserver.Request{
		Method: "GET", Target: "/cgi-bin/hello", ClientAddress: "127.0.0.1:1",
		Server: &httpserver.HTTPServer{Protocol: "HTTP/1.0"},
	}
	p, err := h.start(r, script{name: "/cgi-bin/hello"}, h.null)
	must(b, err)
	out, err := io.ReadAll(p)
	h.end(p)
	if err != nil || len(out) == 0 || !p.state.Success() {
		b.Fatalf("%q, %v, %v", out, err, p.state)
	}
}

// spawnInC prints how many nanoseconds n runs of a program take.
const spawnInC = `#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
extern char **environ;
static void spawn(char *program) {
	int p[2], status;
	pid_t pid;
	char *argv[] = {program, 0}, buf[32768];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	if (pipe2(p, O_CLOEXEC)) exit(1);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, p[1], 1);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP);
	if (posix_spawn(&pid, program, &actions, &attr, argv, environ)) exit(1);
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&attr);
	close(p[1]);
	while (read(p[0], buf, sizeof buf) > 0) {}
	close(p[0]);
	if (waitpid(pid, &status, 0) != pid || status) exit(1);
}
int main(int argc, char **argv) {
	struct timespec a, b;
	clock_gettime(CLOCK_MONOTONIC, &a);
	for (int n = atoi(argv[2]); n > 0; n--) spawn(argv[1]);
	clock_gettime(CLOCK_MONOTONIC, &b);
	printf("%lld\n", (b.tv_sec - a.tv_sec) * 1000000000LL +
		b.tv_nsec - a.tv_nsec);
}
`
