package visible

import (
	"testing"
	"time"
)

func TestNumbers(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Count(0, "byte"), "0 bytes"}, {Count(1, "byte"), "1 byte"}, {Count(4026, "byte"), "4,026 bytes"},
		{Thousands(999), "999"}, {Thousands(1000), "1,000"}, {Thousands(1234567), "1,234,567"},
		{Thousands(-999), "-999"}, {Thousands(-123456), "-123,456"},
		{Size(999), "999 B"}, {Size(1000), "1.0 KB"}, {Size(10240), "10.2 KB"}, {Size(5_000_000), "5.0 MB"}, {Size(3e9), "3.0 GB"},
		{Duration(400 * time.Microsecond), "0.4 ms"}, {Duration(120 * time.Millisecond), "120 ms"},
		{Duration(4999 * time.Millisecond), "4 s"}, {Duration(999600 * time.Microsecond), "1 s"},
		{Duration(999400 * time.Microsecond), "999 ms"}, {Duration(9960 * time.Microsecond), "10 ms"},
		{Seconds(0), "0.1 s"}, {Seconds(200 * time.Millisecond), "0.2 s"}, {Seconds(4600 * time.Millisecond), "5 s"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}
