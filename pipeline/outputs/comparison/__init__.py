"""A comparison of vendors in, the workbook `compare.xlsx` out."""
