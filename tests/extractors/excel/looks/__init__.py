"""What workbooks say of their cells besides texts."""
