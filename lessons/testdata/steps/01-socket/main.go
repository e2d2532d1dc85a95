// Package main is what the tests of lessons take excerpts from.
package main

import "fmt"

const one, two = 1, 2

type server struct{ n int }

// count has a comment, which excerpts leave out.
func (s *server) count() int {
	if s.n > one {
		return two
	}
	return s.n
}

func greet() {
	fmt.Println("hello") // to the world
}
