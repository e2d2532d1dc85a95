// Package reading is one reader's way through a lesson: which block is in
// front, what one key does next there, and what stays hidden until a question
// has been answered. The screen and plain mode both go by it, so that they
// agree on the way and on what is remembered.
//
// It draws nothing, sends nothing and judges nothing: its callers do, and tell
// it what has been done.
package reading

import (
	"slices"
	"strings"

	"example/wirebook/internal/progress"
	"example/wirebook/lessons"
)

// A Reader is one reader in one lesson.
type Reader struct {
	Lesson *lessons.Lesson
	Done   *progress.Lesson // what the reader has done in it; its maps are made
	Block  int              // the block in front
}

// A Move is what the forward key does next.
type Move int

// The moves.
const (
	ReadOn   Move = iota // go on to the next block
	Send                 // send the exchange in front
	Answer               // choose an answer; its exchange is sent then
	Practise             // open the exercise in front
	Leave                // the lesson is read: go on to the next one
)

// Next is the move at the block in front. What has been done is not asked for
// again: an exchange is sent once, a question answered once.
func (r *Reader) Next() Move {
	b := &r.Lesson.Blocks[r.Block]
	switch {
	case r.IsOpen(r.Block):
		return Answer
	case b.Kind == lessons.Exchange && !r.Done.Sent[b.Exchange.ID()] && !r.asksFirst(r.Block):
		return Send
	case b.Kind == lessons.Exercise && !slices.Contains(r.Done.Passed, b.Name):
		return Practise
	case r.after(r.Block) < 0:
		return Leave
	}
	return ReadOn
}

// Forward goes on to the next block that is not hidden. It reports false where
// there is none.
func (r *Reader) Forward() bool {
	next := r.after(r.Block)
	if next < 0 {
		return false
	}
	r.Block = next
	return true
}

// Back goes to the block before that is not hidden. It reports false at the
// lesson's beginning.
func (r *Reader) Back() bool {
	for b := r.Block - 1; b >= 0; b-- {
		if r.HiddenBy(b) < 0 {
			r.Block = b
			return true
		}
	}
	return false
}

func (r *Reader) after(block int) int {
	for b := block + 1; b < len(r.Lesson.Blocks); b++ {
		if r.HiddenBy(b) < 0 {
			return b
		}
	}
	return -1
}

// IsAction says whether the forward key has something to do at a block, now or
// before: send, answer, practise.
func (r *Reader) IsAction(block int) bool {
	switch r.Lesson.Blocks[block].Kind {
	case lessons.Exchange:
		return !r.asksFirst(block)
	case lessons.Prediction, lessons.Exercise:
		return true
	}
	return false
}

// asksFirst: right below an exchange stands an open question about it. To send
// it would be to see the answer.
func (r *Reader) asksFirst(block int) bool {
	next := block + 1
	return next < len(r.Lesson.Blocks) && r.IsOpen(next) &&
		r.Lesson.Blocks[next].Exchange == r.Lesson.Blocks[block].Exchange
}

// IsOpen says whether a block is a question that is neither answered nor passed
// over.
func (r *Reader) IsOpen(block int) bool {
	q := r.Lesson.Blocks[block].Question
	if q == nil {
		return false
	}
	_, answered := r.Done.Answers[q.Name]
	return !answered && !r.Done.ReadOn[q.Name]
}

// HiddenBy is the open question that hides a block, or -1. What a lesson says
// after a question stays hidden until that is answered or passed over: with its
// answer below it, it would be no question. It ends where the lesson turns to
// something else.
func (r *Reader) HiddenBy(block int) int {
	if r.isTurn(block) || r.introduces(block) {
		return -1
	}
	for b := block - 1; b >= 0; b-- {
		switch {
		case r.IsOpen(b):
			return b
		case r.isTurn(b):
			return -1
		}
	}
	return -1
}

func (r *Reader) isTurn(block int) bool {
	switch r.Lesson.Blocks[block].Kind {
	case lessons.Heading, lessons.Exchange, lessons.Prediction, lessons.Exercise:
		return true
	}
	return false
}

// introduces: a paragraph such as "Now the same, cut in two:" belongs to the
// exchange below it.
func (r *Reader) introduces(block int) bool {
	next := block + 1
	return next < len(r.Lesson.Blocks) && r.Lesson.Blocks[next].Kind == lessons.Exchange &&
		strings.HasSuffix(r.Lesson.Blocks[block].Text, ":")
}

// ExercisesLeft lists the exercises of the lesson that do not pass yet.
func (r *Reader) ExercisesLeft() []string {
	var left []string
	for _, b := range r.Lesson.Blocks {
		if b.Kind == lessons.Exercise && !slices.Contains(r.Done.Passed, b.Name) {
			left = append(left, b.Name)
		}
	}
	return left
}

// Sections lists the blocks at which the lesson's sections begin.
func Sections(l *lessons.Lesson) []int {
	var list []int
	for i, b := range l.Blocks {
		if b.Kind == lessons.Heading && b.Level == 2 {
			list = append(list, i)
		}
	}
	return list
}

// Section is the number of the section that a block is in, from 1; 0 before the
// first.
func Section(l *lessons.Lesson, block int) int {
	n := 0
	for _, first := range Sections(l) {
		if first <= block {
			n++
		}
	}
	return n
}
