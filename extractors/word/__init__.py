"""`.docx` package → one grid, from its XML (WordprocessingML, ECMA-376 part 1, 17): tables and the paragraphs between."""
