// Package docroot finds the folder that a step's server serves, so that go run
// works from any folder of the module. It opens no file and serves nothing.
package docroot

import (
	"os"
	"path/filepath"
)

// Find returns the folder www of a step, such as "01-socket": the one below the
// working folder's module, else below that of the program. Where neither has
// one it returns "www", and opening a file there says what is missing.
func Find(step string) string {
	here, _ := os.Getwd()
	program, _ := os.Executable()
	for _, start := range []string{here, filepath.Dir(program)} {
		if www, ok := above(start, step); ok {
			return www
		}
	}
	return "www"
}

// above looks for the step's folder in dir and in each folder that dir is in.
func above(dir, step string) (www string, ok bool) {
	for {
		www = filepath.Join(dir, "steps", step, "www")
		if info, err := os.Stat(www); err == nil && info.IsDir() {
			return www, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}
