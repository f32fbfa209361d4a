"""Tables of a page: by their rules (lattice) or by the gaps between words (stream)."""
