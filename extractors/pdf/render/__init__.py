"""What was read, drawn over a page or a sheet as PNG."""
