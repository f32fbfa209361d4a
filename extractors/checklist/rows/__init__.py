"""Rows under a header become items: parsed, joined over page breaks, split into sub-items."""
