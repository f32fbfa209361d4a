"""The browser app: a token or password in, screens over the same functions that the commands call out."""
