"""What the rules of a lattice table leave out: headers without borders or in one piece, several items in one ruled row."""
