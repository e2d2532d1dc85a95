package wirepane

import (
	"example/wirebook/internal/wire/message"
	"example/wirebook/tui/cells"
)

// spanTones says how the parts of a message are painted.
var spanTones = map[message.SpanKind]cells.Tone{
	message.Stray:        cells.Bad,
	message.Method:       cells.Method,
	message.Space:        cells.Plain,
	message.Target:       cells.Target,
	message.Version:      cells.Version,
	message.StatusCode:   cells.Status,
	message.Reason:       cells.Plain,
	message.Surplus:      cells.Bad,
	message.LineEnd:      cells.LineEnd,
	message.LoneCR:       cells.Bad,
	message.FieldName:    cells.FieldName,
	message.Colon:        cells.Dim,
	message.FieldSpace:   cells.Plain,
	message.FieldValue:   cells.FieldValue,
	message.EmptyLine:    cells.LineEnd,
	message.Content:      cells.Body,
	message.ChunkSize:    cells.Chunk,
	message.ChunkExt:     cells.Chunk,
	message.ChunkEnd:     cells.LineEnd,
	message.TrailerName:  cells.FieldName,
	message.TrailerValue: cells.FieldValue,
	message.NotHTTP:      cells.Control,
	message.TLS:          cells.Control,
	message.HTTP2:        cells.Control,
	message.Tunnel:       cells.Body,
}

// spanTone is the tone of a span; one with a finding stands out.
func spanTone(k message.SpanKind, finding bool) cells.Tone {
	if finding {
		return cells.Bad
	}
	return spanTones[k]
}
