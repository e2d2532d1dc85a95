package command

import (
	"fmt"
	"runtime/debug"
)

var versionVerb = verb{
	name: "version", short: "print the version of the program (also: --version)",
	run: func(a *app, args []string) error {
		version := "(development)"
		if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
			version = info.Main.Version
		}
		_, err := fmt.Fprintf(a.stdout, "wirebook %s\n", version)
		return err
	},
}
