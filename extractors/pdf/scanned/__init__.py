"""Pages that are pictures: rendered, read by extractors/scan, and handed on as any page's content."""
