"""Colours of a cell's ground and text as a workbook stores them in, the cell's colour out."""

from __future__ import annotations

_PLAIN = {"rgb": {"000000", "FFFFFF"}, "theme": {"0", "1"}, "indexed": {"0", "1", "8", "9", "64", "65"}}


def cell_colour(ground: str | None, text: str | None) -> str | None:
    """`fill:FF7C80` or `font:theme5` from the codes of a filled ground and of the text; None where both are plain."""
    if ground is not None:
        return f"fill:{ground}"
    return f"font:{text}" if text is not None else None


def colour_code(kind: str, value: str) -> str | None:
    """The code of a colour: `FF0000` of an rgb, `theme5`, `indexed10`; None for black, white and what is none."""
    if kind == "rgb":
        code = value[-6:].upper()
        return None if not code or code in _PLAIN[kind] else code
    if not value.isdecimal() or len(value) > 3 or value in _PLAIN.get(kind, ()):
        return None
    return f"{kind}{int(value)}"
