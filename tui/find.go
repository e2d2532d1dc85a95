package tui

// A search is the text that / asks for. Its places are marked while it is
// typed; its line stays when it ends, so that the next / goes on from there.
type search struct {
	typing bool
	text   string
	line   int  // where it stands now
	missed bool // it stands nowhere
}
