package cgi_test

import (
	"fmt"
	"strings"

	"example/wirebook/steps/05-cgi/cgi"
)

// A script reads its form. It would give os.Getenv and os.Stdin; here, a map
// and a string stand in for what a server gives.
func ExampleReadForm() {
	environment := map[string]string{
		"QUERY_STRING":   "hi=john%20doe",
		"CONTENT_TYPE":   "application/x-www-form-urlencoded",
		"CONTENT_LENGTH": "43",
	}
	getenv := func(name string) string { return environment[name] }
	body := "user=James+%26+Nancy+Kirk&pets=dog&pets=cat" + "and more"

	form, err := cgi.ReadForm(getenv, strings.NewReader(body))
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
