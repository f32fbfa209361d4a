"""Checklist extraction: a Grid in, checklists of items out, with roles for columns and a reason for what is not used."""
