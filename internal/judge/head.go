package judge

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"mime"
	"slices"
	"strings"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/response"
	"example/wirebook/internal/visible"
)

// startFinding: the first byte is the status line's. A reader may skip an empty
// line there, and so does this one for every other aspect.
func startFinding(m *response.Message) *finding {
	switch {
	case len(m.Lines) == 0:
		return noStatusLine(m)
	case m.First > 0:
		return &finding{saw: fmt.Sprintf("“%s” stands before the status line", brief(m.Raw[:m.First])),
			at: 0, dueBytes: []byte("H"), due: "the status line first"}
	}
	return nil
}

// noStatusLine is what every aspect of a head finds in an answer without one.
func noStatusLine(m *response.Message) *finding {
	f := &finding{at: m.Start, dueBytes: []byte("HT"), due: "a status line", rule: rules[exchange.Start]}
	if m.Start == len(m.Raw) {
		f.saw = fmt.Sprintf("only “%s” came, and no status line", brief(m.Raw))
	} else {
		f.saw = fmt.Sprintf("the answer begins with “%s”, not with a status line", brief(firstLine(m.Raw[m.Start:])))
	}
	return f
}

func versionFinding(m *response.Message) *finding {
	if len(m.Lines) == 0 {
		return noStatusLine(m)
	}
	if m.Version == "HTTP/1.0" || m.Version == "HTTP/1.1" {
		return nil
	}
	known := []byte("HTTP/1.1")
	same := commonLen(known, []byte(m.Version))
	why := "there is no such version"
	if strings.HasPrefix(m.Version, "HTTP/2") || strings.HasPrefix(m.Version, "HTTP/3") {
		why = "that one speaks in frames, not in lines of text"
	}
	return &finding{saw: fmt.Sprintf("the version is “%s”: %s", brief([]byte(m.Version)), why),
		at: m.Start + same, dueBytes: known[same:min(same+1, len(known))], due: "HTTP/1.0 or HTTP/1.1"}
}

func lineEndsFinding(m *response.Message) *finding {
	if len(m.Lines) == 0 {
		return noStatusLine(m)
	}
	for i, line := range m.Lines {
		text := m.Raw[line.At:line.TextEnd]
		ending := m.Raw[line.TextEnd:line.End]
		due := dueText(append(bytes.TrimRight(slices.Clone(text), "\r"), "\r\n"...))
		switch cr := bytes.IndexByte(text, '\r'); {
		case cr >= 0:
			return &finding{saw: fmt.Sprintf("a CR stands inside %s (byte %s)", lineName(m, i), visible.Thousands(line.At+cr)), at: line.At + cr, due: due}
		case string(ending) == "\n":
			return &finding{saw: fmt.Sprintf("%s ends in LF alone (byte %s)", lineName(m, i), visible.Thousands(line.TextEnd)),
				at: line.TextEnd, dueBytes: []byte("\r\n"), due: due}
		}
	}
	return nil
}

// lineName names a line of a head.
func lineName(m *response.Message, i int) string {
	line := m.Lines[i]
	text := m.Raw[line.At:line.TextEnd]
	name, _, _ := bytes.Cut(text, []byte(":"))
	switch {
	case i == 0:
		return "the status line"
	case len(bytes.TrimRight(text, "\r")) == 0:
		return "the empty line"
	}
	return "the line “" + brief(name) + "”"
}

func statusFinding(r round, m *response.Message) *finding {
	codes := r.action.Response.Codes
	var due []string
	for _, code := range codes {
		due = append(due, fmt.Sprint(code))
	}
	f := &finding{at: m.CodeAt, due: strings.Join(due, " or ")}
	switch {
	case len(m.Lines) == 0:
		return noStatusLine(m)
	case slices.Contains(codes, m.Code):
		return nil
	case m.Code == 0:
		f.saw = "the status line holds no code"
	default:
		f.saw = fmt.Sprintf("the code is %d, due %s", m.Code, f.due)
	}
	return f
}

