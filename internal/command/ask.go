package command

import (
	"bufio"
	"fmt"
	"strings"
)

// ask prints a prompt and returns the answer in lower case, without the spaces
// around it; false at the end of the input and after Ctrl-C.
//
// A read from a terminal cannot be called off, so it is done aside: Ctrl-C must
// end the program while it waits for a line. The reader is at most one line
// ahead, and whatever it still waits for ends with the program.
func (a *app) ask(prompt string) (answer string, ok bool) {
	if a.lines == nil {
		a.lines = make(chan string)
		go func() {
			defer close(a.lines)
			in := bufio.NewScanner(a.stdin)
			for in.Scan() {
				select {
				case a.lines <- in.Text():
				case <-a.ctx.Done():
					return
				}
			}
		}()
	}
	fmt.Fprint(a.stdout, prompt)
	select {
	case answer, ok = <-a.lines:
	case <-a.ctx.Done():
	}
	if !ok { // nobody pressed enter: the next output begins a line all the same
		fmt.Fprintln(a.stdout)
	}
	return strings.ToLower(strings.TrimSpace(answer)), ok
}
