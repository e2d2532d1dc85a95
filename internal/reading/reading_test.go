package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/progress"
	"example/wirebook/lessons"
)

var (
	page = &exchange.Exchange{Name: "page"}
	half = &exchange.Exchange{Name: "half"}
)

// lesson is a small one with everything in it.
func lesson() *lessons.Lesson {
	return &lessons.Lesson{Blocks: []lessons.Block{
		{Kind: lessons.Heading, Level: 1, Text: "0 title"},
		{Kind: lessons.Exchange, Exchange: page, Text: "1 page"},
		{Kind: lessons.Heading, Level: 2, Text: "2 section"},
		{Kind: lessons.Exchange, Exchange: half, Text: "3 half"},
		{Kind: lessons.Prediction, Exchange: half, Question: &lessons.Question{Name: "q"}, Text: "4 what?"},
		{Kind: lessons.Paragraph, Text: "5 the answer"},
		{Kind: lessons.Excerpt, Text: "6 the code"},
		{Kind: lessons.Paragraph, Text: "7 now the page again:"},
		{Kind: lessons.Exchange, Exchange: page, Text: "8 page"},
		{Kind: lessons.Paragraph, Text: "9 about it"},
		{Kind: lessons.Exercise, Name: "survive", Text: "10 exercise"},
		{Kind: lessons.Heading, Level: 2, Text: "11 section"},
		{Kind: lessons.Paragraph, Text: "12 the end"},
	}}
}

func reader() *Reader {
	var p progress.Progress
	return &Reader{Lesson: lesson(), Done: p.Of("01-socket")}
}

// walk presses the forward key to the end of the lesson and does what it asks.
func walk(r *Reader, do func(Move, *lessons.Block)) string {
	var told []string
	for range 100 {
		b := &r.Lesson.Blocks[r.Block]
		number, _, _ := strings.Cut(b.Text, " ")
		m := r.Next()
		told = append(told, fmt.Sprintf("%s %s", number, [...]string{"on", "send", "answer", "practise", "leave"}[m]))
		switch m {
		case ReadOn:
			r.Forward()
		case Leave:
			return strings.Join(told, ", ")
		default:
			do(m, b)
		}
	}
	return "no end: " + strings.Join(told, ", ")
}

// The forward key does everything once, in the lesson's order.
func TestForward(t *testing.T) {
	r := reader()
	got := walk(r, func(m Move, b *lessons.Block) {
		switch m {
		case Send:
			r.Done.Sent[b.Exchange.ID()] = true
		case Answer:
			r.Done.Answers[b.Question.Name], r.Done.Sent[b.Exchange.ID()] = 1, true
		case Practise:
			r.Done.Passed = append(r.Done.Passed, b.Name)
		}
	})
	const want = "0 on, 1 send, 1 on, 2 on, 3 on, 4 answer, 4 on, 5 on, 6 on, 7 on, 8 on, 9 on, " +
		"10 practise, 10 on, 11 on, 12 leave"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A question that is passed over hides nothing any more, and its exchange can
// be sent.
func TestPassedOver(t *testing.T) {
	r := reader()
	r.Block = 4
	if hidden := []int{r.HiddenBy(5), r.HiddenBy(6), r.HiddenBy(7), r.HiddenBy(8), r.HiddenBy(9)}; !slices.Equal(hidden, []int{4, 4, -1, -1, -1}) {
		t.Errorf("hidden by %v", hidden)
	}
	r.Forward()
	if r.Block != 7 {
		t.Errorf("from the open question to block %d", r.Block)
	}
	if r.Back(); r.Block != 4 {
		t.Errorf("back to block %d", r.Block)
	}
	r.Done.ReadOn["q"] = true
	if r.Forward(); r.Block != 5 {
		t.Errorf("from the question passed over to block %d", r.Block)
	}
	if r.Block = 3; r.Next() != Send {
		t.Errorf("the exchange above is not sent: %v", r.Next())
	}
}

func TestEnds(t *testing.T) {
	r := reader()
	if r.Back() {
		t.Error("back from the beginning")
	}
	r.Block = 12
	if r.Forward() || r.Block != 12 {
		t.Error("on from the end")
	}
}

func TestSections(t *testing.T) {
	l := lesson()
	if got := Sections(l); !slices.Equal(got, []int{2, 11}) {
		t.Errorf("sections at %v", got)
	}
	for block, want := range map[int]int{0: 0, 1: 0, 2: 1, 10: 1, 11: 2, 12: 2} {
		if got := Section(l, block); got != want {
			t.Errorf("block %d is in section %d, want %d", block, got, want)
		}
	}
}

func TestExercisesLeft(t *testing.T) {
	r := reader()
	if got := r.ExercisesLeft(); !slices.Equal(got, []string{"survive"}) {
		t.Errorf("left: %v", got)
	}
	r.Done.Passed = []string{"survive"}
	if got := r.ExercisesLeft(); len(got) > 0 {
		t.Errorf("left: %v", got)
	}
}

// What keys act on are exchanges, questions and exercises; an exchange below
// which its question is open is left to that.
func TestIsAction(t *testing.T) {
	r := reader()
	var got []int
	for i := range r.Lesson.Blocks {
		if r.IsAction(i) {
			got = append(got, i)
		}
	}
	if !slices.Equal(got, []int{1, 4, 8, 10}) {
		t.Errorf("got %v", got)
	}
}

// An exchange above a question about another one is sent at once.
func TestQuestionAboutAnother(t *testing.T) {
	r := reader()
	r.Lesson.Blocks[3].Exchange = page
	r.Done.Sent = map[string]bool{}
	if r.Block = 3; r.Next() != Send || !r.IsAction(3) {
		t.Errorf("got move %d", r.Next())
	}
}
