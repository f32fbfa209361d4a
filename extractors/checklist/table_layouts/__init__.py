"""Layouts of tables: their areas, their reports, and sheets that are read alike."""
