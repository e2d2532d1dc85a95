package exchange

import (
	"slices"
	"strings"
)

// An Aspect is one side of a response. A judged comparison looks at the named
// aspects and is lenient about all others, so that one flaw fails one check.
type Aspect string

// The aspects, in the order in which a reader meets them.
const (
	Start    Aspect = "start"     // begins with the status line, no empty line before it
	Version  Aspect = "version"   // HTTP/1.0 or HTTP/1.1
	LineEnds Aspect = "line-ends" // every line of the head ends in CR LF
	Status   Aspect = "status"    // the code
	Reason   Aspect = "reason"    // one space before it, none at either end of it
	Header   Aspect = "header"    // one named field, its value
	Framing  Aspect = "framing"   // the length can be known: Content-Length or chunked, and it is right
	Body     Aspect = "body"      // the content, after any transfer coding is undone
	Close    Aspect = "close"     // ends in a close, not in a reset, and does not stay open
	Cut      Aspect = "cut"       // the same answer however the request was cut
	Alive    Aspect = "alive"     // the server still answers afterwards
)

// A Judgement is an aspect, with the field's name for Header.
type Judgement struct {
	Aspect Aspect
	Field  string
}

// Aspects lists every aspect that a file may name.
var Aspects = []Aspect{Start, Version, LineEnds, Status, Reason, Header, Framing, Body, Close, Cut, Alive}

// String is the judgement as a file spells it: "status", "header Content-Type".
func (j Judgement) String() string {
	if j.Aspect == Header {
		return string(Header) + " " + j.Field
	}
	return string(j.Aspect)
}

// setJudges reads a list of judgements, separated by commas.
func (x *Exchange) setJudges(line int, list string) error {
	for item := range strings.SplitSeq(list, ",") {
		word, field, _ := strings.Cut(strings.TrimSpace(item), " ")
		j := Judgement{Aspect(word), strings.TrimSpace(field)}
		switch {
		case !slices.Contains(Aspects, j.Aspect):
			return errorAt(line, "unknown aspect: %s", word)
		case (j.Aspect == Header) != (j.Field != ""):
			return errorAt(line, "header needs a field's name, no other aspect has one: %s", item)
		case slices.Contains(x.Judges, j):
			return errorAt(line, "aspect given twice: %s", j)
		}
		x.Judges = append(x.Judges, j)
	}
	return nil
}

// checkJudges refuses judgements that this script gives nothing to look at: a
// check that cannot fail is worse than none.
func (x *Exchange) checkJudges(line int) error {
	for _, j := range x.Judges {
		if j.Aspect != Alive && !slices.ContainsFunc(x.Script, j.Applies) {
			return errorAt(line, "judges %s: no response here can show it", j)
		}
	}
	return nil
}

// Applies says whether an awaited response, or an awaited close, shows the
// aspect.
func (j Judgement) Applies(a Action) bool {
	switch {
	case j.Aspect == Close:
		return a.Kind == ExpectClose
	case a.Kind != Expect:
		return false
	case a.Raw: // no head is known in it, but all of it is content
		return j.Aspect == Body || j.Aspect == Cut
	case j.Aspect == Header:
		_, ok := a.Response.Field(j.Field)
		return ok
	}
	return true
}
