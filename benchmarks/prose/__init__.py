"""Answer cells that are prose, written and labelled for this project by writers who saw neither the rules nor each other."""
