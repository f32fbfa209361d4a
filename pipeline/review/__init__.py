"""What people decided: vendors and alignments, kept as files that outrank the program."""
