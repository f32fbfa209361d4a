"""What a workbook says of its cells besides texts and styles, for all its readers: drop-down lists and other rules."""
