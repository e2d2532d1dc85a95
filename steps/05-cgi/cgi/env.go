package cgi

import (
	"net"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"example/wirebook/steps/04-static/httpserver"
)

// environment is what a script is told about its request: the meta-variables
// of RFC 3875, 4.1, and of our own environment what a program needs to start.
// Python passes on all of its own, secrets included.
func (h *CGIHTTPRequestHandler) environment(
	r *httpserver.Request, s script) []string {
	host, _, err := net.SplitHostPort(r.ClientAddress)
	if err != nil {
		host = r.ClientAddress
	}
	env := []string{
		"GATEWAY_INTERFACE=CGI/1.1",
		"SERVER_SOFTWARE=" + httpserver.Software,
		"SERVER_NAME=" + r.Server.ServerName,
		"SERVER_PORT=" + strconv.Itoa(r.Server.ServerPort),
		"SERVER_PROTOCOL=" + r.Server.Protocol,
		"REQUEST_METHOD=" + r.Method,
		"SCRIPT_NAME=" + s.name,
		"PATH_INFO=" + s.pathInfo,
		"PATH_TRANSLATED=" + h.translated(s.pathInfo),
		"QUERY_STRING=" + r.Query(),
		"REMOTE_ADDR=" + host,
		"REMOTE_HOST=", // would take a question to the DNS
		"CONTENT_TYPE=" + contentType(r),
		"CONTENT_LENGTH=" + contentLength(r),
	}
	for _, name := range [...]string{
		"PATH", "LANG", "LC_ALL", "TZ", "SystemRoot"} {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return appendFields(env, r.Fields)
}

// hidden names fields that no script is given as HTTP_…: two have variables of
// their own; Authorization is nobody's business but the server's (RFC 3875,
// 9.2); and HTTP_PROXY is a setting that many programs obey, which a client
// must not be able to make ("httpoxy").
var hidden = map[string]bool{
	"CONTENT_TYPE": true, "CONTENT_LENGTH": true,
	"AUTHORIZATION": true, "PROXY_AUTHORIZATION": true, "PROXY": true,
}

// appendFields adds a variable HTTP_NAME for each field (RFC 3875, 4.1.18).
// Python adds four of them, and those empty where nothing was sent. Fields of
// one name are joined as one list, as Python joins Accept, and cookies as one
// line of cookies.
func appendFields(env []string, fields httpserver.Fields) []string {
	at := make(map[string]int, len(fields)) // where a name stands in env
	for _, f := range fields {
		name := strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		// A name with an underscore could pass itself off as another's.
		if hidden[name] || strings.Contains(f.Name, "_") {
			continue
		}
		if i, ok := at[name]; ok {
			separator := ","
			if name == "COOKIE" {
				separator = "; "
			}
			env[i] += separator + noNUL(f.Value)
			continue
		}
		at[name] = len(env)
		env = append(env, "HTTP_"+name+"="+noNUL(f.Value))
	}
	return env
}

// noNUL puts spaces for NULs, as RFC 9110, 5.5 allows. A NUL ends a string in
// C: no program starts with one in its environment.
func noNUL(value string) string {
	return strings.ReplaceAll(value, "\x00", " ")
}

// translated is where PATH_INFO would be, were it the path of a file.
func (h *CGIHTTPRequestHandler) translated(pathInfo string) string {
	if pathInfo == "" {
		return h.dir
	}
	clean := path.Clean(pathInfo)
	if clean != "/" && strings.HasSuffix(pathInfo, "/") {
		clean += "/"
	}
	return h.dir + filepath.FromSlash(clean)
}

// contentType is the type of the content, which Python says is text/plain where
// the client says nothing.
func contentType(r *httpserver.Request) string {
	if t := r.Fields.Get("Content-Type"); t != "" {
		return noNUL(t)
	}
	return "text/plain"
}

// contentLength is empty where the request has no content (RFC 3875, 4.1.2).
func contentLength(r *httpserver.Request) string {
	if r.Fields.Get("Content-Length") == "" {
		return ""
	}
	return strconv.FormatInt(r.Length, 10)
}
