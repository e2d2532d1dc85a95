package httpserver

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A recording is one exchange with Python's http.server: a line of
// testdata/recorded.jsonl. Strings hold one byte in each character.
type recording struct {
	Step      string
	Name      string
	Segments  []segment
	HalfClose bool   `json:"half_close"`
	Normal    string // what came back; only the head where it was long
	BodySHA   string `json:"body_sha256"`
	BodyLen   int    `json:"body_len"`
	End       string // EOF, RST, or "open": still open after a silence
	Log       string
}

type segment struct {
	Delay float64 // seconds before it is written
	Data  string
}

// A difference is a recorded case that this server answers in its own way.
type difference struct {
	reason string
	answer string // the start of what it answers instead
}

// differences are all cases in which this server does not answer as the
// recorded one did. A case that stands here and is equal fails the test.
var differences = map[string]difference{
	"04-static/nul-byte": {"differs on purpose: a NUL names no file; Python " +
		"fails inside open and closes without a word",
		"HTTP/1.0 404 File not found\r\n"},
	"04-static/symlink-out-dir": {"differs on purpose: a link out of the " +
		"root is refused", "HTTP/1.0 404 File not found\r\n"},
}

// rootDifferences come on top where the test runs as root.
var rootDifferences = map[string]difference{
	"04-static/dir-unreadable": {"recorded as nobody; root may read a " +
		"directory of mode 000", "HTTP/1.0 200 OK\r\n"},
}

// TestTruth replays every recorded exchange and compares the answers byte for
// byte, Date and the value of Server apart, and how they end.
func TestTruth(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the recorded folder has names that other systems refuse")
	}
	differs := make(map[string]difference)
	maps.Copy(differs, differences)
	if os.Geteuid() == 0 {
		maps.Copy(differs, rootDifferences)
	}
	site := recordedSite(t)
	servers := map[string]*truthServer{
		"04-static":   newTruthServer(t, site, "HTTP/1.0"),
		"04-static11": newTruthServer(t, site, "HTTP/1.1"),
	}
	equal, total := make(map[string]int), make(map[string]int)
	t.Run("recorded", func(t *testing.T) {
		var mu sync.Mutex
		for _, rec := range recordings(t) {
			t.Run(rec.Step+"/"+rec.Name, func(t *testing.T) {
				t.Parallel()
				got := servers[rec.Step].replay(t, rec)
				fault := rec.compare(got)
				mu.Lock()
				total[rec.Step]++
				if fault == "" {
					equal[rec.Step]++
				}
				mu.Unlock()
				d, known := differs[rec.Step+"/"+rec.Name]
				switch {
				case !known && fault != "":
					t.Error(fault)
				case known && fault == "":
					t.Errorf("does not differ any more: %s", d.reason)
				case known && !strings.HasPrefix(got.bytes, d.answer):
					t.Errorf("got %v, want %q: %s",
						fold(got.bytes), d.answer, d.reason)
				}
			})
		}
	})
	for step, n := range total {
		t.Logf("%s: %d of %d recorded exchanges equal", step, equal[step], n)
	}
	if n := total["04-static"]; n != 104 || 100*equal["04-static"] < 95*n {
		t.Errorf("%d of %d equal, want 95 %% of 104", equal["04-static"], n)
	}
}

// TestTruthFails shows that the comparison would see a wrong byte, a missing
// one, and a wrong ending.
func TestTruthFails(t *testing.T) {
	rec := recording{Normal: "HTTP/1.0 200 OK\r\nDate: <DATE>\r\n\r\nHello\n",
		End: "EOF", Log: "127.0.0.1 - - [<TIME>] \"GET / HTTP/1.1\" 200 -\n"}
	const log = "127.0.0.1 - - [02/Jan/2020 03:04:05] " +
		"\"GET / HTTP/1.1\" 200 -\n"
	const good = "HTTP/1.0 200 OK\r\nDate: Thu, 02 Jan 2020 03:04:05 GMT\r\n" +
		"\r\nHello\n"
	for _, c := range []struct {
		got   answer
		wrong bool
	}{
		{answer{good, "EOF", log}, false},
		{answer{good, "RST", log}, true},
		{answer{good + "x", "EOF", log}, true},
		{answer{good[:len(good)-1], "EOF", log}, true},
		{answer{strings.Replace(good, "OK", "Ok", 1), "EOF", log}, true},
		{answer{good, "EOF", strings.Replace(log, "200", "404", 1)}, true},
	} {
		if fault := rec.compare(c.got); (fault != "") != c.wrong {
			t.Errorf("%v: fault %q, want one: %v", c.got, fault, c.wrong)
		}
	}
}

