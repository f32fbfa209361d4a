"""A file to what is written in it, verbatim: bytes → cells (Grid) → items (Checklist)."""
