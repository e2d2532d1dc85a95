package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// wordsOut are the words that have given way to one that is used everywhere:
// code, comments, lessons, help and exchanges.
var wordsOut = map[string]string{
	"blank line": "empty line",
	"converse":   "serveConn",
	"crlfcrlf":   "empty line",
	"door":       "listener",
	"doors":      "listeners",
	"grace":      "a timeout that says of what",
	"knock":      "connect",
	"knocks":     "connects",
	"linger":     "shutdownTimeout",
	"lookout":    "readiness, tap",
	"patience":   "a timeout that says of what",
	"refusal":    "errorResponse",
	"refusals":   "error responses",
	"remark":     "finding",
	"remarks":    "findings",
}

// notOurWords are names and sentences of others in which such a word stands.
var notOurWords = strings.NewReplacer(
	"SetLinger", "", // package net's
	"connection closed before the blank line", "", // a recorded response in Python
)

// aWord is a word of a text, or a part of an identifier: readTimeout has two.
var aWord = regexp.MustCompile(`[Bb]lank line|CRLFCRLF|[A-Z]?[a-z]+|[A-Z]+`)

func outOf(line string) (found []string) {
	for _, word := range aWord.FindAllString(notOurWords.Replace(line), -1) {
		word = strings.ToLower(word)
		if _, out := wordsOut[word]; out {
			found = append(found, word)
		}
	}
	return found
}

// TestWords: one word for one thing, wherever it is read.
func TestWords(t *testing.T) {
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		slashed := filepath.ToSlash(name)
		if d.IsDir() {
			if d.Name() == ".git" {
				return fs.SkipDir
			}
			return nil
		}
		if slashed == "words_test.go" { // the list itself
			return nil
		}
		switch filepath.Ext(name) {
		case ".go", ".md", ".txtar":
		default:
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		n := 0
		for line := range strings.Lines(string(data)) {
			n++
			for _, word := range outOf(line) {
				t.Errorf("%s:%d: %q; say: %s", slashed, n, word, wordsOut[word])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for line, want := range map[string]string{
		"the door of testPatience": "door patience", "a blank line": "blank line", "Blank lines": "blank line",
		"doorway, graceful, blank": "", "c.SetLinger(0)": "", "case CRLFCRLF": "crlfcrlf",
	} {
		if got := strings.Join(outOf(line), " "); got != want {
			t.Errorf("%q: found %q, want %q", line, got, want)
		}
	}
}
