package wirepane

import (
	"sort"

	"example/wirebook/internal/wire"
	"example/wirebook/internal/wire/message"
)

// A spanRef names a span: which message, which of its spans.
type spanRef struct{ msg, span int }

const spanBits = 20 // a message has fewer spans than 1<<spanBits

// number is the span as rows know it, above 0.
func (r spanRef) number() int { return r.msg<<spanBits | r.span + 1 }

// refOf is the span of a number.
func refOf(number int) spanRef {
	return spanRef{number >> spanBits, number&(1<<spanBits-1) - 1}
}

// beside is the next span (by 1) or the one before (by -1) on the time axis, or
// the same where there is none.
func (r spanRef) beside(by int, messages []message.Message, moments []wire.Moment) spanRef {
	if r.msg >= len(messages) {
		return r
	}
	off := messages[r.msg].Spans[r.span].Off
	at := 0
	for i, m := range moments {
		if m.Event == nil && m.Message == r.msg && m.From <= off && off < m.To {
			at = i
		}
	}
	next := r.span + by
	for ; at >= 0 && at < len(moments); at += by {
		m := moments[at]
		if m.Event != nil {
			continue
		}
		spans := messages[m.Message].Spans
		first := sort.Search(len(spans), func(i int) bool { return spans[i].Off >= m.From })
		end := sort.Search(len(spans), func(i int) bool { return spans[i].Off >= m.To })
		if m.Message != r.msg || next < first && by > 0 || next >= end && by < 0 {
			if next = first; by < 0 {
				next = end - 1
			}
		}
		if first <= next && next < end {
			return spanRef{m.Message, next}
		}
	}
	return r
}

// lastSpan is the last span on the time axis.
func lastSpan(messages []message.Message, moments []wire.Moment) spanRef {
	for i := len(moments) - 1; i >= 0; i-- {
		if m := moments[i]; m.Event == nil {
			spans := messages[m.Message].Spans
			return spanRef{m.Message, max(sort.Search(len(spans), func(i int) bool { return spans[i].Off >= m.To })-1, 0)}
		}
	}
	return spanRef{}
}

// firstWorth is the first span on the time axis that has a finding, or else the
// first status code, or else the first span of all.
func firstWorth(messages []message.Message, moments []wire.Moment) spanRef {
	first, status := spanRef{}, false
	for _, at := range moments {
		if at.Event != nil {
			continue
		}
		spans := messages[at.Message].Spans
		for i := sort.Search(len(spans), func(i int) bool { return spans[i].Off >= at.From }); i < len(spans) && spans[i].Off < at.To; i++ {
			switch {
			case spans[i].Finding != "":
				return spanRef{at.Message, i}
			case spans[i].Kind == message.StatusCode && !status:
				first, status = spanRef{at.Message, i}, true
			}
		}
	}
	return first
}
