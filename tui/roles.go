package tui

import (
	"example/wirebook/internal/wire"
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// lessonTones says how the parts of a lesson are painted. A role that is not
// named here is plain text.
var lessonTones = map[lessons.Role]cells.Tone{
	lessons.Body:        cells.Plain,
	lessons.Strong:      cells.Strong,
	lessons.Emphasis:    cells.Soft,
	lessons.CodeText:    cells.Code,
	lessons.CodeComment: cells.Comment,
	lessons.LinkText:    cells.Link,
	lessons.H1:          cells.Heading,
	lessons.H2:          cells.Heading,
	lessons.H3:          cells.Subheading,
	lessons.QuoteText:   cells.Soft,
	lessons.TableHead:   cells.Strong,
	lessons.DrawingText: cells.Code,
	lessons.Bullet:      cells.Dim,
	lessons.Frame:       cells.Frame,
	lessons.Active:      cells.Active,
	lessons.Label:       cells.Strong,
	lessons.Key:         cells.Keycap,
	lessons.Hint:        cells.Dim,
	lessons.Good:        cells.Good,
	lessons.Bad:         cells.Bad,
	lessons.Dim:         cells.Dim,
	lessons.Choice:      cells.Plain,
	lessons.Chosen:      cells.Strong,
	lessons.Arrow:       cells.ToServer,
	lessons.Method:      cells.Method,
	lessons.Target:      cells.Target,
	lessons.VersionText: cells.Version,
	lessons.StatusCode:  cells.Status,
	lessons.ReasonText:  cells.Plain,
	lessons.FieldName:   cells.FieldName,
	lessons.FieldValue:  cells.FieldValue,
	lessons.LineEnd:     cells.LineEnd,
	lessons.ControlByte: cells.Control,
	lessons.BodyBytes:   cells.Body,
	lessons.PauseText:   cells.Warn,
}

// lessonRow paints a line of a lesson.
func lessonRow(l lessons.Line) cells.Row {
	out := make(cells.Row, len(l.Spans))
	for i, s := range l.Spans {
		out[i] = cells.Run{Text: s.Text, Tone: lessonTones[s.Role]}
	}
	return out
}

// spanTones says how the parts of a message are painted.
var spanTones = map[wire.SpanKind]cells.Tone{
	wire.Stray:        cells.Bad,
	wire.Method:       cells.Method,
	wire.Space:        cells.Plain,
	wire.Target:       cells.Target,
	wire.Version:      cells.Version,
	wire.StatusCode:   cells.Status,
	wire.Reason:       cells.Plain,
	wire.Surplus:      cells.Bad,
	wire.LineEnd:      cells.LineEnd,
	wire.LoneCR:       cells.Bad,
	wire.FieldName:    cells.FieldName,
	wire.Colon:        cells.Dim,
	wire.FieldSpace:   cells.Plain,
	wire.FieldValue:   cells.FieldValue,
	wire.BlankLine:    cells.LineEnd,
	wire.Content:      cells.Body,
	wire.ChunkSize:    cells.Chunk,
	wire.ChunkExt:     cells.Chunk,
	wire.ChunkEnd:     cells.LineEnd,
	wire.TrailerName:  cells.FieldName,
	wire.TrailerValue: cells.FieldValue,
	wire.NotHTTP:      cells.Control,
	wire.TLS:          cells.Control,
	wire.HTTP2:        cells.Control,
	wire.Tunnel:       cells.Body,
}

// spanTone is the tone of a span; one with a finding stands out.
func spanTone(k wire.SpanKind, finding bool) cells.Tone {
	if finding {
		return cells.Bad
	}
	return spanTones[k]
}
