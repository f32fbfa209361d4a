"""Plain text and delimited text, read into grids."""
