"""One CSV file of decisions: its bytes in, lines with their cells out, and the same file with one line more.

UTF-8 with or without a byte order mark, or as Excel in Japan saves it (cp932). Columns may stand in any order, further ones are
kept as they are; cells at the end of a line that Excel leaves out are empty. A line that breaks the form is told with its number
and stays what it is: nothing but the heading is ever written anew, and what is added stands at the end.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.texts.sanitize import sanitize_cell

_ENCODINGS = ("utf-8-sig", "cp932")
_MARK, _UTF_16 = "\ufeff", (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SPACE = re.compile(r"[^\S\n]+|\r\n?")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line that holds something: its number from 1, its cells by column, and, where it is broken, the code and values of
    the message that says how."""

    number: int
    cells: Mapping[str, str] = field(default_factory=dict)
    code: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """A file that was read: its heading, its lines, and its text before, in and behind the heading.

    `code` and `params` tell what is wrong with the whole of it; nothing can be added to such a file.
    """

    header: tuple[str, ...] = ()
    lines: tuple[FileLine, ...] = ()
    texts: tuple[str, str, str] = ("", "", "")
    code: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


def parse_file(data: bytes, needed: Sequence[str], optional: Sequence[str]) -> DecisionFile:
    """What the bytes of a file hold. `needed` columns have to stand in the heading.

    `optional` cells may be left out at the end of a line, as Excel does.
    """
    if data.startswith(_UTF_16):
        return DecisionFile(code="review_utf_16")
    try:
        text = _decode(data)
    except UnicodeDecodeError as error:
        return DecisionFile(code="file_unreadable", params={"why": error})
    if (
        not text.strip()
    ):  # somebody wanted to decide something: a file that was cut off is no file that says nothing
        return DecisionFile(code="column_missing", params={"column": needed[0]})
    physical = list(io.StringIO(text, newline=""))
    header: tuple[str, ...] = ()
    texts = ("", "", "")
    lines: list[FileLine] = []
    for number, last, record in _records(physical):
        if isinstance(record, csv.Error):
            broken = {"line": number, "why": record}
            return DecisionFile(header, tuple(lines), texts, "line_unreadable", broken)
        if header:
            lines.append(_line(number, record, header, frozenset(optional)))
            continue
        header = tuple(cell.strip() for cell in record)
        texts = (
            "".join(physical[: number - 1]),
            "".join(physical[number - 1 : last]),
            "".join(physical[last:]),
        )
        missing = [name for name in needed if name not in header]
        if missing:
            return DecisionFile(header, (), texts, "column_missing", {"column": missing[0]})
    return DecisionFile(header, tuple(lines), texts)


def _decode(data: bytes) -> str:
    for encoding in _ENCODINGS[:-1]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(_ENCODINGS[-1])


def _records(physical: Sequence[str]) -> Iterator[tuple[int, int, list[str] | csv.Error]]:
    """First and last line and cells of each record that holds something; an error ends them."""
    reader = csv.reader(physical, strict=True)
    number = 1
    while True:
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, reader.line_num, error
            return
        if any(cell.strip() for cell in record):
            yield number, reader.line_num, record
        number = reader.line_num + 1


def _line(number: int, record: Sequence[str], header: Sequence[str], optional: frozenset[str]) -> FileLine:
    missing = set(header[len(record) :]) - optional
    if len(record) > len(header) or missing:
        params = {"cells": len(record), "columns": len(header)}
        return FileLine(number, code="line_cells", params=params)
    padded = [*record, *[""] * (len(header) - len(record))]
    return FileLine(number, {name: unescape_cell(cell) for name, cell in zip(header, padded, strict=True)})


def add_lines(
    file: DecisionFile, added: Sequence[Mapping[str, str]], columns: Sequence[str]
) -> tuple[bytes, list[int]]:
    """The bytes of the file with a line for each of `added` at its end, as UTF-8 that Excel knows for such, and their numbers.

    Columns that the heading does not have are added to it. Raises UnicodeEncodeError for a text that is no Unicode.
    """
    before, heading, body = file.texts
    ending = "\r\n" if "\r\n" in before + heading + body else "\n"
    header = (*file.header, *(name for name in columns if name not in file.header))
    if header != file.header:
        heading = _csv_line(header, ending)
    text = before + _ended(heading, ending) + _ended(body, ending)
    number = _count_lines(text) + 1
    numbers = []
    for cells in added:
        line = _csv_line([escape_cell(cells.get(name, "")) for name in header], ending)
        numbers.append(number)
        number += _count_lines(line)
        text += line
    return (_MARK + text).encode("utf-8"), numbers


def _ended(text: str, ending: str) -> str:
    return text if not text or text.endswith(("\n", "\r")) else text + ending


def _count_lines(text: str) -> int:
    return sum(1 for _ in io.StringIO(text, newline=""))


def _csv_line(cells: Sequence[str], ending: str) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=ending).writerow(cells)
    return stream.getvalue()


def tidy_cell(text: str) -> str:
    """The text without NUL, with single spaces, and without any at its ends or at those of its lines."""
    lines = _SPACE.sub(lambda space: "\n" if "\r" in space.group() else " ", text.replace("\0", "")).split(
        "\n"
    )
    return "\n".join(line.strip() for line in lines).strip()


def escape_cell(text: str) -> str:
    """The cell as a spreadsheet takes it for text, so that `unescape_cell` gives back the very text."""
    return f"'{text}" if _would_run(text) else text


def unescape_cell(text: str) -> str:
    """The text of a cell without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if text.startswith("'") and _would_run(text) else text


def _would_run(text: str) -> bool:
    plain = text.lstrip("'")
    return sanitize_cell(plain) != plain
