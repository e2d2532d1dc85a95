package cgi_test

import (
	"fmt"
	"strings"

	"example/wirebook/steps/05-cgi/cgi"
)

// A script reads its form. Getenv and Body stand in for the environment and
// the standard input that a server would give it.
func ExampleFormReader() {
	environment := map[string]string{
		"QUERY_STRING":   "hi=john%20doe",
		"CONTENT_TYPE":   "application/x-www-form-urlencoded",
		"CONTENT_LENGTH": "43",
	}
	body := "user=James+%26+Nancy+Kirk&pets=dog&pets=cat" + "and more"
	reader := cgi.FormReader{
		Getenv: func(name string) string { return environment[name] },
		Body:   strings.NewReader(body),
	}
	form, err := reader.Read()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(form.GetFirst("user", "nobody"))
	fmt.Println(form.GetList("pets"))
	fmt.Println(form.GetFirst("hi", "nobody"))
	fmt.Println(form.GetFirst("bye", "nobody"))
	// Output:
	// James & Nancy Kirk
	// [dog cat]
	// john doe
	// nobody
}
