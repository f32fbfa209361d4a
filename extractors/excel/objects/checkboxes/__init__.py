"""Check boxes and option buttons: which cell and which label each belongs to, and the text that they print there."""
