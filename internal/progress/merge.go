package progress

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// A document is the file as JSON: it keeps the fields that Progress does not
// know. Numbers stay as they are written.
type document = map[string]any

// decode reads a file's text. The error is one of encoding/json.
func decode(data []byte) (document, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var doc document
	err := d.Decode(&doc)
	return doc, err
}

// documentOf is a progress as a document.
func documentOf(p Progress) document {
	p.Version = version
	data, err := json.Marshal(p)
	if err != nil {
		panic(err) // maps, strings and numbers alone
	}
	doc, err := decode(data)
	if err != nil {
		panic(err) // we have just written it
	}
	return doc
}

// merge puts what mine has changed since base into theirs. It changes none of
// the three. Where both have changed one value, mine wins: it is what a reader
// sees at this moment.
func merge(base, mine, theirs document) document {
	merged := document{}
	maps.Copy(merged, theirs)
	for key, was := range base {
		if _, kept := mine[key]; !kept {
			// An empty map or list is left out of the file. That ours is
			// empty now says nothing of what theirs has in it.
			switch was.(type) {
			case document:
				merged[key] = mergeValue(was, document{}, theirs[key])
			case []any:
				merged[key] = mergeValue(was, []any{}, theirs[key])
			default:
				delete(merged, key)
			}
		}
	}
	for key, value := range mine {
		was, known := base[key]
		if known && equal(was, value) {
			continue // theirs, or nothing where another workbook removed it
		}
		merged[key] = mergeValue(was, value, theirs[key])
	}
	return merged
}

// mergeValue merges one value that mine has changed: objects field by field,
// lists of names as sets, all else whole.
func mergeValue(base, mine, theirs any) any {
	switch mine := mine.(type) {
	case document:
		base, _ := base.(document)
		if theirs, ok := theirs.(document); ok {
			return merge(base, mine, theirs)
		}
	case []any:
		base, _ := base.([]any)
		if theirs, ok := theirs.([]any); ok {
			return mergeNames(base, mine, theirs)
		}
	}
	return mine
}

// mergeNames keeps the order of theirs and adds what mine has more.
func mergeNames(base, mine, theirs []any) []any {
	merged := []any{}
	for _, name := range theirs {
		if contains(mine, name) || !contains(base, name) {
			merged = append(merged, name)
		}
	}
	for _, name := range mine {
		if !contains(merged, name) && !contains(base, name) {
			merged = append(merged, name)
		}
	}
	return merged
}

func contains(list []any, name any) bool {
	return slices.ContainsFunc(list, func(other any) bool { return equal(other, name) })
}

// equal compares two decoded values.
func equal(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
