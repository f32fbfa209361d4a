"""What words in headers and headings say: roles of columns, levels, years, rounds."""
