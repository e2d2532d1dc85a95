package course

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
)

// Root returns the module's root folder for a folder within a clone: the first
// one upwards whose go.mod is ours.
func Root(dir string) (string, error) {
	start, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("course: root: %w", err)
	}
	for at := start; ; at = filepath.Dir(at) {
		data, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil && modulePath(string(data)) == ourModule() {
			return at, nil
		}
		if at == filepath.Dir(at) {
			return "", fmt.Errorf("course: root: %s is not in a clone of wirebook: run it inside one", start)
		}
	}
}

// ourModule is the module's path, read off the package's own: whoever gives the
// module another name has no second place to change.
func ourModule() string {
	return strings.TrimSuffix(reflect.TypeFor[Step]().PkgPath(), "/internal/course")
}

// modulePath finds the module line of a go.mod.
func modulePath(gomod string) string {
	for line := range strings.Lines(gomod) {
		if words := strings.Fields(line); len(words) >= 2 && words[0] == "module" {
			return strings.Trim(words[1], `"`)
		}
	}
	return ""
}
