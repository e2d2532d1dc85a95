// Package steps holds the files of every step that lessons, checks and the
// workbook show: exchanges, exercises, sources and what the servers serve.
// The servers themselves are the programs in the folders below; nothing here
// runs them. The learner's own file is not among them: it changes.
package steps

import "embed"

// FS is rooted at this folder: "01-socket/exchanges/page.txtar".
//
//go:embed */exchanges/*.txtar */exercises.txtar */www */*.go
//go:embed */testdata/skeleton/main.go 01-socket/socket/*.go 01-socket/yes/*.go
//go:embed 02-post/form/*.go 02-post/site/*.go
//go:embed 03-tcpserver/socketserver/*.go 04-static/httpserver/*.go
//go:embed 05-cgi/cgi/*.go
var FS embed.FS
