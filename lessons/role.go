package lessons

// A Role is what a span is, for whoever paints it.
type Role int

// The roles. Meaning never rests on a role alone: the text says it too.
const (
	Body Role = iota
	Strong
	Emphasis
	CodeText    // code, in a line and in a block
	CodeComment // a comment in a block of code
	LinkText
	H1
	H2
	H3 // also the deeper ones
	QuoteText
	TableHead
	DrawingText
	Bullet // "•", "1."
	Frame  // lines that separate: a box, a rule, a quote's bar
	Active // the same around the focused block
	Label  // a box's title
	Key    // a key to press
	Hint   // what a key does
	Good
	Bad
	Dim    // of lesser weight: a place, a continuation mark
	Choice // an option's text
	Chosen // the chosen option's text
	Arrow  // → sent, ← received
	Method
	Target
	VersionText
	StatusCode
	ReasonText
	FieldName
	FieldValue
	LineEnd     // ␍␊
	ControlByte // any other byte that has no glyph of its own
	BodyBytes   // content after the head
	PauseText   // a pause, a half-close, a reset, "10,240 bytes of …"
	roles       // how many there are
)

var roleNames = [roles]string{
	"body", "strong", "emphasis", "code", "comment", "link", "h1", "h2", "h3", "quote",
	"table head", "drawing", "bullet", "frame", "active", "label", "key", "hint", "good", "bad",
	"dim", "choice", "chosen", "arrow", "method", "target", "version", "status code", "reason",
	"field name", "field value", "line end", "control byte", "body bytes", "pause",
}

// String names the role in lower case: "field name". A number that is no role
// is "unknown role".
func (r Role) String() string {
	if r < 0 || r >= roles {
		return "unknown role"
	}
	return roleNames[r]
}
