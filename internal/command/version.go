package command

import (
	"fmt"

	"example/wirebook/internal/session"
)

// versionFlag reads --version notes|reference|yours.
type versionFlag session.Version

func (v *versionFlag) String() string { return session.Version(*v).String() }

func (v *versionFlag) Set(s string) error {
	for _, known := range []session.Version{session.Notes, session.Reference, session.Yours} {
		if s == known.String() {
			*v = versionFlag(known)
			return nil
		}
	}
	return fmt.Errorf("a version is notes, reference or yours")
}
