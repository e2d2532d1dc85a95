package exchange

import (
	"io/fs"
	"strconv"
	"strings"
)

// maxAdded is how many bytes @file and @repeat may add to one exchange.
const maxAdded = 4 << 20

// decodeLine turns one line of a section into the bytes it stands for. joined
// says that the line ended in ^D: no line end follows it on the wire.
func decodeLine(line string, number int) (b []byte, joined bool, err error) {
	b = make([]byte, 0, len(line))
	for i := 0; i < len(line); i++ {
		if line[i] != '^' {
			b = append(b, line[i])
			continue
		}
		i++
		if i == len(line) {
			return nil, false, errorAt(number, "lone caret at the end: write ^^")
		}
		switch c := line[i]; {
		case c == 'D' && i == len(line)-1:
			return b, true, nil
		case c == 'D':
			return nil, false, errorAt(number, "^D inside a line: it ends one; the byte 04 is ^x04")
		case c == '^':
			b = append(b, '^')
		case c == '?':
			b = append(b, 0x7f)
		case c >= '@' && c <= '_':
			b = append(b, c-'@')
		case c == 'x':
			end := min(i+3, len(line))
			v, err := strconv.ParseUint(line[i+1:end], 16, 8)
			if err != nil || end-i != 3 {
				return nil, false, errorAt(number, "^x needs two hex digits: %q", line[i+1:end])
			}
			b = append(b, byte(v))
			i += 2
		default:
			return nil, false, errorAt(number, "unknown notation: ^%c", c)
		}
	}
	return b, false, nil
}

// A headState says where in a message a section left off, so that a request
// cut in two sections is translated like one in a single section.
type headState struct {
	text  bool // something of the head was there
	line  bool // and it stopped inside a line
	ended bool // the empty line was there: what follows is content
}

// wire turns the lines of a section into bytes. Unless raw is set, lines of the
// head get CR LF; after the empty line that ends it, bytes go as written. Empty
// lines before the first text do not end a head that has not begun.
func (p *parser) wire(s section, raw bool, h headState) ([]byte, headState, error) {
	var out []byte
	for i, line := range s.lines {
		number := s.line + 1 + i
		b, joined, err := p.line(line, number)
		if err != nil {
			return nil, h, err
		}
		out = append(out, b...)
		if len(b) > 0 {
			h.text, h.line = true, b[len(b)-1] != '\n'
		}
		if joined {
			continue
		}
		if !raw && !h.ended {
			out = append(out, '\r')
		}
		out = append(out, '\n')
		if !h.line && len(b) == 0 && h.text {
			h.ended = true
		}
		h.line = false
	}
	return out, h, nil
}

// line decodes one line: a directive, or text in the notation. No line end
// follows a directive.
func (p *parser) line(line string, number int) (b []byte, joined bool, err error) {
	if !strings.HasPrefix(line, "@") {
		return decodeLine(line, number)
	}
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "@file":
		b, err = p.file(rest, number)
	case "@repeat":
		b, err = p.repeat(rest, number)
	default:
		err = errorAt(number, "unknown directive: %s; an at sign that begins a line is ^x40", word)
	}
	return b, true, err
}

func (p *parser) file(name string, number int) ([]byte, error) {
	if p.www == nil {
		return nil, errorAt(number, "@file %s: no www folder to read from", name)
	}
	if err := validName(name); err != nil {
		return nil, errorAt(number, "@file %s: %v", name, err)
	}
	info, err := fs.Stat(p.www, name)
	if err != nil {
		return nil, errorAt(number, "@file %s: %v", name, err)
	}
	if info.Size() > maxAdded {
		return nil, errorAt(number, "@file %s: %d bytes, at most %d", name, info.Size(), maxAdded)
	}
	b, err := fs.ReadFile(p.www, name)
	if err != nil {
		return nil, errorAt(number, "@file %s: %v", name, err)
	}
	return b, p.add(len(b), number)
}

func (p *parser) repeat(rest string, number int) ([]byte, error) {
	count, text, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || text == "" {
		return nil, errorAt(number, "@repeat needs a count and a text: %q", rest)
	}
	b, joined, err := decodeLine(text, number)
	if err != nil {
		return nil, err
	}
	if joined {
		return nil, errorAt(number, "^D after @repeat: it never has a line end")
	}
	if n > maxAdded/max(len(b), 1) {
		n = maxAdded/max(len(b), 1) + 1 // too many in any case; no overflow
	}
	if err := p.add(n*len(b), number); err != nil {
		return nil, err
	}
	return []byte(strings.Repeat(string(b), n)), nil
}

// add counts n bytes that a directive adds.
func (p *parser) add(n, number int) error {
	p.added += n
	if p.added > maxAdded {
		return errorAt(number, "@file and @repeat add more than %d bytes", maxAdded)
	}
	return nil
}
