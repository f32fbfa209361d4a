"""One file from bytes to rows: read, given its meaning and its vendor, checked."""
