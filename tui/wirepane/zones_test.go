package wirepane

import "testing"

func TestWireZones(t *testing.T) {
	for h := 1; h < 120; h++ {
		detail, cursor, list := zones(h)
		if detail+cursor+list != h || detail < 1 {
			t.Errorf("height %d: %d + %d + %d", h, detail, cursor, list)
		}
	}
}
