package sourcepane

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/tui/cells"
)

// maxSource bounds what is read of one file.
const maxSource = 1 << 20

// Read reads the program of a server. Where that is none of the
// workbook's own, the command that starts it takes its place.
func Read(ctx context.Context, root string, key Key) ([]File, error) {
	var files []File
	for _, folder := range key.Server.SourceFolders(root, key.Step) {
		names, _ := filepath.Glob(filepath.Join(root, filepath.FromSlash(folder), "*.go"))
		slices.SortFunc(names, mainFirst)
		for _, name := range names {
			info, err := os.Stat(name)
			if err != nil || info.Size() > maxSource || strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return nil, fmt.Errorf("the source cannot be read: %w", err)
			}
			files = append(files, NewFile(path.Join(folder, filepath.Base(name)), text))
		}
	}
	if len(files) == 0 {
		return commandSource(ctx, root, key)
	}
	return files, nil
}

// commandSource stands for the source of a server that is not the workbook's
// own: the command line that starts it.
func commandSource(ctx context.Context, root string, key Key) ([]File, error) {
	c, err := course.Command(ctx, root, key.Step, key.Server)
	var missing *course.Unavailable
	if errors.As(err, &missing) {
		return nil, errors.New(missing.Problem + "; " + missing.Advice)
	}
	if err != nil {
		return nil, err
	}
	line := strings.NewReplacer("{host}", "HOST", "{port}", "PORT").Replace(strings.Join(c.Args, " "))
	dir, err := filepath.Rel(root, c.Dir)
	if err != nil {
		dir = c.Dir
	}
	text := "# This server is no program of the workbook.\n" +
		"# It runs in " + filepath.ToSlash(dir) + " as:\n\n" + line + "\n\n" +
		"# The workbook chooses HOST and PORT.\n" +
		"# v goes on to a server whose source is here.\n"
	var rows []cells.Row
	for l := range strings.Lines(text) {
		t := cells.Code
		if strings.HasPrefix(l, "#") {
			t = cells.Comment
		}
		rows = append(rows, cells.Text(t, strings.TrimRight(l, "\n")))
	}
	return []File{{"what runs", text, rows}}, nil
}

// mainFirst sorts main.go before all others.
func mainFirst(a, b string) int {
	rank := func(s string) string {
		if filepath.Base(s) == "main.go" {
			return ""
		}
		return s
	}
	return strings.Compare(rank(a), rank(b))
}
