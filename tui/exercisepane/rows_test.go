package exercisepane

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example/wirebook/tui/cells"
)

// Hints of prose fill the row; a line of code that is too long goes on behind a
// mark.
func TestHintText(t *testing.T) {
	if got := fmt.Sprint(rowTexts(hintText("It stands in message,\n  under it.", false, 60))); got != "[It stands in message, under it.]" {
		t.Errorf("prose: %q", got)
	}
	got := rowTexts(hintText("\nhead := a +\n    b0123456789", true, 12))
	if want := []string{"head := a ", "↳ +", "    b01234", "↳ 56789"}; !slices.Equal(got, want) {
		t.Errorf("code: %q, want %q", got, want)
	}
}

func TestLineDiff(t *testing.T) {
	var got strings.Builder
	for _, l := range lineDiff([]string{"a", "b", "c", "d"}, []string{"a", "x", "c", "d", "y"}) {
		got.WriteString(string(l.mark) + l.text + " ")
	}
	if want := " a -b +x  c  d +y "; got.String() != want {
		t.Errorf("got %q, want %q", got.String(), want)
	}
	if n := len(lineDiff(nil, []string{"a"})); n != 1 {
		t.Errorf("against nothing: %d lines", n)
	}
}

func rowTexts(rows []cells.Row) []string {
	var texts []string
	for _, r := range rows {
		texts = append(texts, r.Plain())
	}
	return texts
}
