package exchange

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// A parser reads one exchange file.
type parser struct {
	www   fs.FS // for @file; nil where there is none
	added int   // bytes that directives have added
}

// Parse reads one exchange file. Its name is for messages and for the
// exchange: "page.txtar" is called page. What @file names is read from www,
// which may be nil where no file is named so. Errors name the file and the
// line. To which step the exchange belongs is for the caller to say.
func Parse(name string, data []byte, www fs.FS) (*Exchange, error) {
	x := &Exchange{Name: strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".txtar")}
	p := &parser{www: www}
	if err := p.parse(x, data); err != nil {
		return nil, fileError(name, err)
	}
	return x, nil
}

// fileError puts the file's name before an error of one of its lines.
func fileError(name string, err error) error {
	return fmt.Errorf("exchange: %s:%w", path.Base(filepath.ToSlash(name)), err)
}

func (p *parser) parse(x *Exchange, data []byte) error {
	a, err := split(data)
	if err != nil {
		return err
	}
	list, err := entries(a.head, 1)
	if err != nil {
		return err
	}
	lines := map[string]int{} // of the keys
	for _, e := range list {
		lines[e.Key] = e.Line
		if err := x.set(e); err != nil {
			return err
		}
	}
	switch {
	case x.Title == "":
		return errorAt(1, "no title")
	case x.Why == "":
		return errorAt(1, "no why")
	case (x.Exercise == "") != (len(x.Judges) == 0):
		return errorAt(max(lines["exercise"], lines["judges"]), "exercise and judges go together")
	}
	s := scripter{parser: p, x: x, conns: map[int]*connState{}}
	for _, sec := range a.sections {
		if err := s.section(sec); err != nil {
			return err
		}
	}
	if len(x.Script) == 0 {
		return errorAt(max(len(a.head), 1), "no section: nothing happens")
	}
	if x.Cuts && len(x.Request()) < 2 {
		return errorAt(lines["cuts"], "cuts: the first request is too short to cut")
	}
	return x.checkJudges(lines["judges"])
}

// set puts one key of the head into the exchange.
func (x *Exchange) set(e Entry) error {
	v := e.Sentence()
	if v == "" {
		return errorAt(e.Line, "no value: %s", e.Key)
	}
	switch e.Key {
	case "title":
		x.Title = v
	case "why":
		x.Why = v
	case "rule":
		x.Rule = v
	case "notes":
		x.Notes = strings.Fields(v)
		for _, n := range x.Notes {
			if !IsNote(n) {
				return errorAt(e.Line, "not an error of the notes: %s", n)
			}
		}
	case "exercise":
		x.Exercise = v
	case "judges":
		return x.setJudges(e.Line, v)
	case "cuts":
		if v != "every" {
			return errorAt(e.Line, "unknown cuts: %s", v)
		}
		x.Cuts = true
	default:
		return errorAt(e.Line, "unknown key: %s", e.Key)
	}
	return nil
}

// IsNote says whether s is an E and a number.
func IsNote(s string) bool {
	digits, ok := strings.CutPrefix(s, "E")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// validName refuses names that could leave the folder they are meant for, on
// any system.
func validName(name string) error {
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\:") {
		return errors.New("not a plain relative name")
	}
	return nil
}
