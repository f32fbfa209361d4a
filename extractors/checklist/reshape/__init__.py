"""Tables of other shapes are put upright: transposed, side by side, cards, running text."""
