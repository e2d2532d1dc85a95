package tui

import (
	"context"
	"crypto/sha256"
	"maps"
	"os"
	"path/filepath"
	"time"
)

// How often the exercise is looked at. Asking the system for two files' times
// costs microseconds; notifications are missed on network folders and WSL.
const pollEvery = 200 * time.Millisecond

// A stamp is what is known of a file: its time and size tell when to read it,
// its sum whether it really changed. An editor that saves by renaming, or that
// touches without changing, is so told apart from a new text.
type stamp struct {
	mod  time.Time
	size int64
	sum  [sha256.Size]byte
}

// takeStamps reads the stamps of a folder's Go files. Files whose time and size are
// as before keep their sum unread.
func takeStamps(dir string, before map[string]stamp) map[string]stamp {
	now := map[string]stamp{}
	names, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			continue // gone between the two: an editor is at work
		}
		old, known := before[name]
		if known && old.mod.Equal(info.ModTime()) && old.size == info.Size() {
			now[name] = old
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			continue
		}
		now[name] = stamp{info.ModTime(), info.Size(), sha256.Sum256(data)}
	}
	return now
}

// sameText compares sums alone.
func sameText(a, b map[string]stamp) bool {
	return maps.EqualFunc(a, b, func(x, y stamp) bool { return x.sum == y.sum })
}

// awaitSave returns when a folder's Go files differ from before and have been
// still for one look, or when the context ends (ok is false). A folder without
// a file is an editor between two steps of its save, not a change.
func awaitSave(ctx context.Context, dir string, before map[string]stamp, every time.Duration) (now map[string]stamp, ok bool) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	last := before
	for {
		select {
		case <-ctx.Done():
			return nil, false
		case <-tick.C:
		}
		now = takeStamps(dir, last)
		if len(now) > 0 && !sameText(now, before) && sameText(now, last) {
			return now, true
		}
		last = now
	}
}
