package runner

import "os"

// isAlive says whether there is a process with this number, or was one that
// somebody still asks about.
func isAlive(pid int) bool {
	p, err := os.FindProcess(pid) // here it opens the process
	if err != nil {
		return false
	}
	p.Release()
	return true
}
