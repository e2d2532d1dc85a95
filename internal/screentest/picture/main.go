//go:build unix

// Picture draws the README's picture: it runs the real workbook in a terminal
// of 120 by 40, answers one question by pressing keys, and writes the screen
// that follows as SVG.
//
// Usage, from the module's root:
//
//	go run ./internal/screentest/picture > tui/wirebook.svg
package main

import (
	"fmt"
	"image/color"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	uv "github.com/charmbracelet/ultraviolet"

	"example/wirebook/internal/screentest"
)

const (
	width, height = 120, 40
	cellWidth     = 8.4
	cellHeight    = 17
	paper, ink    = "#16181d", "#d7dae0"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(w io.Writer) error {
	dir, err := os.MkdirTemp("", "picture")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "wirebook")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		return fmt.Errorf("picture: build: %w\n%s", err, out)
	}
	cmd := exec.Command(program, "open", "01")
	cmd.Env = append(os.Environ(), "WIREBOOK_STATE="+filepath.Join(dir, "state"), "WIREBOOK_THEME=dark")
	screen, err := screentest.Start(cmd, width, height)
	if err != nil {
		return err
	}
	defer screen.Close()
	if err := screen.Wait(30*time.Second, "running server", func(s string) bool { return strings.Contains(s, "running") }); err != nil {
		return err
	}
	for _, press := range []struct{ keys, shows string }{
		{"/", "find"},
		{"does the client get from", "does the client get from"},
		{"\r", "( ) nothing, and the program ends"},
		{"\x1b", "⏎ answer"},
		{"\x1b[B\x1b[B", "( ) nothing, and the program ends"},
		{"\r", "(•) nothing, and the program ends"},
	} {
		if err := screen.Type(press.keys); err != nil {
			return err
		}
		if err := screen.Wait(10*time.Second, press.shows, func(s string) bool { return strings.Contains(s, press.shows) }); err != nil {
			return err
		}
	}
	answered := func(s string) bool {
		return strings.Contains(s, "The wire agrees") && strings.Contains(s, "continued") && strings.Contains(s, "index out of range")
	}
	if err := screen.Wait(10*time.Second, "answer on the wire", answered); err != nil {
		return err
	}
	return draw(w, screen)
}

// draw writes runs of cells in one style as one piece of text, stretched to the
// cells' width, so that the columns stand in any viewer's font.
func draw(w io.Writer, screen *screentest.Screen) error {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.0f %d" role="img" aria-label="Wirebook: a lesson on the left, the live wire on the right">`+"\n", width*cellWidth+24, height*cellHeight+24)
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" rx="8" fill="%s"/>`+"\n", paper)
	fmt.Fprintf(&b, `<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14">`+"\n")
	for y := range height {
		for x := 0; x < width; {
			cell := screen.Cell(x, y)
			style, text, start := cell.Style, "", x
			for x < width {
				cell = screen.Cell(x, y)
				if !cell.Style.Equal(&style) {
					break
				}
				if text += cell.Content; cell.Content == "" {
					text += " "
				}
				x += max(cell.Width, 1)
			}
			drawRun(&b, start, y, x-start, text, style)
		}
	}
	b.WriteString("</g>\n</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// A row of spaces would shrink to one; spaces that do not break stay.
var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", " ", "\u00a0")

func drawRun(b *strings.Builder, x, y, cells int, text string, s uv.Style) {
	left, top, wide := 12+float64(x)*cellWidth, 12+y*cellHeight, float64(cells)*cellWidth
	front, back := hex(s.Fg, ink), hex(s.Bg, "")
	if s.Attrs&uv.AttrReverse != 0 {
		front, back = paper, front
	}
	if back != "" {
		fmt.Fprintf(b, `<rect x="%.1f" y="%d" width="%.1f" height="%d" fill="%s"/>`, left, top, wide, cellHeight, back)
	}
	trimmed := strings.TrimLeft(text, " ")
	if strings.TrimSpace(text) == "" {
		return
	}
	left += float64(len(text)-len(trimmed)) * cellWidth
	wide -= float64(len(text)-len(trimmed)) * cellWidth
	trimmed, wide = strings.TrimRight(trimmed, " "), wide-float64(len(trimmed)-len(strings.TrimRight(trimmed, " ")))*cellWidth
	extra := ""
	if s.Attrs&uv.AttrBold != 0 {
		extra += ` font-weight="bold"`
	}
	if s.Attrs&uv.AttrFaint != 0 {
		extra += ` opacity="0.6"`
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" textLength="%.1f" lengthAdjust="spacingAndGlyphs" fill="%s"%s>%s</text>`+"\n",
		left, float64(top)+13, wide, front, extra, escaper.Replace(trimmed))
}

func hex(c color.Color, fallback string) string {
	if c == nil {
		return fallback
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}
