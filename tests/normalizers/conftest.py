"""Hypothesis tries the same cells in every run: a fast suite that fails must fail again."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same_cells", derandomize=True, database=None, deadline=None)
settings.load_profile("same_cells")
