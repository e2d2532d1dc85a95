package message

import "unsafe"

// A Splitter finds the messages in what the two sides of a connection send
// each other. It is given the bytes in the order in which they came, since what
// a response is depends on what had been asked by then. More bytes never move
// the spans of earlier ones, and no byte is read twice, save those of a line
// that has not ended. The zero value is ready to use.
type Splitter struct {
	MaxBytes int // kept of each direction; 0: all
	MaxSpans int // kept of each direction, about; then both end; 0: all

	readers  [2]reader // by Dir
	begun    bool
	list     []Message // in the order of their first bytes
	requests []int     // where in list the requests stand
}

// reader is the reader of a direction.
func (s *Splitter) reader(dir Dir) *reader {
	if !s.begun {
		s.begun = true
		s.readers[ToServer].dir, s.readers[ToServer].s = ToServer, s
		s.readers[ToClient].dir, s.readers[ToClient].s = ToClient, s
	}
	return &s.readers[dir]
}

// Add takes bytes that dir's sender sent, and returns how many of them it
// keeps. Once it is fewer than all, the record of that direction has ended.
func (s *Splitter) Add(dir Dir, b []byte) int {
	r := s.reader(dir)
	if r.ended || r.full {
		return 0
	}
	if s.MaxSpans > 0 && r.spansBefore+len(r.spans) >= s.MaxSpans {
		// Requests without their responses would look as if there had been none.
		s.Stop(ToServer)
		s.Stop(ToClient)
		return 0
	}
	room := len(b)
	if s.MaxBytes > 0 {
		room = min(room, s.MaxBytes-len(r.all))
	}
	before := len(r.all)
	r.all = append(r.all, b[:room]...)
	r.read()
	if room < len(b) {
		s.Stop(dir)
	}
	return len(r.all) - before
}

// Stop ends the record of a direction: what its sender sends from here on is
// not kept. Nothing is concluded from that.
func (s *Splitter) Stop(dir Dir) { s.reader(dir).full = true }

// Stopped tells whether dir's sender sent more than is kept.
func (s *Splitter) Stopped(dir Dir) bool { return s.readers[dir].full }

// End notes that dir's sender has ended its direction (FIN).
func (s *Splitter) End(dir Dir) { s.reader(dir).end(true) }

// Cut notes that dir's sender will send no more and never said so: the
// connection was reset, or given up.
func (s *Splitter) Cut(dir Dir) { s.reader(dir).end(false) }

// Bytes is what dir's sender sent, as far as it is kept.
func (s *Splitter) Bytes(dir Dir) []byte { return s.readers[dir].all }

// Size is about how many bytes of memory the record takes.
func (s *Splitter) Size() int {
	n := cap(s.list) * int(unsafe.Sizeof(Message{}))
	for i := range s.readers {
		r := &s.readers[i]
		n += cap(r.all) + (r.spansBefore+cap(r.spans))*int(unsafe.Sizeof(Span{}))
	}
	return n
}

// Messages lists the messages of both directions in the order in which their
// first bytes came. The result is the Splitter's own and holds until more is
// added: look, do not change.
func (s *Splitter) Messages() []Message {
	for i := range s.readers {
		if r := &s.readers[i]; r.open {
			s.list[r.at] = r.view()
		}
	}
	for i := range s.list {
		s.list[i].all = s.readers[s.list[i].Dir].all
	}
	return s.list
}

// request is the request of that number as far as it has come. ok is false
// while nothing of it has.
func (s *Splitter) request(number int) (m Message, ok bool) {
	if number > len(s.requests) {
		return Message{}, false
	}
	at := s.requests[number-1]
	if r := &s.readers[ToServer]; r.open && r.at == at {
		return r.view(), true
	}
	return s.list[at], true
}

// method is the method of the request of that number, empty while its end is
// not in sight.
func (s *Splitter) method(number int) string {
	m, _ := s.request(number)
	for _, span := range m.Spans {
		if span.Kind == Method && span.Off+span.Len < len(s.Bytes(ToServer)) {
			return m.Head.Method
		}
	}
	return ""
}
