"""One row shown where it stands: the page as a picture, the place marked, the words of the file."""
