package progress

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Limits. A course's progress is a few kilobytes.
const (
	maxFile     = 1 << 20 // bytes
	lockTimeout = 5 * time.Second
)

// A Store is the progress file. Its methods may be called from several
// goroutines at once.
type Store struct {
	path string

	mu     sync.Mutex
	newest int      // number of the newest save
	base   document // our reader's progress, as we last read or wrote it
}

// NewStore is the store of a file, which need not exist. An empty path is a
// store that can keep nothing.
func NewStore(path string) *Store { return &Store{path: path, base: document{}} }

// Path is the file's name.
func (s *Store) Path() string { return s.path }

// Load reads the file. One that is missing is an empty progress. One that is
// damaged is one, too: it is set aside under a new name, and damaged is that
// name. An error says that nothing can be kept there.
func (s *Store) Load() (p Progress, damaged string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, err := s.read()
	if errors.Is(err, fs.ErrNotExist) {
		return p, "", nil
	}
	if err != nil {
		return p, "", err
	}
	if json.Unmarshal(data, &p) != nil {
		damaged, err = s.setAside()
		return Progress{}, damaged, err
	}
	s.base = documentOf(p)
	return p, "", nil
}

// Save adds to the file what p has changed since the last Load or Save. The
// file is written whole or not at all, and is on the disk when Save returns.
// Saves may overtake each other; n numbers them from 1, and one that is older
// than the newest is left out.
func (s *Store) Save(n int, p Progress) error {
	mine := documentOf(p)
	s.mu.Lock()
	defer s.mu.Unlock()
	if n < s.newest {
		return nil
	}
	if s.path == "" {
		return errors.New("progress: save: no folder of yours to keep it in")
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o755); err != nil {
		return fmt.Errorf("progress: save: %w", err)
	}
	unlock, err := s.lock()
	if err != nil {
		return err
	}
	defer unlock()

	old, err := s.read()
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	theirs := s.base // all that we know of, where the file has gone
	if err == nil {
		theirs, err = decode(old)
		if err != nil { // a slip in somebody's editor
			if _, err := s.setAside(); err != nil {
				return err
			}
			theirs = s.base
		}
	}
	merged := merge(s.base, mine, theirs)
	data, err := json.MarshalIndent(merged, "", "  ")
	if err != nil {
		return fmt.Errorf("progress: save: %w", err)
	}
	data = append(data, '\n')
	if string(data) != string(old) {
		if err := replace(s.path, data); err != nil {
			return fmt.Errorf("progress: save: %w", err)
		}
	}
	s.newest, s.base = n, mine
	return nil
}

// lock waits until no other workbook saves. The lock is a file beside the
// progress, since that one is replaced; the system lets go of it when its
// program ends, however that ends.
func (s *Store) lock() (unlock func(), err error) {
	lock := flock.New(s.path + ".lock")
	ctx, cancel := context.WithTimeout(context.Background(), lockTimeout)
	defer cancel()
	if _, err := lock.TryLockContext(ctx, 10*time.Millisecond); err != nil {
		return nil, fmt.Errorf("progress: lock: %s: %w", lock.Path(), err)
	}
	return func() { lock.Close() }, nil
}

// read reads the file, if it is one: a device or a pipe may never end.
func (s *Store) read() ([]byte, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, fmt.Errorf("progress: read: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("progress: read: not an ordinary file: %s", s.path)
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("progress: read: too large for a progress file: %s", s.path)
	}
	f, err := os.Open(s.path)
	if err != nil {
		return nil, fmt.Errorf("progress: read: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile))
	if err != nil {
		return nil, fmt.Errorf("progress: read: %w", err)
	}
	return data, nil
}

// setAside renames a damaged file to a name that nothing has, so that whoever
// wants to can mend it.
func (s *Store) setAside() (string, error) {
	for n := 1; ; n++ {
		name := fmt.Sprintf("%s.damaged-%d", s.path, n)
		if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.Rename(s.path, name); err != nil {
			return "", fmt.Errorf("progress: set aside: %w", err)
		}
		return name, nil
	}
}

// replace writes a file whole or not at all. It is on the disk before the old
// one goes.
func replace(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".progress-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it has been renamed
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
