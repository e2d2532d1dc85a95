package lessons

import (
	"fmt"
	"strings"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
)

// parseServer finds a server that a lesson may speak of. The third one is the
// learner's own, and what that answers no lesson knows.
func parseServer(word string) (s course.Server, ok bool) {
	s, ok = course.ParseServer(word)
	return s, ok && s != course.Yours
}

// A Question is a prediction: what will this exchange do to that server?
type Question struct {
	Name     string // unique in its lesson; the key of State.Answers
	Exchange *exchange.Exchange
	Server   course.Server // which one answers
	Ask      string
	Options  []Option
}

// An Option is one possible answer. Which one is right is not written down: it
// is the one whose predicate holds for what came over the wire.
type Option struct {
	Text  string // "a 400: servers check what they read"
	Reply string // what to look at; shown once this option has been chosen
	when  predicate
}

// Decide returns the first option whose predicate holds for the transcript, or
// -1 when none does: the learner's own server may answer what no option names.
// died tells whether the server's process ended.
func (q *Question) Decide(t *play.Transcript, died bool) int {
	o := observe(t, died)
	for i := range q.Options {
		if q.Options[i].when.holds(o) {
			return i
		}
	}
	return -1
}

// parseQuestion reads the body of a ```predict fence. The line numbers in its
// errors count from first.
func parseQuestion(name, body string, first int, look func(string) (*exchange.Exchange, error)) (*Question, int, error) {
	q := &Question{Name: name, Server: course.Notes}
	for i, line := range strings.Split(body, "\n") {
		at := first + i
		text := strings.TrimSpace(line)
		key, value, _ := strings.Cut(text, ":")
		value = strings.TrimSpace(value)
		switch {
		case text == "":
		case strings.HasPrefix(text, "- "):
			option, reply, ok := strings.Cut(text[2:], "::")
			if !ok {
				return nil, at, fmt.Errorf("an option is \"- what happens :: what to look at\": %q", text)
			}
			q.Options = append(q.Options, Option{Text: strings.TrimSpace(option), Reply: strings.TrimSpace(reply)})
		case key == "when" && len(q.Options) > 0:
			o := &q.Options[len(q.Options)-1]
			when, err := parsePredicate(value)
			if err != nil {
				return nil, at, err
			}
			o.when = when
		case key == "exchange" && len(q.Options) == 0:
			x, err := look(value)
			if err != nil {
				return nil, at, err
			}
			q.Exchange = x
		case key == "server":
			var ok bool
			if q.Server, ok = parseServer(value); !ok {
				return nil, at, fmt.Errorf("a prediction is about the server notes or reference: %q", value)
			}
		case key == "ask" && len(q.Options) == 0:
			q.Ask = value
		default:
			return nil, at, fmt.Errorf("unknown line in a prediction: %q", text)
		}
	}
	return q, first, q.complete()
}

// complete says what a question still lacks.
func (q *Question) complete() error {
	switch {
	case q.Exchange == nil:
		return fmt.Errorf("prediction without \"exchange:\": %q", q.Name)
	case q.Ask == "":
		return fmt.Errorf("prediction without \"ask:\": %q", q.Name)
	case len(q.Options) < 2:
		return fmt.Errorf("prediction with fewer than two options: %q", q.Name)
	}
	for _, o := range q.Options {
		if o.when == nil {
			return fmt.Errorf("option without \"when:\": %q", o.Text)
		}
	}
	return nil
}

// rows of a question: the options, and once one is chosen what the wire says.
// The option that was chosen keeps its mark; the reply is the one that belongs
// to it, so that a wrong guess learns what it overlooked.
func (q *Question) rows(width int, v view) []row {
	rows := prose(q.Ask, Strong, width)
	chosen, answered := v.state.Answers[q.Name]
	answered = answered && chosen >= 0 && chosen < len(q.Options)
	for i, o := range q.Options {
		cursor, mark, role := "  ", "( ) ", Choice
		if v.focused && !answered && v.state.Choice == i {
			cursor = "› "
		}
		if answered && chosen == i {
			mark, role = "(•) ", Chosen
		}
		text := prose(o.Text, role, width-6)
		text = hang(text, Span{Text: mark, Role: role}, Span{Text: "    "})
		text = hang(text, Span{Text: cursor, Role: Key}, Span{Text: "  "})
		for _, r := range text {
			for k := range r {
				r[k].Option = i + 1
			}
		}
		rows = append(rows, text...)
	}
	if !answered {
		return rows
	}
	rows = append(rows, nil)
	decided, sent := v.state.Decided[q.Name]
	return append(rows, q.verdict(chosen, decided, sent).lines(width)...)
}

// verdict puts the learner's option beside what came over the wire.
func (q *Question) verdict(chosen, decided int, sent bool) *flow {
	said := "You said: " + q.Options[chosen].Text + "."
	switch {
	case !sent:
		said += " Send the exchange: the wire decides."
	case decided == chosen:
		said += " The wire agrees. " + q.Options[chosen].Reply
	case decided < 0 || decided >= len(q.Options):
		said += " The wire shows something else: your server answers in its own way."
	default:
		said += " The wire shows: " + q.Options[decided].Text + ". " + q.Options[chosen].Reply
	}
	f := newFlow(said, nil)
	return &f
}
