"""One file from bytes to rows: read, its sender found, checked."""
