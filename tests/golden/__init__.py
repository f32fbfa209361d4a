"""Small made-up sheets, the program that writes them, and the rows that reading them must give."""
