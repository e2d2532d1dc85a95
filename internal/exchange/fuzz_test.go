package exchange

import (
	"reflect"
	"strings"
	"testing"
)

// FuzzParse asks that any file is read or refused with its name, and that line
// ends of a checkout do not matter.
func FuzzParse(f *testing.F) {
	f.Add(pageFile)
	f.Add(head + "exercise: e\njudges: cut, alive, close\n-- half-close --\n-- connection 2 --\n" + get + "-- response --\nHTTP/1.1 200 OK\n\n-- pause 1ms --\n-- reset --\n")
	f.Add(head + "-- request.raw --\n^M^xE9^^\n@repeat 3 a^M^J\n-- response.raw --\nYes^D\n-- close --\n")
	f.Add(head + get + "-- response --\nHTTP/1.1 405|501 *\nDate: *\n\nbody: contains x\n")
	f.Fuzz(func(t *testing.T, file string) {
		x, err := Parse("page.txtar", []byte(file), nil)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "exchange: page.txtar:") {
				t.Errorf("%q: %v", file, err)
			}
			return
		}
		if !strings.Contains(file, "\r") {
			same, err := Parse("page.txtar", []byte(strings.ReplaceAll(file, "\n", "\r\n")), nil)
			if err != nil || !reflect.DeepEqual(x, same) {
				t.Errorf("%q with CR LF: %v", file, err)
			}
		}
	})
}
