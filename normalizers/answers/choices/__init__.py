"""A cell with several printed choices in, which of them is taken out: check boxes, words, marks beside words."""
