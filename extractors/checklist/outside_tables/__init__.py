"""Text outside tables: title, vendor, date and legend around them, and lists that have no table at all."""
