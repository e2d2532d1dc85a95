package runner

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Temporary folders are named after what they hold and the process that made
// them: "wirebook-build-4711-…". A process that is killed leaves them behind;
// the next one removes them.

// tempFolder makes a temporary folder of this process.
func tempFolder(kind string) (string, error) {
	return os.MkdirTemp("", fmt.Sprintf("wirebook-%s-%d-", kind, os.Getpid()))
}

// sweep removes the temporary folders of processes that are no more. One that
// cannot be removed, since it is another user's, stays.
func sweep() {
	folders, err := filepath.Glob(filepath.Join(os.TempDir(), "wirebook-*-*-*"))
	if err != nil {
		return // no pattern of ours is malformed
	}
	for _, folder := range folders {
		words := strings.Split(filepath.Base(folder), "-")
		pid, err := strconv.Atoi(words[2])
		if err == nil && len(words) == 4 && (words[1] == "build" || words[1] == "www") && !isAlive(pid) {
			os.RemoveAll(folder)
		}
	}
}
