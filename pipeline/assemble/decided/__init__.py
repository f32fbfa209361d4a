"""What people decided, laid over what was read: what was read is kept beside it, so that a decision can be taken back."""
