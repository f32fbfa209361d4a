"""Pictures of where a row or a whole document stands in its file, with marks on the page and the words of the file."""
