"""Files read in processes of their own, confined, so that none can end the run."""
