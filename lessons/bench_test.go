package lessons

import (
	"os"
	"testing"

	"example/wirebook/internal/course"
)

// The first lesson, parsed and laid out for 80 columns, has 5 ms.

func firstLesson(b *testing.B) (source []byte, steps []*course.Step) {
	b.Helper()
	source, err := FS.ReadFile("01-socket.md")
	if err != nil {
		b.Fatal(err)
	}
	step, err := course.Load(os.DirFS("../steps"), "01-socket")
	if err != nil {
		b.Fatal(err)
	}
	return source, []*course.Step{step}
}

func BenchmarkParseAndLayout(b *testing.B) {
	source, steps := firstLesson(b)
	sources := os.DirFS("../steps")
	for b.Loop() {
		l, err := Parse("01-socket.md", source, steps, sources)
		if err != nil {
			b.Fatal(err)
		}
		l.Layout(80, State{})
	}
}

func BenchmarkLayout(b *testing.B) {
	source, steps := firstLesson(b)
	l, err := Parse("01-socket.md", source, steps, os.DirFS("../steps"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		l.Layout(80, State{})
	}
}
