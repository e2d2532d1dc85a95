//go:build unix

package main

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"example/wirebook/internal/steptest"
)

// A signal ends the server and the script that it runs. The server ends well,
// and leaves no file behind.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	dir := openCopy(t, "www", nil)
	script := filepath.Join(dir, "cgi-bin", "sleep.sh")
	must(t, os.WriteFile(script, []byte("#!/bin/sh\n"+
		"echo Content-Type: text/plain\necho\necho $$\nexec sleep 600\n"), 0o755))
	temp := t.TempDir()
	server := exec.Command(steptest.Build(t, step), "-addr", "127.0.0.1:0",
		"-dir", dir, "-quiet")
	server.Env = append(os.Environ(), "TMPDIR="+temp)
	stderr, err := server.StderrPipe()
	must(t, err)
	must(t, server.Start())
	defer server.Process.Kill()
	log := bufio.NewReader(stderr)
	line, err := log.ReadString('\n')
	must(t, err)
	addr := strings.TrimPrefix(strings.TrimSpace(line), "listening on http://")

	conn, err := net.Dial("tcp", addr)
	must(t, err)
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	io.WriteString(conn, "POST /cgi-bin/sleep.sh HTTP/1.0\r\n"+
		"Content-Length: 3\r\n\r\na=b")
	answer := bufio.NewReader(conn)
	for line != "\r\n" {
		line, err = answer.ReadString('\n')
		must(t, err)
	}
	line, err = answer.ReadString('\n')
	must(t, err)
	group, err := strconv.Atoi(strings.TrimSpace(line))
	must(t, err)

	asked := time.Now()
	must(t, server.Process.Signal(os.Interrupt))
	io.Copy(io.Discard, log)
	if took := time.Since(asked); took > 15*time.Second {
		t.Errorf("it took %v", took) // the script's own limit is 30 s
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the server: %v", err)
	}
	if err := syscall.Kill(-group, syscall.SIGKILL); err != syscall.ESRCH {
		t.Errorf("the script: %v, want %v", err, syscall.ESRCH)
	}
	left, err := os.ReadDir(temp)
	must(t, err)
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
