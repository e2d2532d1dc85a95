package exchange

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"example/wirebook/internal/visible"
)

// Judge looks at the judged aspects alone, in the order in which the file lists
// them, and returns the first that fails, or nil. It accepts every legal
// spelling of all else: other order, other fields, other phrases, other
// framings.
//
// A transcript whose Cut is set is to be judged only once the whole request has
// passed: the failure says so.
func (x *Exchange) Judge(t *Transcript) *Failure {
	list := x.rounds(t)
	for _, j := range x.Judges {
		if j.Aspect == Alive {
			if r, f := judgeAlive(list, t); f != nil {
				return x.failure(t, r, Alive, f)
			}
			continue
		}
		for _, r := range list {
			if !j.applies(r.action) {
				continue
			}
			if f := j.look(r); f != nil {
				return x.failure(t, r, j.Aspect, f)
			}
		}
	}
	return nil
}

// look looks at one aspect of one answer.
func (j Judgement) look(r round) *finding {
	if r.turn == nil {
		return &finding{saw: "it was not played to this point", at: -1}
	}
	if j.Aspect == Close {
		return compareEnd(r)
	}
	if len(r.got) == 0 {
		return nothingCame(r)
	}
	f := j.compare(r)
	if f != nil && r.end == WasReset {
		f.saw = sawReset(r) + ": " + f.saw
	}
	return f
}

// compare looks at one aspect of an answer that is more than nothing.
func (j Judgement) compare(r round) *finding {
	if r.action.Raw { // no head is known: all of it is content
		return matchContent(&reading{body: r.got}, 0, r.action.Answer.Pattern)
	}
	m := readAnswer(r.got, r.asked, r.end != Open)
	switch j.Aspect {
	case Start:
		return judgeStart(m)
	case Version:
		return judgeVersion(m)
	case LineEnds:
		return judgeLineEnds(m)
	case Status:
		return judgeStatus(r, m)
	case Reason:
		return judgeReason(m)
	case Header:
		return judgeHeader(j.Field, r, m)
	case Framing:
		return judgeFraming(r, m)
	case Body:
		return judgeBody(r, m)
	}
	// Cut: the answer to a cut request is the same answer.
	if f := judgeStatus(r, m); f != nil {
		return f
	}
	return judgeBody(r, m)
}

// judgeStart: the first byte is the status line's. A reader may skip an empty
// line there, and so does this one for every other aspect.
func judgeStart(m *reading) *finding {
	switch {
	case len(m.lines) == 0:
		return noStatusLine(m)
	case m.first > 0:
		return &finding{saw: fmt.Sprintf("“%s” stands before the status line", brief(m.raw[:m.first])),
			at: 0, want: []byte("H"), due: "the status line first"}
	}
	return nil
}

// noStatusLine is what every aspect of a head finds in an answer without one.
func noStatusLine(m *reading) *finding {
	f := &finding{at: m.start, want: []byte("HT"), due: "a status line", rule: rules[Start]}
	if m.start == len(m.raw) {
		f.saw = fmt.Sprintf("only “%s” came, and no status line", brief(m.raw))
	} else {
		f.saw = fmt.Sprintf("the answer begins with “%s”, not with a status line", brief(firstLine(m.raw[m.start:])))
	}
	return f
}

func judgeVersion(m *reading) *finding {
	if len(m.lines) == 0 {
		return noStatusLine(m)
	}
	if m.version == "HTTP/1.0" || m.version == "HTTP/1.1" {
		return nil
	}
	known := []byte("HTTP/1.1")
	same := commonLen(known, []byte(m.version))
	why := "there is no such version"
	if strings.HasPrefix(m.version, "HTTP/2") || strings.HasPrefix(m.version, "HTTP/3") {
		why = "that one speaks in frames, not in lines of text"
	}
	return &finding{saw: fmt.Sprintf("the version is “%s”: %s", brief([]byte(m.version)), why),
		at: m.start + same, want: known[same:min(same+1, len(known))], due: "HTTP/1.0 or HTTP/1.1"}
}

func judgeLineEnds(m *reading) *finding {
	if len(m.lines) == 0 {
		return noStatusLine(m)
	}
	for i, line := range m.lines {
		text := m.raw[line.at:line.textEnd]
		ending := m.raw[line.textEnd:line.end]
		due := dueText(append(bytes.TrimRight(slices.Clone(text), "\r"), "\r\n"...))
		switch cr := bytes.IndexByte(text, '\r'); {
		case cr >= 0:
			return &finding{saw: fmt.Sprintf("a CR stands inside %s (byte %s)", lineName(m, i), visible.Thousands(line.at+cr)), at: line.at + cr, due: due}
		case string(ending) == "\n":
			return &finding{saw: fmt.Sprintf("%s ends in LF alone (byte %s)", lineName(m, i), visible.Thousands(line.textEnd)),
				at: line.textEnd, want: []byte("\r\n"), due: due}
		}
	}
	return nil
}

// lineName names a line of a head.
func lineName(m *reading, i int) string {
	line := m.lines[i]
	text := m.raw[line.at:line.textEnd]
	name, _, _ := bytes.Cut(text, []byte(":"))
	switch {
	case i == 0:
		return "the status line"
	case len(bytes.TrimRight(text, "\r")) == 0:
		return "the empty line"
	}
	return "the line “" + brief(name) + "”"
}

func judgeStatus(r round, m *reading) *finding {
	codes := r.action.Answer.Codes
	var due []string
	for _, code := range codes {
		due = append(due, fmt.Sprint(code))
	}
	f := &finding{at: m.codeAt, due: strings.Join(due, " or ")}
	switch {
	case len(m.lines) == 0:
		return noStatusLine(m)
	case slices.Contains(codes, m.code):
		return nil
	case m.code == 0:
		f.saw = "the status line holds no code"
	default:
		f.saw = fmt.Sprintf("the code is %d, due %s", m.code, f.due)
	}
	return f
}

// judgeReason looks at the white space around the phrase; the phrase itself is
// free, and may be empty.
func judgeReason(m *reading) *finding {
	if len(m.lines) == 0 {
		return noStatusLine(m)
	}
	if m.code == 0 {
		return &finding{saw: "the status line holds no code, so no phrase can follow it", at: m.codeAt}
	}
	// A CR too many at the end is for line-ends to judge.
	line := strings.TrimRight(string(m.raw[:m.lines[0].textEnd]), "\r")
	at := m.codeAt + len(leadingDigits(line[m.codeAt:]))
	reason := line[at:]
	phrase := strings.Trim(reason, " \t")
	f := &finding{at: at, want: []byte(" "), due: dueText([]byte(line[m.start:at] + " " + phrase + "\r\n"))}
	left := len(reason) - len(strings.TrimLeft(reason, " \t"))
	switch {
	case reason == " "+phrase:
		return nil
	case reason == "":
		f.saw = fmt.Sprintf("the status line ends after the code: no space follows it (byte %s)", visible.Thousands(at))
	case reason[0] != ' ':
		f.saw = fmt.Sprintf("no space follows the code (byte %s)", visible.Thousands(at))
	case left > 1:
		f.at, f.want = at+1, nil
		f.saw = fmt.Sprintf("more white space stands before the reason phrase (byte %s)", visible.Thousands(f.at))
	default:
		f.at, f.want = at+1+len(phrase), []byte("\r\n")
		f.saw = fmt.Sprintf("white space follows the reason phrase (byte %s)", visible.Thousands(f.at))
	}
	return f
}
