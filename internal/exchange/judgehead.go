package exchange

import (
	"cmp"
	"fmt"
	"maps"
	"mime"
	"strings"
)

// judgeHeader compares the first field called name with the one that is due.
func judgeHeader(name string, r round, m *reading) *finding {
	if len(m.lines) == 0 {
		return noStatusLine(m)
	}
	pattern := readAnswer(r.action.Answer.Pattern, asked{}, true)
	due, _ := pattern.field(name)
	f := &finding{due: dueText([]byte(name + ": " + due.value)), rule: cmp.Or(fieldRules[strings.ToLower(name)], rules[Header])}
	got, ok := m.field(name)
	if !ok {
		f.saw, f.at = fmt.Sprintf("there is no field %s", name), -1
		return f
	}
	f.at = got.valueAt
	if gap := m.raw[got.at+len(got.name)]; gap == ' ' || gap == '\t' {
		f.saw = fmt.Sprintf("white space stands between %s and its colon", brief([]byte(got.name)))
		f.at, f.want = got.at+len(got.name), []byte(":")
		f.rule = "No white space stands between a field's name and its colon (RFC 9112, 5.1)."
		return f
	}
	switch {
	case due.value == "*" && got.value == "":
		f.saw, f.due = fmt.Sprintf("the field %s is empty", name), "a value"
		return f
	case due.value == "*" && strings.EqualFold(name, "Date"):
		return judgeDate(f, got.value, r.turn.When)
	case due.value == "*" || sameValue(name, got.value, due.value):
		return nil
	}
	f.saw = fmt.Sprintf("%s is “%s”", name, brief([]byte(got.value)))
	f.at += commonLen([]byte(got.value), []byte(due.value))
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
		g, ok := parseLength(got)
		d, _ := parseLength(due)
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
