"""Structures: lists that stand in no table of columns."""
