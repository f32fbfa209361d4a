"""Where files come from: a folder looked through, watched, and remembered."""
