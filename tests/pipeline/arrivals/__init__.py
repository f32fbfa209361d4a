"""A folder of received things as they arrive, and what has to come of it."""
