"""Text around and across tables: rows of a page, stitched pages, running headers."""
