package lessons

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"example/wirebook/internal/play"
)

// An observation is what a predicate may look at: everything the client got
// back, in order, how that ended, and whether the server lives.
type observation struct {
	got    []byte
	status int      // of the first response, 0 where none begins
	end    play.End // the worst end of any connection
	alive  bool     // it answered another client afterwards
	died   bool     // its process ended
}

func observe(t *play.Transcript, died bool) observation {
	// A transcript without a probe says nothing against the server's life.
	o := observation{alive: t.Probe == nil && !died, died: died}
	for _, turn := range t.Turns {
		o.got = append(o.got, turn.Got...)
		o.end = max(o.end, turn.End) // End's values grow with the harm done
	}
	o.status = status(o.got)
	return o
}

// status reads a status line as leniently as the clients do that show the
// notes' answers: any version, any line end.
func status(b []byte) int {
	line, _, _ := bytes.Cut(b, []byte("\n"))
	words := strings.Fields(string(line))
	if len(words) < 2 || !strings.HasPrefix(words[0], "HTTP/") {
		return 0
	}
	code, err := strconv.Atoi(words[1])
	if err != nil {
		return 0
	}
	return code
}

// A predicate is a list of conditions that must all hold.
type predicate []func(observation) bool

func (p predicate) holds(o observation) bool {
	for _, condition := range p {
		if !condition(o) {
			return false
		}
	}
	return true
}

// plainConditions have no operand.
var plainConditions = map[string]func(observation) bool{
	"no bytes": func(o observation) bool { return len(o.got) == 0 },
	"closed":   func(o observation) bool { return o.end == play.Closed },
	"reset":    func(o observation) bool { return o.end == play.WasReset },
	"silent":   func(o observation) bool { return o.end == play.Silent },
	"died":     func(o observation) bool { return o.died },
	"alive":    func(o observation) bool { return o.alive },
}

// operandConditions are named by how they begin; longer names stand first.
var operandConditions = []struct {
	name string
	make func(operand string) (func(observation) bool, error)
}{
	{"body contains ", func(text string) (func(observation) bool, error) {
		return func(o observation) bool { return bytes.Contains(body(o.got), []byte(text)) }, nil
	}},
	{"starts ", func(text string) (func(observation) bool, error) {
		return func(o observation) bool { return bytes.HasPrefix(o.got, []byte(text)) }, nil
	}},
	{"bytes > ", numbered(func(o observation, n int) bool { return len(o.got) > n })},
	{"bytes ", numbered(func(o observation, n int) bool { return len(o.got) == n })},
	{"status ", numbered(func(o observation, n int) bool { return o.status == n })},
}

func numbered(test func(observation, int) bool) func(string) (func(observation) bool, error) {
	return func(operand string) (func(observation) bool, error) {
		n, err := strconv.Atoi(operand)
		if err != nil {
			return nil, fmt.Errorf("not a number: %q", operand)
		}
		return func(o observation) bool { return test(o, n) }, nil
	}
}

// body is what follows the first empty line, or nothing.
func body(b []byte) []byte {
	_, crlf, strict := bytes.Cut(b, []byte("\r\n\r\n"))
	if strict {
		return crlf
	}
	_, lf, _ := bytes.Cut(b, []byte("\n\n"))
	return lf
}

// parsePredicate reads conditions joined by " and ". In an operand \n, \r, \t
// and \xHH stand for those bytes.
func parsePredicate(text string) (predicate, error) {
	var p predicate
	for part := range strings.SplitSeq(text, " and ") {
		condition, err := parseCondition(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		p = append(p, condition)
	}
	return p, nil
}

func parseCondition(text string) (func(observation) bool, error) {
	if condition, ok := plainConditions[text]; ok {
		return condition, nil
	}
	for _, c := range operandConditions {
		operand, ok := strings.CutPrefix(text, c.name)
		if !ok {
			continue
		}
		bytes, err := strconv.Unquote(`"` + strings.ReplaceAll(operand, `"`, `\"`) + `"`)
		if err != nil || bytes == "" {
			return nil, fmt.Errorf("not an operand: %q", text)
		}
		return c.make(bytes)
	}
	return nil, fmt.Errorf("unknown predicate: %q", text)
}
