package judge

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
	"example/wirebook/internal/response"
	"example/wirebook/internal/visible"
)

// Exact compares a transcript with the exchange byte for byte: what came, all
// of it and nothing more, and how it ended. It returns nil when they agree.
func Exact(x *exchange.Exchange, t *play.Transcript) *Failure {
	for _, r := range rounds(x, t) {
		var f *finding
		switch {
		case r.turn == nil:
			f = &finding{saw: "it was not played to this point", at: -1}
		case r.action.Kind == exchange.ExpectClose:
			f = exactClose(r)
		default:
			f = exactAnswer(r)
		}
		if f != nil {
			return failure(x, t, r, "", f)
		}
	}
	if t.Probe != nil {
		return failure(x, t, round{}, "", &finding{saw: sawDead(t.Probe), at: -1, rule: rules[exchange.Alive]})
	}
	return nil
}

func exactClose(r round) *finding {
	if n := len(r.turn.Got); n > 0 {
		return &finding{saw: visible.Count(n, "byte") + " too many came before the close", at: len(r.got) - n, due: "nothing more", rule: ruleSurplus}
	}
	return compareEnd(r)
}

// compareEnd asks for a close, where one is awaited.
func compareEnd(r round) *finding {
	f := &finding{at: -1, due: "a close", rule: rules[exchange.Close]}
	switch r.turn.End {
	case play.Closed:
		return nil
	case play.WasReset:
		f.saw, f.rule = sawReset(r), ruleReset
	case play.Refused:
		f.saw = sawNothing(r)
	default:
		f.saw = "the connection stays open"
	}
	return f
}

func exactAnswer(r round) *finding {
	a, t := r.action.Response, r.turn
	if len(t.Got) == 0 {
		return nothingCame(r)
	}
	var f *finding
	if r.action.Raw {
		f = matchAll([]piece{{literal: a.Pattern}}, t.Got)
	} else if a.Match == exchange.BodyExact {
		f = matchAll(pieces(a.Pattern), t.Got)
	} else {
		f = exactHead(r)
	}
	switch {
	case f != nil:
		f.due = dueLine(a, t.Got, f)
		return f
	case t.End == play.WasReset:
		return &finding{saw: sawReset(r), at: -1, rule: ruleReset}
	case t.End == play.Silent:
		return &finding{saw: sawUnended(r), at: len(t.Got), rule: rules[exchange.Framing]}
	}
	return nil
}

// dueBefore is how many bytes of a long line are shown before the one that
// differs.
const dueBefore = 32

// dueLine is the answer's line for the byte that differs. All before that byte
// agrees, so lines count the same on both sides.
func dueLine(a *exchange.Response, got []byte, f *finding) string {
	pattern := a.Readable()
	if f.due != "" || f.at < 0 {
		return f.due
	}
	for range bytes.Count(got[:f.at], []byte("\n")) {
		pattern = pattern[len(firstLine(pattern)):]
	}
	line := firstLine(pattern)
	if in := f.at - 1 - bytes.LastIndexByte(got[:f.at], '\n'); in > dueBefore && in < len(line) {
		return "…" + dueText(line[in-dueBefore:]) // a line with a * may be shorter
	}
	return dueText(line)
}

// exactHead compares a head byte for byte and the content as the answer says.
func exactHead(r round) *finding {
	a, got := r.action.Response, r.turn.Got
	n, f := matchStart(pieces(a.Pattern), got)
	if f != nil {
		return f
	}
	m := response.Read(got, r.request, true)
	if m.BodyAt == n && m.End < len(got) {
		return tooMany(m.End, len(got))
	}
	return matchBody(r, m)
}

// A piece is a part of a pattern: bytes, one of several codes, or, with neither,
// anything up to the line's end.
type piece struct {
	literal []byte
	codes   []string
	value   bool // a field's value: at least a byte of anything
}

