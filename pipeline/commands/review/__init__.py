"""The commands by which people decide: alignments of items, layouts of forms."""
