"""How the weights of the alignment are learned from labelled pairs."""
