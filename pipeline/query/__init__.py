"""Queries over a dataset: SQL, views, data frames, differences between receipts."""
