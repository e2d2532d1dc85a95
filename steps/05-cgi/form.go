package main

import (
	"bufio"
	"fmt"
	"html"
	"os"
	"runtime"

	"example/wirebook/steps/05-cgi/cgi"
)

// formScript is a CGI script: it shows what a form has sent, in the order in
// which it was sent. What it reads is what a server gives to a script, the
// environment and standard input; what it prints goes to the server.
func formScript() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()

	form, err := cgi.ReadForm(os.Getenv, os.Stdin)
	if err != nil {
		// The server writes the status line; Status says what goes into it.
		fmt.Fprintf(out, "Status: 400 Bad Request\n"+
			"Content-Type: text/plain; charset=utf-8\n\n%v\n", err)
		return
	}
	fmt.Fprint(out, "Content-Type: text/html; charset=utf-8\n\n"+
		"<!DOCTYPE html>\n<title>form</title>\n<p>Hello world!</p>\n<dl>\n")
	for _, field := range form {
		value := field.Value
		if field.Filename != "" {
			value = fmt.Sprintf("the file %s, %d bytes of %s",
				field.Filename, len(value), field.ContentType)
		}
		// Whatever came may hold "<script>": it is escaped where it is shown.
		fmt.Fprintf(out, "<dt>%s</dt><dd>%s</dd>\n",
			html.EscapeString(field.Name), html.EscapeString(value))
	}
	fmt.Fprint(out, "</dl>\n")
}

// thisProgram returns the path by which this program can be started again.
//
// On Linux /proc/self/exe is the program that runs, wherever it lies: "go run"
// by root builds it in a folder that the user nobody may not enter. Elsewhere
// root starts a program that lies where everybody may run it:
//
//	go build -o /usr/local/bin/05-cgi ./steps/05-cgi
func thisProgram() (string, error) {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return os.Executable()
}
