package httpserver

import (
	"path"
	"strings"
)

// contentType returns the type of a file by the ending of its name: what is
// inside is not looked at. Python asks the system's tables as well (so does
// Go's package mime), and so the type of a file depends on the machine.
func contentType(name string) string {
	if t, found := types[strings.ToLower(path.Ext(name))]; found {
		return t
	}
	return "application/octet-stream" // a browser saves it to disk
}

var types = map[string]string{
	".css":  "text/css",
	".gif":  "image/gif",
	".gz":   "application/gzip",
	".htm":  "text/html",
	".html": "text/html",
	".ico":  "image/vnd.microsoft.icon",
	".jpeg": "image/jpeg",
	".jpg":  "image/jpeg",
	".js":   "text/javascript",
	".json": "application/json",
	".md":   "text/markdown",
	".mp4":  "video/mp4",
	".pdf":  "application/pdf",
	".png":  "image/png",
	".py":   "text/x-python",
	".sh":   "text/x-sh",
	".svg":  "image/svg+xml",
	".txt":  "text/plain",
	".wasm": "application/wasm",
	".webp": "image/webp",
	".xml":  "application/xml",
	".zip":  "application/zip",
}
