package command

import (
	"fmt"

	"example/wirebook/internal/course"
)

// versionFlag reads --version notes|reference|yours.
type versionFlag course.Server

func (v *versionFlag) String() string { return course.Server(*v).String() }

func (v *versionFlag) Set(s string) error {
	for _, known := range []course.Server{course.Notes, course.Reference, course.Yours} {
		if s == known.String() {
			*v = versionFlag(known)
			return nil
		}
	}
	return fmt.Errorf("a version is notes, reference or yours")
}
