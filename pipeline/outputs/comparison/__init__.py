"""A comparison in, the workbook that people hand round out."""
