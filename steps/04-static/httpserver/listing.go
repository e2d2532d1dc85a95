package httpserver

import (
	"cmp"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"
)

// An entry is one line of a listing.
type entry struct {
	name string
	key  string // what it is sorted by
	dir  bool   // a directory, or a link to one: its link ends in a slash
	link bool   // a symbolic link: shown with an @
}

// list answers with the names in a directory.
func (h *SimpleHTTPRequestHandler) list(
	w *ResponseWriter, r *Request, name string, f *os.File) {
	found, err := f.ReadDir(-1)
	if err != nil {
		w.SendError(404, "No permission to list directory", "")
		return
	}
	entries := make([]entry, len(found))
	for i, e := range found {
		link := e.Type()&fs.ModeSymlink != 0
		entries[i] = entry{
			name: e.Name(),
			key:  strings.ToLower(e.Name()),
			dir:  e.IsDir() || link && h.isDir(name+"/"+e.Name()),
			link: link,
		}
	}
	// Names that differ in case alone come in the order of the file system in
	// Python. Here it is the order of their bytes, the same everywhere.
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.name, b.name))
	})
	page := listingPage(r.Target, entries)
	w.SendResponse(200, "")
	w.SendHeader("Content-type", "text/html; charset=utf-8")
	w.SendHeader("Content-Length", strconv.Itoa(len(page)))
	w.EndHeaders()
	if r.Method != "HEAD" {
		w.WriteString(page)
	}
}

// listingPage is http.server's page. The title is the target, its query
// included, as the client wrote it: decoded for people, escaped for browsers.
func listingPage(target string, entries []entry) string {
	title := "Directory listing for " + escape.Replace(unquote(target))
	var b strings.Builder
	b.WriteString(`<!DOCTYPE HTML>
<html lang="en">
<head>
<meta charset="utf-8">
<title>` + title + `</title>
</head>
<body>
<h1>` + title + `</h1>
<hr>
<ul>
`)
	for _, e := range entries {
		href, shown := e.name, e.name
		if e.dir {
			href, shown = href+"/", shown+"/"
		}
		if e.link {
			shown = e.name + "@"
		}
		b.WriteString(`<li><a href="` + quote(href) + `">` +
			escape.Replace(shown) + "</a></li>\n")
	}
	b.WriteString("</ul>\n<hr>\n</body>\n</html>\n")
	return b.String()
}
