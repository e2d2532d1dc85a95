#!/bin/sh
# What a script is told about its request, and where. Without the list of
# names, "env" would show all of it.
echo "Content-Type: text/plain"
echo
for name in REQUEST_METHOD SCRIPT_NAME PATH_INFO QUERY_STRING \
	CONTENT_TYPE CONTENT_LENGTH GATEWAY_INTERFACE SERVER_PROTOCOL SERVER_NAME \
	REMOTE_ADDR HTTP_HOST HTTP_USER_AGENT HTTP_COOKIE HTTP_X_TRACE \
	HTTP_PROXY HTTP_AUTHORIZATION; do
	# A shell variable whose name is in another: the one place where eval is
	# needed. The names are ours; never do this with a name that was sent.
	eval "value=\$$name"
	if [ -n "$value" ]; then
		echo "$name=$value"
	fi
done
