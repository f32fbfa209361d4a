"""One file from bytes to rows: read, told who sent it, checked."""
