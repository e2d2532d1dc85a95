package tui

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"example/wirebook/internal/check"
	"example/wirebook/internal/course"
)

// Where progress cannot be kept, the reader is told once and goes on.
func TestUnwritableProgress(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "file")
		mustWrite(t, file, "")
		h := newHarness(t, 100, 30, func(o *Options) { o.StatePath = filepath.Join(file, "progress.json") })
		h.wantScreen("progress is not kept")
		h.press("]")
		h.wantNot("progress is not kept")
	})
}

// A save is seen however an editor makes it; a touch is none.
func TestAwaitSave(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "main.go")
	ways := map[string]struct {
		save func()
		seen bool
	}{
		"written in place": {func() { mustWrite(t, file, "two") }, true},
		"renamed over": {func() {
			mustWrite(t, file+".tmp", "three")
			if err := os.Rename(file+".tmp", file); err != nil {
				t.Fatal(err)
			}
		}, true},
		"removed, then written": {func() {
			os.Remove(file)
			mustWrite(t, file, "four")
		}, true},
		"same size, same time": {func() {
			info, _ := os.Stat(file)
			mustWrite(t, file, "ONE")
			os.Chtimes(file, time.Now(), info.ModTime().Add(time.Nanosecond))
		}, true},
		"a second file": {func() { mustWrite(t, filepath.Join(dir, "more.go"), "package main") }, true},
		"touched":       {func() { os.Chtimes(file, time.Now(), time.Now().Add(time.Hour)) }, false},
		"a backup":      {func() { mustWrite(t, file+".bak-1", "old") }, false},
		"removed":       {func() { os.Remove(file) }, false},
	}
	for name, way := range ways {
		os.RemoveAll(filepath.Join(dir, "more.go"))
		mustWrite(t, file, "one")
		before := takeStamps(dir, nil)
		way.save()
		within := 5 * time.Second
		if !way.seen {
			within = 30 * time.Millisecond
		}
		ctx, cancel := context.WithTimeout(t.Context(), within)
		_, ok := awaitSave(ctx, dir, before, time.Millisecond)
		cancel()
		if ok != way.seen {
			t.Errorf("%s: seen %v, want %v", name, ok, way.seen)
		}
	}
}

// Saving checks; where your server stands behind the tap, it is started afresh.
func TestSaveChecksAndRestarts(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		file := filepath.Join(course.ExerciseFolder(h.m.o.Root, "01-socket"), "main.go")
		mustWrite(t, file, "package main")
		h.after(time.Second)
		h.checks, h.session.starts = 0, nil
		h.results = failing(h.step())
		mustWrite(t, file, "package main // better")
		h.after(time.Second)
		if h.checks != 1 || len(h.session.starts) != 0 {
			t.Errorf("notes behind the tap: %d checks, started %v", h.checks, h.session.starts)
		}
		h.wantScreen("1 of 2 pass; next: end lines with CR LF (3 to look)")
		h.press("v", "v")
		h.session.starts = nil
		mustWrite(t, file, "package main // best")
		h.after(time.Second)
		if h.checks != 2 || len(h.session.starts) != 1 || h.session.starts[0] != course.Yours {
			t.Errorf("yours behind the tap: %d checks, started %v", h.checks, h.session.starts)
		}
		h.press("S") // stopped: a save leaves it so
		h.session.starts = nil
		mustWrite(t, file, "package main // best of all")
		h.after(time.Second)
		if h.checks != 3 || len(h.session.starts) != 0 {
			t.Errorf("nothing behind the tap: %d checks, started %v", h.checks, h.session.starts)
		}
		h.press("]", "]")
		h.after(time.Second)
		h.checks = 0
		mustWrite(t, file, "package main // of another lesson")
		h.after(time.Second)
		if h.checks != 0 {
			t.Error("the exercise of a lesson that is closed was checked")
		}
	})
}

// A save while a check runs ends that one: two would be one too many for the
// machine, and the older one is about a program that is gone.
func TestNewerCheckEndsTheOther(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		ended := 0
		h := newHarness(t, 100, 30, func(o *Options) {
			o.Check = func(ctx context.Context, _ string, _ func(check.Result)) ([]check.Result, error) {
				<-ctx.Done()
				ended++
				return nil, ctx.Err()
			}
		})
		file := filepath.Join(course.ExerciseFolder(h.m.o.Root, "01-socket"), "main.go")
		mustWrite(t, file, "package main")
		for _, text := range []string{"package main // one", "package main // two"} {
			h.after(time.Second)
			mustWrite(t, file, text)
		}
		before := ended
		h.after(time.Second)
		if ended != before+1 {
			t.Errorf("%d checks were ended by the newer one", ended-before)
		}
	})
}

// A save counts when the file has been still for one look: editors write in
// several steps.
func TestHalfASave(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "main.go")
		mustWrite(t, file, "old")
		before, begun := takeStamps(filepath.Dir(file), nil), time.Now()
		for at, text := range map[time.Duration]string{100 * time.Millisecond: "ha", 300 * time.Millisecond: "whole"} {
			time.AfterFunc(at, func() { mustWrite(t, file, text) })
		}
		_, ok := awaitSave(t.Context(), filepath.Dir(file), before, 200*time.Millisecond)
		if took := time.Since(begun); !ok || took != 600*time.Millisecond {
			t.Errorf("seen %v after %v, want 600 ms", ok, took)
		}
	})
}

// A save in a step that is not open is none of our business.
func TestSaveOfAnotherStep(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		h := newHarness(t, 100, 30, nil)
		h.tell(exerciseSaved{step: "02-post"})
		if h.checks != 0 {
			t.Errorf("%d checks", h.checks)
		}
	})
}
