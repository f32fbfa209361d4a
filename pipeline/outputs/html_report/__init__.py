"""A comparison in, one page to mail out: self-contained HTML without network."""
