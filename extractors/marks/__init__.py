"""A small picture → which mark it is, or unsure: ○ × △ ✓ and boxes, whether printed, drawn or written by hand."""
