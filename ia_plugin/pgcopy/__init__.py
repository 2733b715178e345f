"""PostgreSQL's COPY BINARY, whole columns at once, both ways; it knows no force and no officer."""
