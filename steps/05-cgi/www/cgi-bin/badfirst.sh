#!/no/such/interpreter
echo "Content-Type: text/plain"
