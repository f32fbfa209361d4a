"""What only shows when the documents of a run stand beside each other."""
