"""Which items of the dataset are compared with the catalogue."""
