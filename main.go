// Wirebook is a workbook in the terminal that teaches how web servers work by
// building one five times over, from a bare socket to CGI, with the raw bytes
// on the wire always in view.
//
// Usage:
//
//	go run .          open the workbook
//	go run . help     list the commands
//
// Everything behind a command is in internal/command; the screen is in tui.
package main

import (
	"os"

	"example/wirebook/internal/command"
)

func main() {
	os.Exit(command.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