// pieces takes a pattern apart. What varies stands in its head only.
func pieces(pattern []byte) []piece {
	var list []piece
	literal := func(b []byte) {
		if n := len(list); n > 0 && list[n-1].literal != nil {
			b = append(list[n-1].literal, b...)
			list = list[:n-1]
		}
		list = append(list, piece{literal: b})
	}
	rest := pattern
	for first := true; len(rest) > 0; first = false {
		n := len(firstLine(rest))
		line := string(rest[:n])
		if line == "\r\n" {
			break
		}
		text := strings.TrimRight(line, "\r\n")
		if first {
			version, codes, reason := cutStatus(text)
			literal([]byte(version + " "))
			list = append(list, piece{codes: strings.Split(codes, "|")})
			text = reason
		}
		if before, ok := strings.CutSuffix(text, " *"); ok && (first && before == "" || strings.HasSuffix(before, ":")) {
			literal([]byte(before + " "))
			list = append(list, piece{value: !first})
			text = ""
		}
		literal([]byte(text + line[len(strings.TrimRight(line, "\r\n")):]))
		rest = rest[n:]
	}
	literal(rest)
	return list
}

// cutStatus cuts a status line's pattern; reason begins with its space, if any.
func cutStatus(line string) (version, codes, reason string) {
	version, rest, _ := strings.Cut(line, " ")
	if i := strings.IndexByte(rest, ' '); i >= 0 {
		return version, rest[:i], rest[i:]
	}
	return version, rest, ""
}

// matchAll compares all of got with a pattern.
func matchAll(list []piece, got []byte) *finding {
	n, f := matchStart(list, got)
	if f == nil && n < len(got) {
		f = tooMany(n, len(got))
	}
	return f
}

func tooMany(at, all int) *finding {
	return &finding{saw: fmt.Sprintf("the answer is due to end at byte %s: %s too many came", visible.Thousands(at), visible.Count(all-at, "byte")), at: at,
		due: "nothing more", rule: ruleSurplus}
}

// matchStart compares the beginning of got with a pattern and returns how much
// of it that took.
func matchStart(list []piece, got []byte) (int, *finding) {
	at := 0
	for _, p := range list {
		rest := got[at:]
		switch {
		case p.literal != nil:
			same := commonLen(p.literal, rest)
			if same < len(p.literal) {
				return at, differs(got, at+same, p.literal, same)
			}
			at += same
		case p.codes != nil:
			n := 0
			for _, code := range p.codes {
				if bytes.HasPrefix(rest, []byte(code)) {
					n = len(code)
				}
			}
			if n == 0 {
				return at, &finding{saw: fmt.Sprintf("the code differs (byte %s)", visible.Thousands(at)), at: at,
					due: strings.Join(p.codes, " or ")}
			}
			at += n
		default:
			n := bytes.IndexAny(rest, "\r\n")
			if n < 0 {
				n = len(rest)
			}
			if n == 0 && p.value {
				return at, &finding{saw: fmt.Sprintf("a value is missing (byte %s)", visible.Thousands(at)), at: at, due: "any value"}
			}
			at += n
		}
	}
	return at, nil
}

func commonLen(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// differs describes the first difference: got[at] is not due[i].
func differs(got []byte, at int, due []byte, i int) *finding {
	f := &finding{at: at, dueBytes: due[i:min(i+2, len(due))]}
	if at == len(got) {
		f.saw = fmt.Sprintf("the answer ends after %s: more is due", visible.Count(at, "byte"))
		return f
	}
	f.saw = fmt.Sprintf("%s differs at byte %s", place(got, at), visible.Thousands(at))
	return f
}

// place names the part of a message that byte at is in.
func place(b []byte, at int) string {
	if !response.MayBegin(b) {
		return "the answer"
	}
	if body := exchange.ContentOffset(b); at >= body {
		return "the content"
	}
	switch n := bytes.Count(b[:at], []byte("\n")); n {
	case 0:
		return "the status line"
	default:
		return "line " + strconv.Itoa(n+1) + " of the head"
	}
}

// firstLine is the first line of b, with its end.
func firstLine(b []byte) []byte {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i+1]
	}
	return b
}
