"""Forms and how their tables are read: what waits for a person, what a person decided, what an alike form was decided to be."""
