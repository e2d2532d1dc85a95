package exchange

// A Section is one section of a file that holds no exchange but is written in
// the same notation: a txtar archive whose sections are "key: value" lines,
// such as a step's exercises.
type Section struct {
	Name    string
	Line    int // of its marker in the file, from 1
	Entries []Entry
}

// ParseSections reads such a file. Nothing but comments may stand before the
// first section. Errors name the file and the line.
func ParseSections(name string, data []byte) ([]Section, error) {
	a, err := split(data)
	if err != nil {
		return nil, fileError(name, err)
	}
	if head, err := entries(a.head, 1); err != nil {
		return nil, fileError(name, err)
	} else if len(head) > 0 {
		return nil, fileError(name, errorAt(head[0].Line, "key before the first section: %s", head[0].Key))
	}
	var all []Section
	for _, s := range a.sections {
		list, err := entries(s.lines, s.line+1)
		if err != nil {
			return nil, fileError(name, err)
		}
		all = append(all, Section{s.name, s.line, list})
	}
	return all, nil
}
