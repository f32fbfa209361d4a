"""Reading files in confined processes of their own, so that none can end the run."""
