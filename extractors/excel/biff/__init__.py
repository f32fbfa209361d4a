"""`.xls` of Excel 97 to 2003 → grids: records of the Workbook stream ([MS-XLS], BIFF8)."""
