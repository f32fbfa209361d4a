"""Grid in, issues for its struck-through texts out, so that a person can see what is no longer said."""

from __future__ import annotations

from extractors.grid import Grid
from extractors.issue import Issue

STRUCK = "struck_through"  # why a text stands aside
_SHOWN = 40


def struck_texts(grid: Grid) -> list[Issue]:
    """One issue for each text of the grid that is struck through and stands aside."""
    return [
        Issue("text_struck_through", cell.location, {"text": cell.text[:_SHOWN]})
        for cell in grid.aside
        if cell.doubt == STRUCK
    ]
