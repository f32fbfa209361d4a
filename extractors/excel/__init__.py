"""Workbook → grids: cells as the sheet shows them, merges, hidden rows and columns."""
