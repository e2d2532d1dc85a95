package exchange

import "example/wirebook/internal/visible"

// brief is the beginning of b, as long as a sentence can bear.
func brief(b []byte) string { return visible.Start(b, 40) }

// ending is the end of b.
func ending(b []byte) string { return visible.End(b, 20) }

// dueText is a line that was due.
func dueText(line []byte) string { return visible.ShortLine(line, 200) }
