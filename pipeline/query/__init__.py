"""Questions to a dataset: SQL, and what its tables hold."""
