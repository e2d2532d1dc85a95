package judge

import (
	"testing"

	"example/wirebook/internal/exchange"
	"example/wirebook/internal/play"
)

// BenchmarkExact reads one exchange and compares one answer with it: what a
// test does for each file.
func BenchmarkExact(b *testing.B) {
	got := "HTTP/1.1 200 OK\r\n" + now + "Content-Type: text/html; charset=utf-8\r\nContent-Length: 6\r\n\r\nhello\n"
	tr := transcript(sentPage, got, play.Closed)
	b.ReportAllocs()
	for b.Loop() {
		x, err := exchange.Parse("page.txtar", []byte(pageFile), nil)
		if err != nil {
			b.Fatal(err)
		}
		if f := Exact(x, tr); f != nil {
			b.Fatal(f.Text())
		}
	}
}

// BenchmarkJudge compares one answer with everything that can be judged.
func BenchmarkJudge(b *testing.B) {
	x := parse(b, judged)
	tr := transcript(sentPage, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 3\r\n\r\nYes", play.Closed)
	b.ReportAllocs()
	for b.Loop() {
		if f := Judged(x, tr); f != nil {
			b.Fatal(f.Text())
		}
	}
}
