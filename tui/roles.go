package tui

import (
	"example/wirebook/internal/wire"
	"example/wirebook/lessons"
)

// lessonTones says how the parts of a lesson are painted. A role that is not
// named here is plain text.
var lessonTones = map[lessons.Role]tone{
	lessons.Body:        plain,
	lessons.Strong:      strong,
	lessons.Emphasis:    soft,
	lessons.CodeText:    code,
	lessons.CodeComment: comment,
	lessons.LinkText:    link,
	lessons.H1:          heading,
	lessons.H2:          heading,
	lessons.H3:          subheading,
	lessons.QuoteText:   soft,
	lessons.TableHead:   strong,
	lessons.DrawingText: code,
	lessons.Bullet:      dim,
	lessons.Frame:       frame,
	lessons.Active:      active,
	lessons.Label:       strong,
	lessons.Key:         keycap,
	lessons.Hint:        dim,
	lessons.Good:        good,
	lessons.Bad:         bad,
	lessons.Dim:         dim,
	lessons.Choice:      plain,
	lessons.Chosen:      strong,
	lessons.Arrow:       toServer,
	lessons.Method:      method,
	lessons.Target:      target,
	lessons.VersionText: version,
	lessons.StatusCode:  status,
	lessons.ReasonText:  plain,
	lessons.FieldName:   fieldName,
	lessons.FieldValue:  fieldValue,
	lessons.LineEnd:     lineEnd,
	lessons.ControlByte: control,
	lessons.BodyBytes:   body,
	lessons.PauseText:   warn,
}

// lessonRow paints a line of a lesson.
func lessonRow(l lessons.Line) row {
	out := make(row, len(l.Spans))
	for i, s := range l.Spans {
		out[i] = run{text: s.Text, tone: lessonTones[s.Role]}
	}
	return out
}

// spanTones says how the parts of a message are painted.
var spanTones = map[wire.SpanKind]tone{
	wire.Stray:        bad,
	wire.Method:       method,
	wire.Space:        plain,
	wire.Target:       target,
	wire.Version:      version,
	wire.StatusCode:   status,
	wire.Reason:       plain,
	wire.Surplus:      bad,
	wire.LineEnd:      lineEnd,
	wire.LoneCR:       bad,
	wire.FieldName:    fieldName,
	wire.Colon:        dim,
	wire.FieldSpace:   plain,
	wire.FieldValue:   fieldValue,
	wire.BlankLine:    lineEnd,
	wire.Content:      body,
	wire.ChunkSize:    chunk,
	wire.ChunkExt:     chunk,
	wire.ChunkEnd:     lineEnd,
	wire.TrailerName:  fieldName,
	wire.TrailerValue: fieldValue,
	wire.NotHTTP:      control,
	wire.TLS:          control,
	wire.HTTP2:        control,
	wire.Tunnel:       body,
}

// spanTone is the tone of a span; one with a finding stands out.
func spanTone(k wire.SpanKind, finding bool) tone {
	if finding {
		return bad
	}
	return spanTones[k]
}
