package course

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

const lineEnds = `-- line-ends --
title: end lines with CR LF
task: Your program ends the lines of its head in LF.
  End them in CR LF.
look: write the head
notes: E2 E3
minutes: 5
hint1: Send 01/page.
hint2: Two bytes.
hint3:
  if x {
    y()

  }
`

func TestParseExercises(t *testing.T) {
	want := []Exercise{{
		Name: "line-ends", Title: "end lines with CR LF",
		Task: "Your program ends the lines of its head in LF. End them in CR LF.",
		Look: "write the head", Notes: []string{"E2", "E3"}, Minutes: 5,
		Hints: []string{"Send 01/page.", "Two bytes.", "if x {\n  y()\n\n}"},
	}}
	got, err := ParseExercises("exercises.txtar", []byte("# the first step\n\n"+lineEnds))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v, %v\nwant %+v", got, err, want)
	}
	second := strings.Replace(lineEnds, "-- line-ends", "-- second", 1)
	if got, err := ParseExercises("e", []byte(lineEnds+second)); err != nil || len(got) != 2 || got[1].Name != "second" {
		t.Error(got, err)
	}
}

func TestParseExercisesErrors(t *testing.T) {
	for file, want := range map[string]string{
		"title: x\n" + lineEnds: "!1: key before the first section: title",
		"a line\n" + lineEnds:   `!1: not a key and a value: "a line"`,
		lineEnds + lineEnds:     "15: exercise given twice: line-ends",
		lineEnds + "hint4: x\n": "15: unknown key: hint4",
		strings.Replace(lineEnds, "minutes: 5", "minutes: 0", 1): "7: minutes: not a number from 1: 0",
		strings.Replace(lineEnds, "minutes: 5\n", "", 1):         "1: line-ends: no minutes",
		strings.Replace(lineEnds, "E3", "3", 1):                  "6: not an error of the notes: 3",
		strings.Replace(lineEnds, "Two bytes.", "", 1):           "9: no value: hint2",
		strings.Replace(lineEnds, "look", "luck", 1):             "5: unknown key: luck",
	} {
		_, err := ParseExercises("exercises.txtar", []byte(file))
		by := "course"
		if rest, notation := strings.CutPrefix(want, "!"); notation {
			by, want = "exchange", rest
		}
		if want = by + ": exercises.txtar:" + want; err == nil || err.Error() != want {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

// TestFormat reads the example of an exercise in FORMAT.md.
func TestFormat(t *testing.T) {
	text, err := os.ReadFile("../exchange/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?s)```\n(.*?)```\n").FindAllSubmatch(text, -1)
	if len(examples) != 2 {
		t.Fatalf("%d examples, want an exchange and an exercise", len(examples))
	}
	if list, err := ParseExercises("exercises.txtar", examples[1][1]); err != nil || len(list) != 1 {
		t.Error(list, err)
	}
}
