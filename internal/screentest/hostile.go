package screentest

import "unicode"

// Hostile are texts that do something to a terminal that prints them.
var Hostile = []string{
	"\x1b]52;c;aGVsbG8=\x07",        // writes the clipboard
	"\x1b]0;title\x1b\\",            // sets the title
	"\x1b[2J\x1b[H",                 // clears the screen
	"\x1b]8;;http://x",              // a sequence without an end swallows the rest
	"\x1b[",                         // so does this one
	"\u009b2J",                      // C1 as UTF-8
	"\x9b2J\x9d0;x\x9c",             // C1 as bytes
	"secret\rpublic",                // overwrites
	"a\bb\ac\x00d\x7f",              // moves, rings, vanishes
	"\u202egnp.exe\u202c",           // turned round by bidi
	"pass\u200bword\u200d\ufe0f",    // nothing to be seen
	"👩\u200d🚀 ✔\ufe0f ⚠\ufe0f",      // counted differently by terminals
	"กำ a\u0e33 \u1100\u1161\u11a8", // joined
	"a\ufe0eb",                      // a selector that nobody sees
	"\u2028\u2029\u0085",            // ends of lines
	"\xff\xfe\xc3",                  // no UTF-8
}

// Obeyed is the first thing in a text that a terminal would obey, "" if none.
func Obeyed(s string) string {
	for _, r := range s {
		if r < 0x20 || r == 0x7f || r >= 0x80 && r < 0xa0 || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector) || r == 0xfffd {
			return string(r)
		}
	}
	return ""
}
