"""Colours of a cell's ground and text as a workbook stores them in, the cell's colour out.

A colour is stored as red, green and blue, as a number of Excel's old palette, or as one of the workbook's theme,
lighter or darker by a tint (ECMA-376 part 1, 18.8.19).
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Sequence
from functools import cache

from openpyxl.styles.colors import COLOR_INDEX

from extractors.grid import Cell
from extractors.package.xml_parts import Element, child, elements, local
from normalizers.text import fold
from normalizers.vocabulary import load

_PLAIN = {"000000", "FFFFFF"}
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?([0-9A-Fa-f]{6})")
# The file has dark before light, numbers of cells have light before dark.
_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
MOST_SHADES = 100_000  # blank coloured cells of a sheet


def cell_colour(ground: str | None, text: str | None) -> str | None:
    """`fill:FF7C80` or `font:theme5` from the codes of a filled ground and of the text; None where both are plain."""
    if ground is not None:
        return f"fill:{ground}"
    return f"font:{text}" if text is not None else None


def colour_code(kind: str, value: str, tint: float = 0.0, themes: Sequence[str] = ()) -> str | None:
    """The code of a colour: `FF0000`, or `theme5` of a theme that is not known; None for black, white and what is none.

    `kind` is rgb, indexed or theme; `themes` are the theme's colours in the order of their numbers.
    """
    if kind == "rgb":
        match = _RGB.fullmatch(value)
        return _tinted_code(match.group(1), tint) if match else None
    if not value.isdecimal() or len(value) > 3:
        return None
    number = int(value)
    if kind == "indexed":
        return _tinted_code(COLOR_INDEX[number][-6:], tint) if number < len(COLOR_INDEX) else None
    if number < len(themes):
        return _tinted_code(themes[number], tint)
    return f"theme{number}" if kind == "theme" and number > 1 else None


def _tinted_code(code: str, tint: float) -> str | None:
    code = tinted(code, tint).upper()
    return None if code in _PLAIN else code


def tinted(code: str, tint: float) -> str:
    """A colour made lighter (tint up to 1) or darker (down to -1)."""
    if not tint or not -1 <= tint <= 1:
        return code
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, strong))


def theme_colours(root: Element | None) -> tuple[str, ...]:
    """The colours of a theme part in the order of their numbers; none where there is no theme."""
    scheme = child(root, "themeElements", "clrScheme")
    by_name = {}
    for entry in elements(scheme) if scheme is not None else ():
        for colour in elements(entry):
            match = _RGB.fullmatch(colour.get("lastClr", colour.get("val", "")))
            by_name[local(entry)] = match.group(1).upper() if match else ""
    ordered = tuple(by_name.get(name, "") for name in _ORDER)
    return ordered if all(ordered) else ()


def speaks_of_colours(texts: Iterable[str]) -> bool:
    """Whether one of the texts speaks of colours, as a legend does: only then do blank cells say something by theirs."""
    hint, spoken = _spoken()
    return any(spoken.search(fold(text)) for text in texts if hint.search(text))


def blank_shades(
    blanks: Iterable[tuple[int, int, str]], cells: Sequence[Cell]
) -> tuple[tuple[int, int, str], ...]:
    """Of (row, column, colour) of blank cells those that may say something: in rows with texts, on a sheet that speaks
    of colours; none where there are more than a form has.
    """
    rows = {cell.row for cell in cells if cell.text.strip()}
    shades = tuple(entry for entry in blanks if entry[0] in rows)
    spoken = shades and len(shades) <= MOST_SHADES and speaks_of_colours(cell.text for cell in cells)
    return shades if spoken else ()


@cache
def _spoken() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a text must hold to be looked at, and the folded words that speak of colours."""
    words: list[str] = load("normalizers", "colours.toml")["notes"]["spoken"]
    begins = "".join(sorted({re.escape(sign) for word in words for sign in (word[0], word[0].upper())}))
    return re.compile(f"[{begins}]"), re.compile("|".join(re.escape(fold(word)) for word in words))
