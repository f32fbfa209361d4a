"""What a run has to do, given what the run before knew; and the report of what it did."""