// An answer is what came back for a recording.
type answer struct {
	bytes string
	end   string
	log   string
}

var (
	serverValue = regexp.MustCompile(`(?m)^Server: [^\r]*\r$`)
	dateValue   = regexp.MustCompile(`(?m)^Date: [^\r]*\r$`)
	timeValue   = regexp.MustCompile(`\[[^\]]*\]`)
)

// plainText takes out what differs from run to run.
func plainText(s string) string {
	s = serverValue.ReplaceAllString(s, "Server: *\r")
	return dateValue.ReplaceAllString(s, "Date: *\r")
}

// compare returns the first difference, "" where there is none.
func (rec recording) compare(got answer) string {
	due, came := plainText(string(unLatin1(rec.Normal))), plainText(got.bytes)
	if rec.BodySHA != "" {
		head, body, _ := strings.Cut(came, "\r\n\r\n")
		sum := sha256.Sum256([]byte(body))
		if hex.EncodeToString(sum[:]) != rec.BodySHA {
			return fmt.Sprintf("body of %d bytes, want %d",
				len(body), rec.BodyLen)
		}
		came = head + "\r\n\r\n"
	}
	switch {
	case came != due:
		return fmt.Sprintf("got  %v\nwant %v", fold(came), fold(due))
	case got.end != rec.End:
		return fmt.Sprintf("end %s, want %s", got.end, rec.End)
	}
	// Python writes tracebacks too; those cases are differences.
	gotLog := timeValue.ReplaceAllString(got.log, "[<TIME>]")
	if rec.End != "open" && gotLog != rec.Log {
		return fmt.Sprintf("log  %v\nwant %v", fold(gotLog), fold(rec.Log))
	}
	return ""
}

// unLatin1 turns the characters of a recorded string back into bytes.
func unLatin1(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}

func recordings(t *testing.T) []recording {
	t.Helper()
	f, err := os.Open("testdata/recorded.jsonl")
	must(t, err)
	defer f.Close()
	var all []recording
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var rec recording
		must(t, json.Unmarshal(lines.Bytes(), &rec))
		all = append(all, rec)
	}
	must(t, lines.Err())
	return all
}

// A truthServer serves the recorded folder. Each replay has a listener of its
// own, so that the log of one exchange is not mixed with another's.
type truthServer struct {
	handler  Handler
	protocol string
}

func newTruthServer(t *testing.T, site, protocol string) *truthServer {
	return &truthServer{fileHandler(t, site), protocol}
}

// replay does what the recorded client did. Pauses are a sixth as long: they
// separate arrivals, nothing waits for their end.
func (s *truthServer) replay(t *testing.T, rec recording) answer {
	t.Helper()
	log := &lockedWriter{w: new(bytes.Buffer)}
	addr := siteServer(t, s.handler, func(hs *HTTPServer) {
		hs.Protocol, hs.Log = s.protocol, log
	})
	nc, err := net.Dial("tcp", addr)
	must(t, err)
	defer nc.Close()
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for _, seg := range rec.Segments {
			time.Sleep(time.Duration(seg.Delay * float64(time.Second) / 6))
			if _, err := nc.Write(unLatin1(seg.Data)); err != nil {
				return // the server has refused the rest: part of the case
			}
		}
		if rec.HalfClose {
			nc.(*net.TCPConn).CloseWrite()
		}
	}()
	got := readAll(t, nc, rec.End)
	<-sent
	got.log = log.String()
	return got
}

// readAll reads until the connection ends. Where it is said to stay open, it
// waits for silence instead.
func readAll(t *testing.T, nc net.Conn, end string) answer {
	t.Helper()
	patience := 10 * time.Second
	if end == "open" {
		patience = 300 * time.Millisecond
	}
	var got bytes.Buffer
	nc.SetReadDeadline(time.Now().Add(patience))
	_, err := got.ReadFrom(nc)
	a := answer{bytes: got.String()}
	switch {
	case err == nil:
		a.end = "EOF"
	case errors.Is(err, os.ErrDeadlineExceeded):
		a.end = "open"
	case errors.Is(err, syscall.ECONNRESET):
		a.end = "RST"
	default:
		t.Error(err)
	}
	return a
}

// A lockedWriter can be read once its writers have ended.
type lockedWriter struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}

func (l *lockedWriter) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.String()
}
