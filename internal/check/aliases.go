package check

import "example/wirebook/internal/course"

// These go as soon as their users name package course.
type (
	Step     = course.Step
	Exercise = course.Exercise
)

// Load is course.Load.
var Load = course.Load
