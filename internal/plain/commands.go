package plain

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/internal/reading"
	"example/wirebook/lessons"
)

// A command is one word that a reader may type.
type command struct {
	word string
	args string // what may follow, for help
	does string
	run  func(w *Workbook, args []string)
}

// commands lists all words but quit. A beginning of a word counts for the first
// one in the list that has it.
func commands() []command {
	return []command{
		{"on", "", "reads on, and leaves undone what enter would do here", (*Workbook).readOn},
		{"back", "", "goes back to the block before", (*Workbook).back},
		{"again", "", "reads this block once more", func(w *Workbook, _ []string) { w.said = -1 }},
		{"send", "[SERVER]", "sends the exchange in front; SERVER is notes, reference or yours", (*Workbook).sendAgain},
		{"check", "", "builds your server and judges it by the step's exercises", func(w *Workbook, _ []string) { w.check() }},
		{"exercise", "[NAME]", "goes to an exercise: the next one that is left, or the one named", (*Workbook).exercise},
		{"hint", "", "gives a hint, once your server has failed a check", (*Workbook).hint},
		{"file", "", "says which file to edit, and reads the lines that the exercise is about", (*Workbook).file},
		{"server", "[SERVER]", "puts notes, reference or yours behind the address, for other clients too", (*Workbook).serve},
		{"wire", "[N]", "lists the last connections, or reads what passed on connection N", (*Workbook).readWire},
		{"parts", "[N]", "explains connection N part by part: the last one without N", (*Workbook).readParts},
		{"contents", "", "lists the sections and exercises of this lesson, and the lessons", (*Workbook).contents},
		{"go", "N", "goes to section N", (*Workbook).goTo},
		{"lesson", "N", "opens lesson N", (*Workbook).goLesson},
		{"address", "", "says where your server is", func(w *Workbook, _ []string) { w.say("http://%s", w.addr()) }},
		{"help", "", "lists the commands", (*Workbook).help},
	}
}

// obey does what a line says. It returns false for quit.
func (w *Workbook) obey(words []string) bool {
	if len(words) == 0 {
		w.next()
		return true
	}
	word := words[0]
	if word == "q" || word == "quit" {
		return false
	}
	if n, err := strconv.Atoi(word); err == nil {
		w.answer(n)
		return true
	}
	for _, c := range commands() {
		if strings.HasPrefix(c.word, word) {
			c.run(w, words[1:])
			w.keep()
			return true
		}
	}
	w.say("There is no command %q. Type help for those that there are.", word)
	return true
}

func (w *Workbook) help([]string) {
	lines := []string{"Enter does the next thing; the prompt says what. A number answers a question."}
	for _, c := range commands() {
		lines = append(lines, fmt.Sprintf("%s: %s.", strings.TrimSpace(c.word+" "+c.args), c.does))
	}
	lines = append(lines, "quit: leaves; what you have done is kept.", "The beginning of a word will do: c for check.")
	w.print(strings.Join(lines, "\n"))
}

func (w *Workbook) readOn([]string) {
	if w.reader.Next() == reading.Answer {
		w.reader.Done.ReadOn[w.block().Question.Name] = true
	}
	if !w.reader.Forward() {
		w.leave()
	}
}

func (w *Workbook) back([]string) {
	if !w.reader.Back() {
		w.say("This is the beginning of the lesson.")
	}
	w.said, w.stay = -1, true
}

// contents lists what there is, and what of it is done.
func (w *Workbook) contents([]string) {
	var lines []string
	n := 0
	for i, b := range w.lesson().Blocks {
		switch {
		case w.isSection(i):
			n++
			here := ""
			if n == reading.Section(w.lesson(), w.reader.Block) {
				here = " (you are here)"
			}
			lines = append(lines, fmt.Sprintf("Section %d: %s%s.", n, b.Text, here))
		case b.Kind == lessons.Exercise:
			state := "to do"
			if slices.Contains(w.reader.Done.Passed, b.Name) {
				state = "done"
			}
			lines = append(lines, fmt.Sprintf("Exercise %s: %s.", b.Name, state))
		}
	}
	for i, l := range w.Lessons {
		here := ""
		if i == w.index {
			here = " (open)"
		}
		lines = append(lines, fmt.Sprintf("Lesson %.2s: %s, %d minutes%s.", l.Step, l.Title, l.Minutes, here))
	}
	w.print(strings.Join(lines, "\n"))
}

func (w *Workbook) goTo(args []string) {
	all := reading.Sections(w.lesson())
	n := 0
	if len(args) == 1 {
		n, _ = strconv.Atoi(args[0])
	}
	if n < 1 || n > len(all) {
		w.say("Type go and the number of a section, from 1 to %d.", len(all))
		return
	}
	w.reader.Block, w.said = all[n-1], -1
}

func (w *Workbook) goLesson(args []string) {
	var names []string
	for _, l := range w.Lessons {
		names = append(names, l.Step)
	}
	if len(args) == 1 {
		if name, ok := course.Find(names, args[0]); ok {
			w.keep()
			w.open(slices.Index(names, name))
			return
		}
	}
	w.say("Type lesson and a number, from %.2s to %.2s.", w.Lessons[0].Step, w.Lessons[len(w.Lessons)-1].Step)
}

// exercise goes to the exercise named, or to the first one that is left.
func (w *Workbook) exercise(args []string) {
	left := w.reader.ExercisesLeft()
	if len(args) == 0 && len(left) > 0 {
		args = left[:1]
	}
	if len(args) == 0 {
		w.say("No exercise is left in this lesson.")
		return
	}
	for i, b := range w.lesson().Blocks {
		if b.Kind == lessons.Exercise && b.Name == args[0] {
			w.reader.Block, w.said = i, -1
			return
		}
	}
	w.say("This lesson has no exercise %q. Type contents for those that it has.", args[0])
}

// file names the learner's file, and reads the lines that the exercise is about.
func (w *Workbook) file([]string) {
	step := w.step()
	if step == nil || !course.HasExercise(w.Root, step.Name) {
		w.say("This lesson has no exercise, so that there is no file of yours.")
		return
	}
	path := course.Workfile(w.Root, step.Name)
	text := "Your server is " + path + "."
	if e := step.Exercise(w.block().Name); e != nil && w.block().Kind == lessons.Exercise {
		text += " " + w.place(path, e.Look)
	}
	w.print(text)
}

// place reads the part of a file that a comment with these words names.
func (w *Workbook) place(path, words string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return "It cannot be read: " + err.Error() + "."
	}
	part := course.FindPart(data, words)
	if part.Line == 0 {
		return fmt.Sprintf("The part %q is not marked in it any more.", words)
	}
	text := fmt.Sprintf("The part is called %q. From line %d on:", words, part.Line)
	return text + "\n" + indent(printable(strings.Join(part.Text, "\n")))
}
