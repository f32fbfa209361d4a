"""The comparison on one page of paper, to sign."""
