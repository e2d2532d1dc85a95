package course

import (
	"slices"
	"strings"
	"testing"
)

func TestFindPart(t *testing.T) {
	const source = "package main\r\n\nfunc serve() {\n\t// Read the head.\n\t// In one go.\n\tdata := recv()\n\n\t// split the line\n\twords := cut(data)\n\t{\n\t\t// a note deeper in\n\t\tuse(words)\n\t}\n}\n\nfunc other() {\n}\n"
	for words, want := range map[string]Part{
		"read the head":  {4, []string{"\t// Read the head.", "\t// In one go.", "\tdata := recv()"}},
		"split the line": {8, []string{"\t// split the line", "\twords := cut(data)", "\t{", "\t\t// a note deeper in", "\t\tuse(words)", "\t}"}},
		"recv":           {},
		"hang up":        {},
	} {
		if got := FindPart([]byte(source), words); got.Line != want.Line || !slices.Equal(got.Text, want.Text) {
			t.Errorf("%s: %d %q, want %d %q", words, got.Line, got.Text, want.Line, want.Text)
		}
	}
	var long strings.Builder
	long.WriteString("// all\n")
	for range 40 {
		long.WriteString("x()\n")
	}
	if got := FindPart([]byte(long.String()), "all"); len(got.Text) != partLines {
		t.Errorf("%d lines", len(got.Text))
	}
}
