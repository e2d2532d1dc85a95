// Command draw makes the picture that the servers of this course serve: two
// computers and a wire, with a request under way on it.
//
// Usage, from this folder:
//
//	go run . > ../www/test.jpg
//
// The same program draws the same picture: nothing in it is random. The bytes
// of the file may still differ between releases of Go, whose encoder may learn.
package main

import (
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"log"
	"math"
	"os"
)

const width, height = 320, 200

var (
	sky    = color.RGBA{0xf4, 0xef, 0xe2, 0xff}
	ink    = color.RGBA{0x2b, 0x3a, 0x4a, 0xff}
	screen = color.RGBA{0xbf, 0xdd, 0xe0, 0xff}
	copper = color.RGBA{0xc8, 0x6b, 0x3c, 0xff}
	signal = color.RGBA{0xe8, 0xb5, 0x3a, 0xff}
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("draw: ")
	err := jpeg.Encode(os.Stdout, picture(), &jpeg.Options{Quality: 85})
	if err != nil {
		log.Fatal(err)
	}
}

func picture() image.Image {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	box(img, 0, 0, width, height, sky)

	// The wire sags, as wires do, and the bytes on it get smaller the longer
	// they have been on their way.
	for x := 96.0; x <= 224; x += 0.25 {
		disc(img, x, wire(x), 1.6, copper)
	}
	for i := range 6 {
		x := 112 + 18*float64(i)
		disc(img, x, wire(x), 3+float64(i)/2, signal)
	}
	computer(img, 24)
	computer(img, 224)
	return img
}

// wire is the height of the wire at x: a parabola between the two computers.
func wire(x float64) float64 {
	t := (x - 160) / 64
	return 128 - 24*t*t
}

// computer draws a screen on a foot; its left edge is at x.
func computer(img draw.Image, x int) {
	box(img, x, 64, 72, 56, ink)
	box(img, x+5, 69, 62, 46, screen)
	for line, length := range []int{40, 48, 28, 0, 52} {
		// text: a head, an empty line, a body
		box(img, x+10, 75+7*line, length, 2, ink)
	}
	box(img, x+31, 120, 10, 12, ink)
	box(img, x+16, 132, 40, 5, ink)
}

func box(img draw.Image, x, y, w, h int, c color.Color) {
	area := image.Rect(x, y, x+w, y+h)
	draw.Draw(img, area, image.NewUniform(c), image.Point{}, draw.Src)
}

// disc draws a filled circle whose edge is mixed with what lies below it.
func disc(img draw.Image, cx, cy, r float64, c color.RGBA) {
	for y := int(cy - r - 1); y <= int(cy+r+1); y++ {
		for x := int(cx - r - 1); x <= int(cx+r+1); x++ {
			d := math.Hypot(float64(x)+0.5-cx, float64(y)+0.5-cy)
			if part := min(max(r-d+0.5, 0), 1); part > 0 {
				img.Set(x, y, mix(img.At(x, y), c, part))
			}
		}
	}
}

func mix(below color.Color, above color.RGBA, part float64) color.Color {
	r, g, b, _ := below.RGBA()
	m := func(low uint32, high uint8) uint8 {
		return uint8(float64(low>>8)*(1-part) + float64(high)*part + 0.5)
	}
	return color.RGBA{m(r, above.R), m(g, above.G), m(b, above.B), 0xff}
}
