"""The workbook that people decide in: what is unsure goes out, sheet by sheet, and what they decided comes back."""
