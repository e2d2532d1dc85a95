package command

import (
	"fmt"
	"strings"
)

// help prints the list of commands, or one command's page.
func (a *app) help(args []string) int {
	if len(args) == 0 {
		fmt.Fprintf(a.stdout, "Wirebook: learn how web servers work by building one.\n\n")
		for _, v := range verbs() {
			words := strings.TrimSpace(v.name + " " + v.args)
			if v.name == "open" {
				words = ""
			}
			fmt.Fprintf(a.stdout, "  %s\n      %s\n", strings.TrimSpace(a.self+" "+words), v.short)
		}
		fmt.Fprintf(a.stdout, "\nA STEP is its number or its name: 01, socket. More on one command: %s help check\n", a.self)
		fmt.Fprintf(a.stdout, "Exit status: 0 done, 1 a check fails, 2 the command could not do its work.\n")
		if a.self == "go run ." {
			fmt.Fprintf(a.stdout, "(go run makes 1 of every failure; go build gives you a program that does not.)\n")
		}
		return exitOK
	}
	for _, v := range verbs() {
		if v.name == args[0] {
			fmt.Fprintf(a.stdout, "%s\n\n%s\n", strings.TrimSpace(a.self+" "+v.name+" "+v.args), strings.TrimSpace(v.short+"\n\n"+v.long))
			return exitOK
		}
	}
	return a.report(&usageError{text: fmt.Sprintf("there is no command %q", args[0])})
}
