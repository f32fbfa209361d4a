"""What earlier runs found out, kept beside the dataset to save work: nothing here is needed to be right."""
