"""A standing in, the workbook that people hand round out."""
