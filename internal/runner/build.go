package runner

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"
)

const (
	// The first build of all compiles Go's own packages too, which on a small
	// and busy machine took more than a minute.
	buildTimeout = 3 * time.Minute
	outputLimit  = 64 << 10 // of the compiler's words, in bytes
)

// Build compiles the Go package in folder pkg (relative to the module's root)
// and returns the program's path, kept in a cache folder of the runner until
// Clean. Nothing is written to the module, which may be read-only.
//
// The path is named after the program's bytes: the same source gives the same
// path, and a newer build never replaces a program that somebody is about to
// start. Builds of one package wait for each other; each sees the source as it
// is when the build begins, never an older one.
//
// Errors are of type *BuildError, or *StartError where there is no Go, or the
// context's.
func Build(ctx context.Context, root, pkg string) (program string, err error) {
	tool, err := exec.LookPath("go")
	if err != nil {
		return "", &StartError{
			Name:   pkg,
			Reason: NoGo,
			Detail: "go is not on PATH",
			Advice: "install Go 1.25 or later from https://go.dev/dl, or put its bin folder on PATH",
		}
	}
	b, err := cache.of(root, pkg)
	if err != nil {
		return "", fmt.Errorf("runner: build: %w", err)
	}
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return "", fmt.Errorf("runner: build: %s: %w", pkg, ctx.Err())
	}
	if err := b.compile(ctx, tool, root, pkg); err != nil {
		return "", err
	}
	return b.keep()
}

// Clean removes what Build has made.
func Clean() error {
	cache.mu.Lock()
	defer cache.mu.Unlock()
	dir := cache.dir
	cache.dir, cache.packages = "", nil
	return os.RemoveAll(dir)
}

// cache is the folder of all builds of this process.
var cache builds

type builds struct {
	mu       sync.Mutex
	dir      string
	packages map[[2]string]*built
}

// A built is one package's corner of the cache.
type built struct {
	turn    chan struct{} // holds a value while the package is built
	dir     string
	program string // where go build puts it; a second build of it is cheaper
	kept    []string
}

func (c *builds) of(root, pkg string) (*built, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.dir == "" {
		sweep()
		dir, err := tempFolder("build")
		if err != nil {
			return nil, err
		}
		c.dir, c.packages = dir, make(map[[2]string]*built)
	}
	key := [2]string{root, pkg}
	if b := c.packages[key]; b != nil {
		return b, nil
	}
	dir, err := os.MkdirTemp(c.dir, "")
	if err != nil {
		return nil, err
	}
	name := filepath.Base(filepath.FromSlash(pkg))
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	b := &built{
		turn:    make(chan struct{}, 1),
		dir:     dir,
		program: filepath.Join(dir, name),
	}
	c.packages[key] = b
	return b, nil
}

func (b *built) compile(ctx context.Context, tool, root, pkg string) error {
	limited, cancel := context.WithTimeout(ctx, buildTimeout)
	defer cancel()
	// Version control is not asked: in somebody else's clone git may refuse,
	// and with it the build.
	cmd := exec.CommandContext(limited, tool, "build", "-buildvcs=false",
		"-o", b.program, "./"+filepath.ToSlash(pkg))
	cmd.Dir = root
	// GOWORK: a workspace around the clone need not name this module.
	cmd.Env = append(os.Environ(), "GOWORK=off")
	output := &prefixBuffer{limit: outputLimit}
	cmd.Stdout, cmd.Stderr = output, output
	tree := newProcessTree(cmd, false)
	defer tree.close()
	cmd.Cancel = func() error {
		tree.kill() // the compilers and the linker too
		return nil
	}
	cmd.WaitDelay = drainTimeout
	err := cmd.Start()
	if err == nil {
		tree.started()
		err = cmd.Wait()
	}
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("runner: build: %s: %w", pkg, ctx.Err())
	case limited.Err() != nil:
		fmt.Fprintf(output, "the build took more than %v", buildTimeout)
	case output.buf.Len() == 0:
		fmt.Fprint(output, err) // it did not even start
	}
	return &BuildError{Pkg: pkg, Output: output.buf.String()}
}

// keptPrograms is how many builds of one package stay on disk: the one that
// runs, the one before it that is being stopped, and one to spare.
const keptPrograms = 3

// keep gives the fresh program a name made of its bytes.
func (b *built) keep() (string, error) {
	sum, err := fileSum(b.program)
	if err != nil {
		return "", fmt.Errorf("runner: build: %w", err)
	}
	dir := filepath.Join(b.dir, sum)
	path := filepath.Join(dir, filepath.Base(b.program))
	b.kept = append(slices.DeleteFunc(b.kept, func(d string) bool { return d == dir }), dir)
	if len(b.kept) > keptPrograms {
		os.RemoveAll(b.kept[0]) // on Windows it stays while it runs, until Clean
		b.kept = b.kept[1:]
	}
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("runner: build: %w", err)
	}
	// A link is enough: go build makes a new file and never writes into an old
	// one. Where there are no links, it is moved, and the next build is full.
	if os.Link(b.program, path) != nil {
		if err := os.Rename(b.program, path); err != nil {
			return "", fmt.Errorf("runner: build: %w", err)
		}
	}
	return path, nil
}

func fileSum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}
