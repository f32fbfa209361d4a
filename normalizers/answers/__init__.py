"""One answer cell in, what it means out."""
