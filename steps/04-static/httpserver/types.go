package httpserver

import (
	"path"
	"strings"
)

// GuessType returns the content type for a file's name, by its ending alone:
// what is inside is not looked at. A charset is never added, and what is not
// in the table is application/octet-stream, which a browser saves to disk.
func GuessType(name string) string {
	// A name such as ".profile" has no ending, it has a leading dot.
	base := strings.TrimLeft(path.Base(name), ".")
	ending := strings.TrimPrefix(path.Ext(base), ".")
	if t, ok := typeOf[strings.ToLower(ending)]; ok {
		return t
	}
	return "application/octet-stream"
}

// typeOf is types turned round: ending to type.
var typeOf = func() map[string]string {
	m := make(map[string]string)
	for t, endings := range types {
		for ending := range strings.FieldsSeq(endings) {
			m[ending] = t
		}
	}
	return m
}()

// types is the table of Python's mimetypes, with the endings that a system's
// own table (/etc/mime.types) usually adds or corrects there: js, mjs, webp,
// md, xml, sh, pl, exe, woff2. Ours does not look at the system, so that the
// same file has the same type everywhere.
var types = map[string]string{
	"application/gzip":              "gz",
	"application/json":              "json",
	"application/manifest+json":     "webmanifest",
	"application/msword":            "doc dot wiz",
	"application/n-quads":           "nq",
	"application/n-triples":         "nt",
	"application/octet-stream":      "a bin dll o obj so",
	"application/oda":               "oda",
	"application/pdf":               "pdf",
	"application/pkcs7-mime":        "p7c",
	"application/postscript":        "ai eps ps",
	"application/trig":              "trig",
	"application/vnd.apple.mpegurl": "m3u m3u8",
	"application/vnd.ms-excel":      "xlb xls",
	"application/vnd.ms-powerpoint": "pot ppa pps ppt pwz",
	"application/wasm":              "wasm",
	"application/x-bcpio":           "bcpio",
	"application/x-bzip2":           "bz2",
	"application/x-cpio":            "cpio",
	"application/x-csh":             "csh",
	"application/x-dvi":             "dvi",
	"application/x-gtar":            "gtar",
	"application/x-hdf":             "hdf",
	"application/x-hdf5":            "h5",
	"application/x-latex":           "latex",
	"application/x-mif":             "mif",
	"application/x-msdos-program":   "exe",
	"application/x-netcdf":          "cdf nc",
	"application/x-pkcs12":          "p12 pfx",
	"application/x-pn-realaudio":    "ram",
	"application/x-python-code":     "pyc pyo",
	"application/x-shar":            "shar",
	"application/x-shockwave-flash": "swf",
	"application/x-sv4cpio":         "sv4cpio",
	"application/x-sv4crc":          "sv4crc",
	"application/x-tar":             "tar taz tbz2 tgz txz tz",
	"application/x-tcl":             "tcl",
	"application/x-tex":             "tex",
	"application/x-texinfo":         "texi texinfo",
	"application/x-troff":           "roff t tr",
	"application/x-troff-man":       "man",
	"application/x-troff-me":        "me",
	"application/x-troff-ms":        "ms",
	"application/x-ustar":           "ustar",
	"application/x-wais-source":     "src",
	"application/x-xz":              "xz",
	"application/xml":               "rdf wsdl xml xpdl xsl",
	"application/zip":               "zip",
	"audio/3gpp":                    "3gp 3gpp",
	"audio/3gpp2":                   "3g2 3gpp2",
	"audio/aac":                     "aac adts ass loas",
	"audio/basic":                   "au snd",
	"audio/mpeg":                    "mp2 mp3",
	"audio/opus":                    "opus",
	"audio/x-aiff":                  "aif aifc aiff",
	"audio/x-pn-realaudio":          "ra",
	"audio/x-wav":                   "wav",
	"font/woff2":                    "woff2",
	"image/avif":                    "avif",
	"image/bmp":                     "bmp",
	"image/gif":                     "gif",
	"image/heic":                    "heic",
	"image/heif":                    "heif",
	"image/ief":                     "ief",
	"image/jpeg":                    "jpe jpeg jpg",
	"image/png":                     "png",
	"image/svg+xml":                 "svg svgz",
	"image/tiff":                    "tif tiff",
	"image/vnd.microsoft.icon":      "ico",
	"image/webp":                    "webp",
	"image/x-cmu-raster":            "ras",
	"image/x-portable-anymap":       "pnm",
	"image/x-portable-bitmap":       "pbm",
	"image/x-portable-graymap":      "pgm",
	"image/x-portable-pixmap":       "ppm",
	"image/x-rgb":                   "rgb",
	"image/x-xbitmap":               "xbm",
	"image/x-xpixmap":               "xpm",
	"image/x-xwindowdump":           "xwd",
	"message/rfc822":                "eml mht mhtml nws",
	"text/css":                      "css",
	"text/csv":                      "csv",
	"text/html":                     "htm html",
	"text/javascript":               "js mjs",
	"text/markdown":                 "md",
	"text/n3":                       "n3",
	"text/plain":                    "bat c h ksh srt txt",
	"text/richtext":                 "rtx",
	"text/tab-separated-values":     "tsv",
	"text/vtt":                      "vtt",
	"text/x-perl":                   "pl",
	"text/x-python":                 "py",
	"text/x-setext":                 "etx",
	"text/x-sgml":                   "sgm sgml",
	"text/x-sh":                     "sh",
	"text/x-vcard":                  "vcf",
	"video/mp4":                     "mp4",
	"video/mpeg":                    "m1v mpa mpe mpeg mpg",
	"video/quicktime":               "mov qt",
	"video/webm":                    "webm",
	"video/x-msvideo":               "avi",
	"video/x-sgi-movie":             "movie",
}
