"""What a remark or a comment does to the answer beside it."""
