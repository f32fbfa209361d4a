"""An open workbook in, its sheets and cells in the words and formats of a comparison out.

The apostrophe of a text's format keeps Excel from reading it anew when it is edited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.assess.comparison.labels import StateStyle, state_styles
from pipeline.outputs.comparison.words import phrase
from pipeline.outputs.xlsx.written_cells import A3, LONGEST, clean, put, sheet_name

NOTE_LONGEST = 1_800
FONTS = {
    "ja": "Yu Gothic",
    "en": "Yu Gothic",
}  # answers are in Japanese whatever the language of the workbook


@dataclass(frozen=True, slots=True)
class ComparisonBook:
    """A workbook, its formats by name, and the language of its words."""

    workbook: Any
    formats: dict[str, Any]
    language: str

    def say(self, key: str, words: dict[str, object] | None = None) -> str:
        """A word of the workbook."""
        return phrase(self.language, key, words or {})

    def sheet(self, key: str) -> Any:
        """A new sheet with the name that `key` has in this language, no grid lines, on A3 landscape."""
        sheet = self.workbook.add_worksheet(sheet_name(self.say(f"sheet_{key}")))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer(f"&L{self.say('title')} / {self.say(f'sheet_{key}')}&R{self.say('footer_page')}")
        return sheet

    def put(self, sheet: Any, cell: tuple[int, int], value: object, style: str = "text") -> None:
        """Write one value at (row, column): text as text, figures and dates as such, nothing for None."""
        put(sheet, cell, self.held(value, LONGEST) if isinstance(value, str) else value, self.formats, style)

    def held(self, text: str, longest: int = NOTE_LONGEST) -> str:
        """The text as a cell or note holds it; one that is cut says how long it was."""
        return clean(text, longest, self.say("cut", {"count": len(text)}))


def new_book(workbook: Any, language: str) -> ComparisonBook:
    """An open workbook with the looks of a comparison."""
    return ComparisonBook(workbook, _formats(workbook, FONTS[language]), language)


def _formats(workbook: Any, font: str) -> dict[str, Any]:
    base = {"font_name": font, "font_size": 10, "valign": "top", "quote_prefix": True}
    line = base | {"border": 1, "border_color": "#9aa3ad"}
    text = line | {"text_wrap": True, "align": "left", "indent": 1}
    middle = text | {"valign": "vcenter"}
    centre = line | {"align": "center", "valign": "vcenter", "text_wrap": True}
    dark = {"bold": True, "bg_color": "#22384f", "font_color": "#ffffff"}
    number = centre | {"quote_prefix": False, "valign": "top"}
    table = {
        "text": text,
        "title": base | {"font_size": 16, "bold": True, "valign": "vcenter"},
        "hint": base | {"font_color": "#3d3d3d", "valign": "vcenter"},
        "note": base | {"text_wrap": True},
        "head": middle | dark,
        "head_centre": centre | dark,
        "vendor": centre | dark | {"font_size": 11},
        "counts": centre | {"bg_color": "#e8ecf0", "font_size": 9},
        "domain": line | {"bold": True, "bg_color": "#e3e8ed", "top": 2, "valign": "vcenter", "indent": 1},
        "domain_again": line
        | {"font_color": "#5f6770", "bg_color": "#f4f6f8", "valign": "vcenter", "indent": 1},
        "control": middle | {"bold": True},
        "name": text | {"bold": True},
        "centre": centre | {"valign": "top"},
        "middle": centre,
        "figure": middle | {"font_size": 9},
        "number": number | {"num_format": "0.00"},
        "whole": number | {"num_format": "0"},
        "date": number | {"num_format": "yyyy-mm-dd"},
    }
    table |= {state: _state(centre, style) for state, style in state_styles().items()}
    return {name: workbook.add_format(properties) for name, properties in table.items()}


def _state(centre: dict[str, Any], style: StateStyle) -> dict[str, Any]:
    strong = style.kind in {"gap", "open"}
    return centre | {"bg_color": style.fill, "font_color": style.ink, "bold": strong}
