package docroot

import (
	"os"
	"path/filepath"
	"testing"
)

func TestFind(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	www := filepath.Join(root, "steps", "07-none", "www")
	deep := filepath.Join(root, "steps", "07-none", "a", "b")
	for _, dir := range []string{www, deep} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{root, deep, www} {
		t.Chdir(dir)
		if got := Find("07-none"); got != www {
			t.Errorf("in %s: %s, want %s", dir, got, www)
		}
		if got := Find("08-none"); got != "www" {
			t.Errorf("in %s, no such step: %s, want www", dir, got)
		}
	}
	t.Chdir(t.TempDir())
	if got := Find("07-none"); got != "www" {
		t.Errorf("elsewhere: %s, want www", got)
	}
}
