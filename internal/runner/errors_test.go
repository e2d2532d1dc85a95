package runner

import "testing"

// A port that was free when it was picked may be taken when the server comes to
// it; Start then picks another, if it can tell from what the server says.
func TestSaysPortTaken(t *testing.T) {
	for output, want := range map[string]bool{
		"bind: address already in use":                                true,
		"OSError: [Errno 98] Address already in use":                  true,
		"Only one usage of each socket address is normally permitted": true,
		"Error: listen EADDRINUSE: address":                           true,
		// The steps' own line.
		"port 40287 is taken, perhaps by your last run: stop that one, or choose -addr 127.0.0.1:40288": true,
		"the seat is taken":       false,
		"listening on port 40287": false,
		"":                        false,
	} {
		if got := saysPortTaken(output); got != want {
			t.Errorf("%q: %v, want %v", output, got, want)
		}
	}
}
