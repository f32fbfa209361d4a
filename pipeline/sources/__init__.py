"""Files of the raw folder: listed with their hashes, watched, and indexed for the next run."""
