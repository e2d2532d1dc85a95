package exchange

import "testing"

// BenchmarkExact reads one exchange and compares one answer with it: what a
// test does for each file.
func BenchmarkExact(b *testing.B) {
	got := "HTTP/1.1 200 OK\r\n" + now + "Content-Type: text/html; charset=utf-8\r\nContent-Length: 6\r\n\r\nhello\n"
	tr := told(sentPage, got, Closed)
	b.ReportAllocs()
	for b.Loop() {
		x, err := Parse("page.txtar", []byte(pageFile), nil)
		if err != nil {
			b.Fatal(err)
		}
		if f := x.Exact(tr); f != nil {
			b.Fatal(f.Text())
		}
	}
}

// BenchmarkJudge compares one answer with everything that can be judged.
func BenchmarkJudge(b *testing.B) {
	x := parse(b, judged)
	tr := told(sentPage, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 3\r\n\r\nYes", Closed)
	b.ReportAllocs()
	for b.Loop() {
		if f := x.Judge(tr); f != nil {
			b.Fatal(f.Text())
		}
	}
}

// BenchmarkPlay is one exchange over loopback, with its probe.
func BenchmarkPlay(b *testing.B) {
	p := serve(b, answer(yes))
	x := parse(b, head+get+await+"-- close --\n")
	for b.Loop() {
		tr, err := p.Play(b.Context(), x)
		if err != nil || !tr.Alive {
			b.Fatal(tr, err)
		}
	}
}
