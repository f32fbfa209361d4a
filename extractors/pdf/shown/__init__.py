"""The page as shown: what a person who looks at it sees, and what only a program would read."""
