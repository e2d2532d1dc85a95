package course

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRoot(t *testing.T) {
	here, err := Root(".")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(here, "internal", "course", "root.go")); err != nil {
		t.Errorf("root %q: %v", here, err)
	}
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "go.mod"), []byte("module example/other\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err = Root(foreign)
	if err == nil || !strings.Contains(err.Error(), "clone of wirebook") {
		t.Errorf("outside a clone: %v", err)
	}
}
