package lessonpane

import (
	"example/wirebook/lessons"
	"example/wirebook/tui/cells"
)

// tones says how the parts of a lesson are painted. A role that is not
// named here is plain text.
var tones = map[lessons.Role]cells.Tone{
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

// painted paints a line of a lesson.
func painted(l lessons.Line) cells.Row {
	out := make(cells.Row, len(l.Spans))
	for i, s := range l.Spans {
		out[i] = cells.Run{Text: s.Text, Tone: tones[s.Role]}
	}
	return out
}
