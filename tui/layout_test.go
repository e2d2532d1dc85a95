package tui

import (
	"strings"
	"testing"

	"example/wirebook/internal/visible"
)

// draw fills each box of an arrangement with its letter and returns the picture
// with its middle rows left out.
func draw(a arrangement, w, h int) string {
	if a.tooSmall {
		return "too small"
	}
	cells := make([][]byte, h)
	for y := range cells {
		cells[y] = []byte(strings.Repeat("?", w))
	}
	for letter, b := range map[byte]box{
		'h': a.header, 't': a.tabs, '-': a.top, 'l': a.left, '|': a.split, 'r': a.right, 's': a.status, 'f': a.footer,
	} {
		for y := b.y; y < b.y+b.h; y++ {
			for x := b.x; x < b.x+b.w; x++ {
				if cells[y][x] != '?' {
					return "two boxes on one cell"
				}
				cells[y][x] = letter
			}
		}
	}
	var lines []string
	count := 1
	flush := func(last string) {
		if count > 1 {
			last += " x" + itoa(count)
		}
		lines = append(lines, last)
		count = 1
	}
	for y, line := range cells {
		now := squeeze(string(line))
		if y+1 < h && squeeze(string(cells[y+1])) == now {
			count++
			continue
		}
		flush(now)
	}
	return strings.Join(lines, "\n")
}

// squeeze writes a run of equal letters as the letter and its length.
func squeeze(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == s[i] {
			j++
		}
		b.WriteString(string(s[i]) + itoa(j-i) + " ")
		i = j
	}
	return strings.TrimSpace(b.String())
}

func itoa(n int) string { return visible.Thousands(n) }

func TestArrange(t *testing.T) {
	tests := []struct {
		w, h int
		want string
	}{
		{39, 24, "too small"},
		{80, 9, "too small"},
		{40, 10, "h40\nt40\n-40\nl40 x5\ns40\nf40"},
		{80, 24, "h80\nt80\n-80\nl80 x19\ns80\nf80"},
		{99, 24, "h99\nt99\n-99\nl99 x19\ns99\nf99"},
		{100, 30, "h100\n-100\nl50 |1 r49 x26\ns100\nf100"},
		{120, 40, "h120\n-120\nl60 |1 r59 x36\ns120\nf120"},
		{200, 60, "h200\n-200\nl88 |1 r111 x56\ns200\nf200"},
	}
	for _, tt := range tests {
		if got := draw(arrange(tt.w, tt.h), tt.w, tt.h); got != tt.want {
			t.Errorf("%dx%d:\n%s\nwant:\n%s", tt.w, tt.h, got, tt.want)
		}
	}
}

// Whatever the size, every cell belongs to exactly one box.
func TestArrangeCoversTheScreen(t *testing.T) {
	for w := minWidth; w < 260; w += 7 {
		for h := minHeight; h < 80; h += 3 {
			if got := draw(arrange(w, h), w, h); strings.Contains(got, "?") || strings.HasPrefix(got, "two") {
				t.Fatalf("%dx%d:\n%s", w, h, got)
			}
		}
	}
}
