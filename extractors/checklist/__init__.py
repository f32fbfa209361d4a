"""Grid → Checklist: the header, each column's role, bands, carried cells, joined rows."""
