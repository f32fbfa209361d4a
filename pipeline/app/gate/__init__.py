"""Who gets in: the token or a password in, a visitor out; everybody else is refused before anything is read."""
