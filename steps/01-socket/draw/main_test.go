package main

import (
	"bytes"
	"image"
	"image/jpeg"
	"os"
	"testing"
)

// TestPicture: the file that is served is this program's picture. Releases of
// Go may encode it differently, so what is compared is what one sees.
func TestPicture(t *testing.T) {
	data, err := os.ReadFile("../www/test.jpg")
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 16<<10 {
		t.Errorf("%d bytes: more than a screen of bytes can show", len(data))
	}
	got, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != image.Rect(0, 0, width, height) {
		t.Fatalf("size %v", got.Bounds())
	}
	want := picture()
	off := 0
	for y := range height {
		for x := range width {
			r1, g1, b1, _ := got.At(x, y).RGBA()
			r2, g2, b2, _ := want.At(x, y).RGBA()
			if far(r1, r2) || far(g1, g2) || far(b1, b2) {
				off++
			}
		}
	}
	if off > width*height/100 {
		t.Errorf("%d of %d dots differ: draw it again", off, width*height)
	}
}

// far tells a difference that is more than the loss of a good JPEG.
func far(a, b uint32) bool { return max(a, b)-min(a, b) > 0x3000 }
