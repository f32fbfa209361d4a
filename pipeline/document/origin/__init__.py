"""Whose a document is, when it was received, and what tells both: the sheet, names, the mail."""
