"""One grammar of clauses: a text into clauses, what each says, what a requirement asks, and how the two stand to each other."""
