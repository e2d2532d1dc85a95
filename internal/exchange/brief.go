package exchange

// Bytes in sentences: visible, and no longer than a sentence can bear.

// brief is the beginning of b.
func brief(b []byte) string {
	const most = 40
	if len(b) <= most {
		return Visible(b)
	}
	return Visible(b[:most]) + "…"
}

// ending is the end of b.
func ending(b []byte) string {
	const most = 20
	if len(b) <= most {
		return Visible(b)
	}
	return "…" + Visible(b[len(b)-most:])
}

// shorten is a line of its own: most of b, and how much is left out.
func shorten(b []byte) string {
	const most = 200
	if len(b) <= most {
		return visibleLine(b)
	}
	return Visible(b[:most]) + "… " + Count(len(b)-most, "byte") + " more"
}
