"""The cells of a page against its picture: what runs over a rule, what nobody sees, what is drawn and no text."""
