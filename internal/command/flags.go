package command

import (
	"flag"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// parse reads flags wherever they stand among the words, up to "--", and
// returns the words and what followed "--" (nil when there was no "--").
func parse(name string, define func(*flag.FlagSet), args []string) (words, command []string, err error) {
	if i := slices.Index(args, "--"); i >= 0 {
		args, command = args[:i], append([]string{}, args[i+1:]...)
	}
	set := flag.NewFlagSet(name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	define(set)
	for len(args) > 0 {
		if err := set.Parse(args); err != nil {
			return nil, nil, &usageError{err.Error(), name}
		}
		if args = set.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	return words, command, nil
}

// jsonFlag defines --json. Whether the call has it was seen before its words
// were read, so that an error in them is told in JSON too.
func (a *app) jsonFlag(f *flag.FlagSet) { f.BoolVar(&a.json, "json", a.json, "") }

// stepName finds a step's folder from what a person types: "01", "1", "socket"
// or "01-socket".
func stepName(fsys fs.FS, word string) (string, error) {
	names, err := stepNames(fsys)
	if err != nil {
		return "", err
	}
	for _, name := range names {
		number, title, _ := strings.Cut(name, "-")
		if word == name || word == number || word == title || "0"+word == number {
			return name, nil
		}
	}
	return "", fmt.Errorf("there is no step %q; the steps are %s", word, strings.Join(names, ", "))
}

// stepNames lists the folders that hold exchanges, in order.
func stepNames(fsys fs.FS) ([]string, error) {
	found, err := fs.Glob(fsys, "[0-9][0-9]-*/exchanges")
	if err != nil {
		return nil, err
	}
	for i, path := range found {
		found[i] = strings.TrimSuffix(path, "/exchanges")
	}
	return found, nil
}
