"""What was learned of layouts: the weights, and the scorers that need nothing else."""
