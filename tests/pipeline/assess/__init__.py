"""What is made of a dataset: standings, the comparison workbook, the report."""
