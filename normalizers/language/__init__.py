"""Sentences in Japanese: their words, predicates, denial, topics, and what they claim."""
