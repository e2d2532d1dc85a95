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
	// say hello
	fmt.Println("hello") // to the world
	// say the rest
	for range two {
		// say it again

		fmt.Println("hello")
		// A comment that is a sentence belongs to the lines around it.
		fmt.Println("again")
	}

	// rest, not twice
	// as this comment has two lines
	for {
		// say goodbye
		fmt.Println("bye")
		if one > two {
			// say hello again
			fmt.Println("hello")
		}
		// end it all
		return
	}

	// do nothing
}

func twice() {
	// do it
	fmt.Println(1)
	// do it
	fmt.Println(2)
}
