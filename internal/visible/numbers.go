package visible

import (
	"fmt"
	"strconv"
	"time"
)

// Count is a number and its noun: "1 byte", "10,240 bytes".
func Count[N int | int64](n N, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return Thousands(n) + " " + noun
}

// Thousands is a number with its digits in groups of three: "10,240".
func Thousands[N int | int64](n N) string {
	digits := strconv.FormatInt(int64(n), 10)
	first := 0
	if n < 0 {
		first = len("-")
	}
	for i := len(digits) - 3; i > first; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// Size is a number of bytes in powers of ten: "208 B", "10.2 KB".
func Size(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000_000:
		return fmt.Sprintf("%.1f KB", float64(n)/1e3)
	case n < 1000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}

// Duration is a time that was measured: "0.4 ms", "120 ms", "4 s".
func Duration(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 9.95: // from here on it would be rounded to 10.0
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.0f ms", ms)
	}
	return fmt.Sprintf("%d s", max(int64(d/time.Second), 1))
}

// Seconds is a time that somebody waited, never none at all: "0.1 s", "5 s".
func Seconds(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.1f s", max(d.Seconds(), 0.1))
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}
