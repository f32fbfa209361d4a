"""Web page or XML spreadsheet, as portals export them under a workbook's name → grids."""
