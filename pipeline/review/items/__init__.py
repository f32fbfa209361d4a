"""Decisions on items, whoever answered them: for which control an item asks, and whether はい to it is good."""
