"""Sentences taken apart: words, predicates, denial, topics, what a claim says."""
