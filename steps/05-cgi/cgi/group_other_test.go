//go:build !unix

package cgi

import (
	"errors"
	"os/exec"
)

func leaveGroup(*exec.Cmd) {}

func benchServe(string, string, bool) error {
	return errors.New("no benchmark here")
}
