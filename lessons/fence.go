package lessons

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"example/wirebook/internal/course"
	"example/wirebook/internal/exchange"
)

// fence converts a fenced block: one of ours, a drawing, or code.
func (p *parser) fence(n *ast.FencedCodeBlock) (*Block, error) {
	info := ""
	if n.Info != nil {
		info = string(n.Info.Segment.Value(p.source))
	}
	words := strings.Fields(info)
	text := strings.TrimSuffix(string(n.Lines().Value(p.source)), "\n")
	if len(words) == 0 {
		return code("", text), nil
	}
	arguments := words[1:]
	if p.depth > 0 && strings.Contains(" exchange excerpt predict exercise ", " "+words[0]+" ") {
		return nil, p.fail("in a list or a quote, where it has no place of its own: %q", words[0])
	}
	switch words[0] {
	case "exchange":
		return p.exchange(arguments, text)
	case "excerpt":
		return p.excerpt(arguments)
	case "predict":
		return p.predict(arguments, text)
	case "exercise":
		return p.exercise(arguments)
	case "drawing":
		return p.drawing(text)
	case "go", "http", "sh", "text":
		return code(words[0], text), nil
	}
	return nil, p.fail("unknown fence: %q", words[0])
}

func code(lang, text string) *Block {
	return &Block{Kind: Code, lang: lang, Text: untab(text)}
}

// untab sets tabs to four columns, as Go code is read here. Lesson code is
// indented with them and holds none elsewhere.
func untab(text string) string { return strings.ReplaceAll(text, "\t", "    ") }

// drawing takes the fence's first line, "text: …", as its form in words.
func (p *parser) drawing(text string) (*Block, error) {
	first, rest, _ := strings.Cut(text, "\n")
	spoken, ok := strings.CutPrefix(first, "text: ")
	if !ok {
		return nil, p.fail("a drawing begins with \"text: …\", which says what it shows: %q", first)
	}
	return &Block{Kind: Drawing, Text: untab(rest), spoken: strings.TrimSpace(spoken)}, nil
}

func (p *parser) predict(arguments []string, text string) (*Block, error) {
	if err := p.name(arguments, "predict"); err != nil {
		return nil, err
	}
	q, line, err := parseQuestion(arguments[0], text, p.line+1, p.lookExchange)
	if err != nil {
		p.line = line
		return nil, p.fail("%w", err)
	}
	words := []string{q.Ask}
	for _, o := range q.Options {
		words = append(words, o.Text)
	}
	return &Block{Kind: Prediction, Name: q.Name, Text: strings.Join(words, "\n"),
		Exchange: q.Exchange, Question: q, Server: q.Server}, nil
}

// name wants exactly one name that this lesson has not used in such a fence.
func (p *parser) name(arguments []string, fence string) error {
	if len(arguments) != 1 {
		return p.fail("a fence \"%s NAME\" has one name: %q", fence, arguments)
	}
	key := fence + " " + arguments[0]
	if p.named[key] {
		return p.fail("named twice: %q", key)
	}
	p.named[key] = true
	return nil
}

// lookExchange finds NAME in the lesson's own step, or NN/NAME in step NN.
func (p *parser) lookExchange(name string) (*exchange.Exchange, error) {
	stepName, short := p.lesson.Step, name
	if number, rest, ok := strings.Cut(name, "/"); ok {
		stepName, short = number, rest
	}
	if step := p.step(stepName); step != nil {
		for _, x := range step.Exchanges {
			if x.Name == short {
				return x, nil
			}
		}
	}
	return nil, unknownExchange(name)
}

type unknownExchange string

func (e unknownExchange) Error() string { return "unknown exchange: \"" + string(e) + "\"" }

// step finds a step by its folder or by its number.
func (p *parser) step(name string) *course.Step {
	for _, s := range p.steps {
		if s.Name == name || strings.HasPrefix(s.Name, name+"-") {
			return s
		}
	}
	return nil
}
