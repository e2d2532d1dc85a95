//go:build !unix

package cgi

import "os/exec"

func leaveGroup(*exec.Cmd) {}

func serveBenchmark() bool { return false } // there are none here