// reasonFinding looks at the white space around the phrase; the phrase itself is
// free, and may be empty.
func reasonFinding(m *response.Message) *finding {
	if len(m.Lines) == 0 {
		return noStatusLine(m)
	}
	if m.Code == 0 {
		return &finding{saw: "the status line holds no code, so no phrase can follow it", at: m.CodeAt}
	}
	// A CR too many at the end is for line-ends to judge.
	line := strings.TrimRight(string(m.Raw[:m.Lines[0].TextEnd]), "\r")
	at := m.CodeAt + len("200")
	reason := line[at:]
	phrase := strings.Trim(reason, " \t")
	f := &finding{at: at, dueBytes: []byte(" "), due: dueText([]byte(line[m.Start:at] + " " + phrase + "\r\n"))}
	left := len(reason) - len(strings.TrimLeft(reason, " \t"))
	switch {
	case reason == " "+phrase:
		return nil
	case reason == "":
		f.saw = fmt.Sprintf("the status line ends after the code: no space follows it (byte %s)", visible.Thousands(at))
	case reason[0] != ' ':
		f.saw = fmt.Sprintf("no space follows the code (byte %s)", visible.Thousands(at))
	case left > 1:
		f.at, f.dueBytes = at+1, nil
		f.saw = fmt.Sprintf("more white space stands before the reason phrase (byte %s)", visible.Thousands(f.at))
	default:
		f.at, f.dueBytes = at+1+len(phrase), []byte("\r\n")
		f.saw = fmt.Sprintf("white space follows the reason phrase (byte %s)", visible.Thousands(f.at))
	}
	return f
}

// headerFinding compares the first field called name with the one that is due.
func headerFinding(name string, r round, m *response.Message) *finding {
	if len(m.Lines) == 0 {
		return noStatusLine(m)
	}
	due, _ := r.action.Response.Field(name)
	f := &finding{due: dueText([]byte(name + ": " + due)), rule: cmp.Or(fieldRules[strings.ToLower(name)], rules[exchange.Header])}
	got, ok := m.Field(name)
	if !ok {
		f.saw, f.at = fmt.Sprintf("there is no field %s", name), -1
		return f
	}
	f.at = got.ValueAt
	if gap := m.Raw[got.At+len(got.Name)]; gap == ' ' || gap == '\t' {
		f.saw = fmt.Sprintf("white space stands between %s and its colon", brief([]byte(got.Name)))
		f.at, f.dueBytes = got.At+len(got.Name), []byte(":")
		f.rule = "No white space stands between a field's name and its colon (RFC 9112, 5.1)."
		return f
	}
	switch {
	case due == "*" && got.Value == "":
		f.saw, f.due = fmt.Sprintf("the field %s is empty", name), "a value"
		return f
	case due == "*" && strings.EqualFold(name, "Date"):
		return dateFinding(f, got.Value, r.turn.When)
	case due == "*" || sameValue(name, got.Value, due):
		return nil
	}
	f.saw = fmt.Sprintf("%s is “%s”", name, brief([]byte(got.Value)))
	f.at += commonLen([]byte(got.Value), []byte(due))
	return f
}

// sameValue compares two values of a field in the way that is the field's own.
func sameValue(name, got, due string) bool {
	switch strings.ToLower(name) {
	case "content-type":
		return sameType(got, due)
	case "allow": // a set of methods, whose case matters (RFC 9110, 9.1)
		return maps.Equal(set(got), set(due))
	case "connection", "transfer-encoding": // tokens, whose case does not
		return maps.Equal(set(strings.ToLower(got)), set(strings.ToLower(due)))
	case "content-length":
		g, ok := response.ParseLength(got)
		d, _ := response.ParseLength(due)
		return ok && g == d
	}
	return got == due
}

// sameType compares media types: case does not matter in a type and in a
// parameter's name, nor in the one value that is compared here, a charset.
// Parameters that are not due may be there.
func sameType(got, due string) bool {
	gotType, gotParams, err := mime.ParseMediaType(got)
	if err != nil {
		return false
	}
	dueType, dueParams, err := mime.ParseMediaType(due)
	if err != nil || gotType != dueType {
		return false
	}
	for name, value := range dueParams {
		if !strings.EqualFold(gotParams[name], value) {
			return false
		}
	}
	return true
}

// set is a list of tokens without its order.
func set(list string) map[string]bool {
	m := map[string]bool{}
	for item := range strings.SplitSeq(list, ",") {
		if item = strings.Trim(item, " \t"); item != "" {
			m[item] = true
		}
	}
	return m
}
