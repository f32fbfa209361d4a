"""The key of a form: the same for every copy of it, whoever filled it in.

A layout in, 16 hexadecimal digits out: a hash over the folded names of its columns and the folded texts of its
question column, which stand in the blank form already. Answers take no part in it.
"""

from __future__ import annotations

import hashlib

from extractors.checklist.columns.layouts import Layout
from extractors.checklist.grid_index import GridView
from normalizers.text import fold

_LENGTH = 16


def form_key(view: GridView, layout: Layout) -> str:
    """The key of the form that a layout's table is a copy of."""
    column = layout.frame.columns[layout.question]
    cells = (view.within(row, column.start, column.end) for row in layout.frame.rows)
    questions = [fold(cell.text) for cell in cells if cell is not None and cell.text.strip()]
    names = [fold(name) for column in layout.frame.columns for name in column.names]
    return hashlib.sha256("\0".join([*names, "", *questions]).encode()).hexdigest()[:_LENGTH]
