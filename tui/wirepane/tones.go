package wirepane

import (
	"example/wirebook/internal/wire"
	"example/wirebook/tui/cells"
)

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
