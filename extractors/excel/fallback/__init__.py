"""Second readers of workbooks, for files that the first does not take."""
