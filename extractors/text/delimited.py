"""Text in, the fields of its lines out: divided by tabs, in a `.csv` by commas or semicolons, else whole lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass

from extractors.limits import check_count

_MAX_FIELD = 20_000
_SEPARATOR_LINE = re.compile(r"sep=([,;\t|])[ \t]*(?:\n|$)", re.IGNORECASE)
_MIN_TABBED = 3
_GUARDED = re.compile(r'^\s*="([^"]*)"\s*$')


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of every line, and what divides them; "" where lines are whole."""

    rows: list[list[str]]
    delimiter: str = ""

    def without_guards(self) -> Fields:
        """The fields without what keeps Excel from taking their texts for numbers: `="01"` is 01."""
        rows = [[_GUARDED.sub(r"\1", field) for field in row] for row in self.rows]
        return Fields(rows, self.delimiter)


def text_to_fields(text: str, suffix: str) -> Fields:
    """The fields of every line of `text`; `suffix` is the ending of the file's name in lower case."""
    return _fields(text, suffix).without_guards()


def _fields(text: str, suffix: str) -> Fields:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    check_count(sum(map(text.count, "\n\t,;")) // 2, len(text))  # commas stand in sentences too
    lines = text.split("\n")
    tabbed = sum("\t" in line for line in lines)
    declared = _SEPARATOR_LINE.match(text) if suffix == ".csv" else None
    if declared:  # a first line for Excel, which is no line of the table
        return Fields([[""], *_delimited(text[declared.end() :], declared.group(1))], declared.group(1))
    if suffix == ".csv" and tabbed < len(lines) / 2:
        return _comma_or_semicolon(text)
    if tabbed >= _MIN_TABBED:
        return Fields(_delimited(text, "\t"), "\t")
    return Fields([[line] for line in lines])


def _comma_or_semicolon(text: str) -> Fields:
    """Divided by whichever gives more lines of one width; commas where neither does."""
    comma, semicolon = (Fields(_delimited(text, sign), sign) for sign in ",;")
    return semicolon if _alike(semicolon) > _alike(comma) else comma


def _alike(fields: Fields) -> int:
    """How many lines have the width that most lines of several fields have."""
    widths = Counter(len(row) for row in fields.rows if len(row) > 1)
    return max(widths.values(), default=0)


def _delimited(text: str, delimiter: str) -> list[list[str]]:
    """Fields with quoted line breaks; where quotes are no quoting (`"回答"欄`), a plain split."""
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error:
        rows = []
    if not rows or any(
        len(field) > _MAX_FIELD or delimiter in field for row in rows for field in row if delimiter == "\t"
    ):
        return [line.split(delimiter) for line in text.split("\n")]
    return rows
