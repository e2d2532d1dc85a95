package cgi

import (
	"fmt"
	"os/user"
	"regexp"
	"slices"
	"strings"
)

var (
	serverValue = regexp.MustCompile(`(?m)^Server: [^\r]*\r$`)
	dateValue   = regexp.MustCompile(`(?m)^Date: [^\r]*\r$`)
	shellValue  = regexp.MustCompile(`(?m)^(SHLVL|OLDPWD|_)=.*\n`)
	softValue   = regexp.MustCompile(`SERVER_SOFTWARE=SimpleHTTP/0.6 .*`)
)

// plain takes out what differs from run to run.
func plain(s, dir string) string {
	s = serverValue.ReplaceAllString(s, "Server: *\r")
	s = dateValue.ReplaceAllString(s, "Date: *\r")
	s = shellValue.ReplaceAllString(s, "") // some shells add them
	s = softValue.ReplaceAllString(s, "SERVER_SOFTWARE=*")
	return strings.ReplaceAll(s, "{dir}", dir)
}

// lineEnds ends the lines of a head in CR LF. The recorded server wrote its own
// lines so, and those of a script as they came.
func lineEnds(answer string) string {
	head, body, _ := strings.Cut(answer, "\n\n")
	head = strings.ReplaceAll(head, "\r\n", "\n")
	return strings.ReplaceAll(head, "\n", "\r\n") + "\r\n\r\n" + body
}

func noContent(answer string) string {
	head, _, _ := strings.Cut(answer, "\r\n\r\n")
	return head + "\r\n\r\n"
}

// environment makes the recorded list of variables ours.
func environment(answer string) string {
	head, body, _ := strings.Cut(lineEnds(answer), "\r\n\r\n")
	var list []string
	for line := range strings.Lines(body) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		switch {
		case name == "AUTH_TYPE", name == "REMOTE_USER":
			continue
		case strings.HasPrefix(name, "HTTP_") && value == "":
			continue
		case name == "HTTP_COOKIE":
			line = "HTTP_COOKIE=a=1; b=2\n"
		}
		list = append(list, line)
	}
	list = append(list, "HTTP_HOST=127.0.0.1:8000\n")
	if strings.Contains(body, "HTTP_REFERER=http") { // the one of Firefox
		list = append(list, "HTTP_ACCEPT_LANGUAGE=en-us,en;q=0.5\n",
			"HTTP_ACCEPT_ENCODING=gzip, deflate\n",
			"HTTP_CONNECTION=keep-alive\n", "HTTP_X_CUSTOM=v\n")
	}
	slices.Sort(list)
	return head + "\r\n\r\n" + strings.Join(list, "")
}

// nobodysID is what id(1) says of the user nobody and its one group.
func nobodysID() string {
	account, err := user.Lookup("nobody")
	if err != nil {
		return err.Error()
	}
	group, err := user.LookupGroupId(account.Gid)
	if err != nil {
		return err.Error()
	}
	g := group.Gid + "(" + group.Name + ")"
	return "uid=" + account.Uid + "(nobody) gid=" + g + " groups=" + g
}

// inSentOrder puts another list in the place of the recorded one.
func inSentOrder(list string) func(string) string {
	return func(answer string) string {
		head, _, _ := strings.Cut(lineEnds(answer), "\r\n\r\n")
		return head + "\r\n\r\n" + list + "\n"
	}
}

func theFile(content, kind string) string {
	return "HTTP/1.0 200 OK\r\nServer: *\r\nDate: *\r\nContent-type: " + kind +
		"\r\nContent-Length: 6\r\n" +
		"Last-Modified: Thu, 02 Jan 2020 03:04:05 GMT\r\n\r\n" + content
}

func printedNoHead(string) string {
	return errorPage(500, "CGI script printed no head",
		"Server got itself in trouble")
}

func notStarted(string) string {
	return errorPage(500, "CGI script could not be started",
		"Server got itself in trouble")
}

// errorPage is Python's, with our message.
func errorPage(code int, message, explain string) string {
	page := fmt.Sprintf(`<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %d</p>
        <p>Message: %s.</p>
        <p>Error code explanation: %d - %s.</p>
    </body>
</html>
`, code, message, code, explain)
	return fmt.Sprintf("HTTP/1.0 %d %s\r\nServer: *\r\nDate: *\r\n"+
		"Connection: close\r\nContent-Type: text/html;charset=utf-8\r\n"+
		"Content-Length: %d\r\n\r\n%s", code, message, len(page), page)
}
