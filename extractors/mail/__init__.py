"""Mails and archives: what they carry, each a file of its own, and what a mail says of where it comes from."""
