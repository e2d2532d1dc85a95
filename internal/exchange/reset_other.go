//go:build !windows

package exchange

// isSystemReset is for systems whose numbers are not POSIX's.
func isSystemReset(error) bool { return false }
