package runner

import (
	"fmt"
	"os"
	"path/filepath"

	"example/wirebook/internal/exchange"
)

// copyFolder copies dir to a temporary folder and puts files into it. The
// original is left alone: an exchange's files are for one server's life.
func copyFolder(dir string, files []exchange.File) (folder string, err error) {
	for _, f := range files {
		// The name comes from an exchange file, which may be anybody's.
		if !filepath.IsLocal(filepath.FromSlash(f.Name)) {
			return "", fmt.Errorf("file name leaves the folder: %q", f.Name)
		}
	}
	folder, err = tempFolder("www")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(folder)
		}
	}()
	// MkdirTemp's folder is ours alone, and a server may be another user, or
	// run its scripts as one.
	if err := os.Chmod(folder, 0o755); err != nil {
		return "", err
	}
	if err := os.CopyFS(folder, os.DirFS(dir)); err != nil {
		return "", err
	}
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return "", err
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			return "", err
		}
	}
	return folder, nil
}
