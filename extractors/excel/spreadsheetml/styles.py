"""Styles part in, what each cell style says of texts and cells out: number format, strike-through, alignment, look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from openpyxl.styles.numbers import (
    BUILTIN_FORMATS,
    BUILTIN_FORMATS_REVERSE,
    is_date_format,
    is_timedelta_format,
)

from extractors.excel.number_format.render import JAPANESE_FORMATS
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.excel.spreadsheetml.texts import is_set
from extractors.looks import Look, shared_look
from extractors.package.cell_colours import cell_colour, colour_code
from extractors.package.xml_parts import Element, child, children

_GENERAL = "General"
_COLOURS = ("rgb", "theme", "indexed")
_FIRST_CUSTOM = 164
_FALSE = {"0", "false", "f"}
_SIDES = ("left", "right", "top", "bottom", "start", "end")
_TWO_SIDES = 2


@dataclass(frozen=True, slots=True)
class CellStyle:
    """A cell style. `of_date` and `of_duration` tell how a number under this format is to be taken.

    `colour` is as in Cell, `ground` that of a blank cell; `look` is what it looks like on a sheet without protection.
    """

    number_format: str = _GENERAL
    of_date: bool = False
    of_duration: bool = False
    struck: bool = False
    setting: TextSetting = field(default_factory=TextSetting)
    colour: str | None = None
    ground: str | None = None
    look: Look = field(default_factory=Look)

    @property
    def plain(self) -> bool:
        """Whether a text geometries in the cell as it is stored."""
        return not self.struck and ("@" not in self.number_format or self.number_format == "@")


PLAIN = CellStyle()


def part_to_styles(root: Element, themes: Sequence[str] = ()) -> dict[str, CellStyle]:
    """Index of each cell style as a cell names it → the style; cells that name none have that of index 0.

    `themes` are the colours of the workbook's theme.
    """
    custom = _custom_formats(root)
    fonts = list(children(fonts, "font")) if (fonts := child(root, "fonts")) is not None else []
    style_list = child(root, "cellXfs")
    entries = list(children(style_list, "xf")) if style_list is not None else []
    fills = list(children(listed_fills, "fill")) if (listed_fills := child(root, "fills")) is not None else []
    border_list = child(root, "borders")
    borders = list(children(border_list, "border")) if border_list is not None else []
    bold, lines = [is_set(font, "b") for font in fonts], [_is_border(border) for border in borders]
    styles = {
        str(index): replace(
            _style(entry, custom, fonts),
            colour=cell_colour(*codes),
            ground=codes[0],
            look=_look(entry, codes[0], bold, lines),
        )
        for index, entry in enumerate(entries)
        for codes in (_colours(entry, fonts, fills, themes),)
    }
    return {"": styles.get("0", PLAIN), **styles}


def _custom_formats(root: Element) -> dict[int, str]:
    format_list = child(root, "numFmts")
    entries = children(format_list, "numFmt") if format_list is not None else ()
    return {_number(entry, "numFmtId"): entry.get("formatCode", _GENERAL) for entry in entries}


def _number(element: Element, name: str) -> int:
    text = element.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _style(entry: Element, custom: Mapping[int, str], fonts: list[Element]) -> CellStyle:
    number = _number(entry, "numFmtId")
    text = custom.get(number, BUILTIN_FORMATS.get(number, _GENERAL))
    # A file may name a built-in format by a number of its own, and number 27 is not the same in every language.
    number = BUILTIN_FORMATS_REVERSE.get(text, _FIRST_CUSTOM) if number in custom else number
    japanese = JAPANESE_FORMATS.get(number)
    font = _number(entry, "fontId")
    strike = font < len(fonts) and is_set(fonts[font], "strike")
    setting = _setting(entry, fonts[font] if font < len(fonts) else None)
    dated = japanese is not None or is_date_format(text)
    return CellStyle(japanese or text, dated, is_timedelta_format(text), strike, setting)


def _is_border(border: Element) -> bool:
    """Whether a border draws lines on two sides or more."""
    lines = [side for side in children(border, *_SIDES) if side.get("style", "none") != "none"]
    return len(lines) >= _TWO_SIDES


def _look(entry: Element, ground: str | None, bold: list[bool], lines: list[bool]) -> Look:
    """How cells of a style look, by whether each font is bold and each border draws lines."""
    font, border = _number(entry, "fontId"), _number(entry, "borderId")
    protection = child(entry, "protection") if len(entry) else None
    return shared_look(
        True if protection is not None and protection.get("locked", "1") in _FALSE else None,
        font < len(bold) and bold[font],
        ground,
        border < len(lines) and lines[border],
    )


def _colours(
    entry: Element, fonts: list[Element], fills: list[Element], themes: Sequence[str]
) -> tuple[str | None, str | None]:
    """The codes of a cell's ground and of its text; None for those that every cell has."""
    fill, font = _number(entry, "fillId"), _number(entry, "fontId")
    pattern = child(fills[fill], "patternFill") if fill < len(fills) else None
    ground = (
        child(pattern, "fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
    )
    text = child(fonts[font], "color") if font < len(fonts) else None
    return _code(ground, themes), _code(text, themes)


def _code(colour: Element | None, themes: Sequence[str]) -> str | None:
    if colour is None:
        return None
    kind = next((kind for kind in _COLOURS if colour.get(kind)), None)
    return colour_code(kind, colour.get(kind, ""), _tint(colour.get("tint")), themes) if kind else None


def _tint(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _setting(entry: Element, font: Element | None) -> TextSetting:
    size = child(font, "sz")
    alignment = child(entry, "alignment")
    alignments = dict(alignment.items()) if alignment is not None else {}
    return TextSetting(
        points(size.get("val") if size is not None else None) or TextSetting().size,
        _word(alignments.get("horizontal")) or TextSetting().across,
        _word(alignments.get("vertical")) or TextSetting().down,
        alignments.get("wrapText", "0") not in _FALSE,
    )


def _word(text: str | None) -> str | None:
    return None if text in {None, "", "none"} else text


def points(text: str | None) -> float | None:
    """A length as a file writes it; None where it is missing, no number, or none that a sheet can have."""
    try:
        length = float(text) if text else None
    except ValueError:
        return None
    return length if length is not None and 0 <= length < 10_000 else None
