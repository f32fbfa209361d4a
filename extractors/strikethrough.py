"""Grid in, troubles for its struck-through texts out, so that a person can see what is no longer said."""

from __future__ import annotations

from extractors.grid import Grid, Trouble

STRUCK = "struck_through"  # why a text stands aside
_SHOWN = 40


def struck_texts(grid: Grid) -> list[Trouble]:
    """One trouble for each text of the grid that is struck through and stands aside."""
    return [
        Trouble("text_struck_through", cell.place, (("text", cell.text[:_SHOWN]),))
        for cell in grid.aside
        if cell.doubt == STRUCK
    ]
