"""What a sheet says that its own marks mean: its legend lines in, an answer for each mark out."""
