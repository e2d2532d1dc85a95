package command

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/steps"
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

// serverFlag defines --server, and --version, its name in earlier releases.
func serverFlag(f *flag.FlagSet, server *course.Server) {
	set := func(word string) (err error) {
		known := false
		if *server, known = course.ParseServer(word); !known {
			return errors.New("a server is notes, reference or yours")
		}
		return nil
	}
	f.Func("server", "", set)
	f.Func("version", "", set)
}

// findStep finds the step that a word of a call names, or returns the usageError
// of the verb.
func findStep(word, verb string) (string, error) {
	names, err := course.Names(steps.FS)
	if err != nil {
		return "", err
	}
	return find("step", names, word, verb)
}

// find does it for the names of whatever noun calls them.
func find(noun string, names []string, word, verb string) (string, error) {
	name, ok := course.Find(names, word)
	if !ok {
		text := fmt.Sprintf("there is no %s %q; the %ss are %s", noun, word, noun, strings.Join(names, ", "))
		return "", &usageError{text, verb}
	}
	return name, nil
}
