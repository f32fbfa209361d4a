"""Which rows are the header and what each column holds."""
