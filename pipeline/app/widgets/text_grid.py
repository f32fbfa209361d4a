"""Rows in, a table on the screen out that scrolls, sorts and is steered by keys: NiceGUI's grid with one set of options.

Whatever stands in a cell is text. Names of fields are the program's own (never a vendor's words): the grid takes options
whose name begins with a colon for program text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui

_USUAL = {
    "resizable": True,
    "sortable": True,
    "cellDataType": False,
    "suppressHeaderMenuButton": True,
    "wrapHeaderText": True,
    "autoHeaderHeight": True,
}
_LOCALE = {
    "ja": {
        "noRowsToShow": "表示する行がありません",
        "loadingOoo": "読み込み中…",
        "ariaSortableColumn": "Enter で並べ替え",
        "selectAll": "すべて",
    },
    "en": {"noRowsToShow": "No rows to show"},
}


def text_grid(
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    language: str,
    options: Mapping[str, Any] | None = None,
) -> ui.aggrid:
    """A grid of texts; each row has an `id`, by which it can be found again."""
    grid = ui.aggrid(
        {
            "columnDefs": [dict(column) for column in columns],
            "defaultColDef": _USUAL,
            "rowData": [dict(row) for row in rows],
            ":getRowId": "params => String(params.data.id)",
            "localeText": _LOCALE[language],
            "enableBrowserTooltips": True,
            "suppressFieldDotNotation": True,
            "stopEditingWhenCellsLoseFocus": True,
            "suppressRowHoverHighlight": False,
            "animateRows": False,
            "rowHeight": 36,
            "headerHeight": 40,
            **(options or {}),
        },
        auto_size_columns=False,
    )
    return grid.classes("grid")


def clip(text: str | None, longest: int = 300) -> str:
    """What of a text is sent to the browser for one cell of a grid."""
    line = " ".join((text or "").split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
