"""What screens are made of: the frame around them, words, grids, pictures with a place marked."""
