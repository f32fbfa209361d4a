"""What a run has to do, given what the run before knew."""
