package session

import "example/wirebook/internal/course"

// These go as soon as their users name package course.
type (
	Version     = course.Server
	Unavailable = course.Unavailable
)

// The servers of a step.
const (
	Notes     = course.Notes
	Reference = course.Reference
	Yours     = course.Yours
)

// Command is course.Command.
var Command = course.Command
