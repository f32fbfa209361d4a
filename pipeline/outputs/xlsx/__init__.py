"""Workbooks: cells that no spreadsheet takes for formulas, plain tables, and reading filled-in ones."""
