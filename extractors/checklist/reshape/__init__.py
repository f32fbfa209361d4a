"""Tables of other shapes become tables of rows: transposed, side by side, cards, running text."""
