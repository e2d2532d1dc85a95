package form

import (
	"slices"
	"testing"
)

func TestParse(t *testing.T) {
	for text, want := range map[string][]Pair{
		"":                 nil,
		"&&":               nil,
		"a":                {{"a", ""}},
		"a=":               {{"a", ""}},
		"=b":               {{"", "b"}},
		"a=b=c":            {{"a", "b=c"}},
		"b=2&a=1&b=3":      {{"b", "2"}, {"a", "1"}, {"b", "3"}},
		"a=1;b=2":          {{"a", "1;b=2"}},
		"a+b=c+d":          {{"a b", "c d"}},
		"%61%3D=%26%2b%3d": {{"a=", "&+="}},
		"a=%4a%4A":         {{"a", "JJ"}},
		"a=%":              {{"a", "%"}},
		"a=%4":             {{"a", "%4"}},
		"a=%zz%+1":         {{"a", "%zz% 1"}},
		"a=%2526":          {{"a", "%26"}},
		"a=%C3%A9":         {{"a", "é"}},
		"a=%E9&%E9=b":      {{"a", "\uFFFD"}, {"\uFFFD", "b"}},
		"a=\xe9":           {{"a", "\uFFFD"}},
		"a=%00%0D%0A":      {{"a", "\x00\r\n"}},
	} {
		if got := Parse(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
