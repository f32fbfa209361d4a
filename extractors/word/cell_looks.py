"""Properties of a Word table and of its cells in, how the cells look out: lists, controls, grounds, lines, bold text."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.looks import Look
from extractors.package.cell_colours import colour_code
from extractors.package.xml_parts import Element, child, elements, local
from extractors.word.lines import WordLine, WordParts
from extractors.word.styles import OFF, WordStyles, draws_lines, value

_LONGEST_PROMPT = 300


def table_looks(properties: Element | None, styles: WordStyles) -> tuple[Look, Look]:
    """How the cells of the first row of a table look, and those of the others, as far as the table itself says."""
    style = value(child(properties, "tblStyle"))
    own = draws_lines(child(properties, "tblBorders"))
    lines = styles.lines(style) if own is None else own
    usual = Look(bordered=lines)
    parts = child(properties, "tblLook")
    if parts is None or not _has_head(parts):
        return usual, usual
    bold, fill = styles.head(style)
    return Look(bordered=lines, bold=bold, fill=colour_code("rgb", rgb(fill))), usual


def _has_head(parts: Element) -> bool:
    """Whether a table sets its first row apart: told by a word, or by a bit of a number in older files."""
    word = value(parts, "firstRow")
    if word:
        return word.lower() not in OFF
    bits = value(parts)
    try:
        return bool(int(bits, 16) & 0x20)
    except ValueError:
        return False


def cell_look(properties: Element | None, lines: Sequence[WordLine], usual: Look, word: WordParts) -> Look:
    """How a cell looks; `usual` is what its table says of it."""
    joined = WordLine()
    for line in lines:
        joined.take(line)
    own = {local(part): part for part in elements(properties)} if properties is not None else {}
    fill = value(own.get("shd"), "fill")
    look = Look(
        bold=joined.weights == {True} or (usual.bold and False not in joined.weights),
        fill=colour_code("rgb", rgb(fill)) if fill else usual.fill,
        bordered=usual.bordered or bool(draws_lines(own.get("tcBorders"))),
    )
    return line_look(joined, look, word)


def line_look(line: WordLine, look: Look, word: WordParts) -> Look:
    """The look with what a line takes; in a protected file nothing but controls and fields can be filled in."""
    writable = True if line.control else False if word.protected else None
    return Look(line.choices, writable, look.bold, look.fill, look.bordered, line.prompt[:_LONGEST_PROMPT])


def rgb(text: str) -> str:
    """A colour of six digits; "" for `auto` and what is none."""
    return text if len(text) == 6 and all(char in "0123456789abcdefABCDEF" for char in text) else ""
