package cgi

import (
	"cmp"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain is a CGI script instead of a test where our own server starts it as
// one: a script on every system, without an interpreter. A benchmark starts it
// as a server.
func TestMain(m *testing.M) {
	if os.Getenv("GATEWAY_INTERFACE") != "" {
		beScript(path.Base(os.Getenv("SCRIPT_NAME")))
		// Not os.Exit: under the race detector that waits a second.
		syscall.Exit(0)
	}
	if serveBenchmark() {
		return
	}
	os.Exit(m.Run())
}

// test is the connection to the test that watches a script: see lifeline.
var test net.Conn

// beScript is what scripts of that name do. What is printed in one Print leaves
// in one write.
func beScript(name string) {
	const plain = "Content-Type: text/plain\r\n\r\n"
	if addr := query("lifeline"); addr != "" {
		var err error
		if test, err = net.Dial("tcp", addr); err != nil {
			log.Fatal(err)
		}
	}
	switch name {
	case "form.py":
		fmt.Print("Content-Type: application/json\n\n", formAsJSON())
	case "post.py":
		fmt.Print("Content-Type: text/html\n\n<p>Hello world!</p>\n<p>",
			formAsRepr(), "</p>\n")
	case "crash.py":
		fmt.Fprintln(os.Stderr, "boom before any output")
		os.Exit(1)
	case "crashlate.py":
		fmt.Print("Content-Type: text/html\n\n<p>start</p>\n")
		fmt.Fprintln(os.Stderr, "boom after output")
		os.Exit(1)
	case "echo":
		content, _ := io.ReadAll(os.Stdin)
		fmt.Printf("%s%d bytes: %.60q", plain, len(content), content)
	case "env":
		env := os.Environ()
		slices.Sort(env)
		fmt.Print(plain, strings.Join(env, "\n"))
	case "args":
		fmt.Printf("%s%q", plain, os.Args[1:])
	case "print": // what the query says, decoded
		os.Stdout.WriteString(query("text"))
	case "complain": // prints the query on standard error
		fmt.Fprint(os.Stderr, query("text"))
		fmt.Print(plain, "done\n")
	case "flood":
		fmt.Print(plain)
		for junk := []byte(strings.Repeat("x", 64<<10)); ; {
			if _, err := os.Stdout.Write(junk); err != nil {
				return
			}
		}
	case "floodlog":
		for range 20_000 {
			fmt.Fprintln(os.Stderr, "complaint after complaint")
		}
		fmt.Print(plain, "done\n")
	case "hang":
		hang()
	case "hold": // stays as long as the test
		io.Copy(io.Discard, test)
	case "stubborn":
		signal.Ignore(syscall.SIGTERM, os.Interrupt)
		hang()
	case "halfhead":
		fmt.Print("Content-Type: text/plain\r\n")
		hang()
	case "slow": // prints, waits for the file "go" in its folder, prints
		fmt.Print(plain, "one\n")
		for range 1000 {
			if _, err := os.Stat("go"); err == nil {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		fmt.Print("two\n")
	case "fork", "forkquiet", "forkaway":
		fork(name)
		if test != nil {
			test.Read(make([]byte, 1)) // until the test knows the child, too
		}
		fmt.Print(plain, "parent\n")
	case "exit3":
		fmt.Print(plain, "done\n")
		os.Exit(3)
	case "closeoutput": // goes on when its answer is complete
		fmt.Print(plain, "done\n")
		os.Stdout.Close()
		test.Read(make([]byte, 1))
		fmt.Fprintln(os.Stderr, "done later")
	case "ignorepipe": // prints on when nobody reads it
		signal.Ignore(syscall.SIGPIPE)
		for fmt.Print(plain); ; {
			fmt.Println("still there")
		}
	case "chain": // "/3" leads to "/2", and at last to a page
		n, _ := strconv.Atoi(path.Base(os.Getenv("PATH_INFO")))
		if n > 0 {
			fmt.Printf("Location: /cgi-bin/chain/%d\n\n", n-1)
			return
		}
		fmt.Print(plain, "the end\n")
	default:
		fmt.Print(plain, "script ", name, "\n")
	}
}

// query returns a value of the query string.
func query(name string) string {
	values, _ := url.ParseQuery(os.Getenv("QUERY_STRING"))
	return values.Get(name) // of what can be read
}

// hang stays for longer than any test.
func hang() { time.Sleep(time.Hour) }

func formAsJSON() string {
	form, err := ReadForm(os.Getenv, os.Stdin)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	separator := "{"
	for _, name := range form.names() {
		var values []string
		for _, v := range form.GetList(name) {
			values = append(values, strconv.QuoteToASCII(v))
		}
		fmt.Fprintf(&b, `%s"%s": [%s]`, separator, name,
			strings.Join(values, ", "))
		separator = ", "
	}
	return b.String() + "}\n"
}

// names lists the names of a form in the order in which they came first.
func (f Form) names() []string {
	first := map[string]int{}
	for i := len(f) - 1; i >= 0; i-- {
		first[f[i].Name] = i
	}
	return slices.SortedFunc(maps.Keys(first), func(a, b string) int {
		return cmp.Compare(first[a], first[b])
	})
}

func formAsRepr() string {
	form, err := ReadForm(os.Getenv, os.Stdin)
	if err != nil {
		return err.Error()
	}
	var list []string
	for _, v := range form.GetList("firstname") {
		list = append(list, "MiniFieldStorage('firstname', '"+v+"')")
	}
	if len(list) == 1 {
		return list[0]
	}
	return "[" + strings.Join(list, ", ") + "]"
}

// fork starts this binary again, as a script that hangs. Its output is ours
// ("fork"), or nobody's ("forkquiet"), or it leaves our group ("forkaway"),
// where nobody will end it: it ends with the test.
func fork(name string) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "SCRIPT_NAME=/cgi-bin/hang")
	if name == "forkaway" {
		cmd.Env = append(os.Environ(), "SCRIPT_NAME=/cgi-bin/hold")
	}
	if name != "forkquiet" {
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	}
	if name == "forkaway" {
		leaveGroup(cmd)
	}
	if err := cmd.Start(); err != nil {
		log.Fatal(err)
	}
}
