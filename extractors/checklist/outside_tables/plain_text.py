"""Extracts a checklist from plain text without columns: what is left of a table copied out of a viewer.

Lines in; items out. Items are found by numbers that count up at the start of lines. In an item, the first lone mark behind
some text is the answer, what stands behind it on the line the remark: `1 鍵を掛けること ○ 毎晩`. Everything here is a guess,
and every row says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.model import (
    Checklist,
    Field,
    FieldRole,
    GridResult,
    ItemRow,
    Leftover,
    ListKind,
    Respondent,
    UnusedReason,
)
from extractors.checklist.outside_tables.legend_lines import legend_lines
from extractors.checklist.outside_tables.metadata import read_metadata, title_of
from extractors.checklist.terms.column_names import respondent_of
from extractors.grid import Cell, Grid
from extractors.location import Location
from normalizers.text import empty_boxes, is_japanese, shape_of, ticked_boxes
from normalizers.vocabulary import load

_ANCHOR = re.compile(r"^[\s　]*(?:No\.?\s*)?(\d{1,3})(?:[\s　.．、)）]+(?P<rest>.*))?$")
_MIN_ITEMS = 5
_ANSWERED = 0.5
_LOST = 2
_DOUBT = "columns_guessed"
_ORDER = [Respondent.PROVIDER, Respondent.CONTRACTOR, Respondent.CUSTOMER]
_UNITS = re.compile(r"^(?:[○〇◯][/／・]?[×☓✕xX]|有無(?:[（(／/].*)?|可否)$")
_HEADING = re.compile(r"^[\s　]*(?:[◆◇■●【©]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][.．])")


@dataclass(frozen=True, slots=True)
class _Segment:
    """The lines of one item, its number cut off the first."""

    number: str
    lines: tuple[tuple[str, Cell], ...]


def lines_to_checklist(grid: Grid) -> GridResult:
    """The checklist that numbered lines form; none where too few of them carry an answer."""
    cells = [cell for cell in grid.cells if cell.text.strip()]
    anchors = _anchors(cells)
    if len(anchors) < _MIN_ITEMS:
        return _no_checklist(cells)
    before = cells[: anchors[0]]
    segments = _segments(cells, anchors)
    respondents = _respondents(cells)
    rows: list[ItemRow] = []
    used_indices: set[int] = set(anchors)
    for segment in segments:
        new_rows, used_cells = _segment_to_rows(segment, respondents)
        rows += new_rows
        used_indices |= {cells.index(cell) for cell in used_cells}
    if sum(_has_answer(segment) for segment in segments) < len(segments) * _ANSWERED:
        return _no_checklist(cells)
    leftovers = [
        Leftover(c.text, c.location, UnusedReason.OUTSIDE_COLUMNS)
        for i, c in enumerate(cells)
        if i not in used_indices
    ]
    fields = tuple(Field(cells[index].location, FieldRole.LINE) for index in sorted(used_indices))
    checklist = Checklist(
        title_of(before), ListKind.FORM, tuple(rows), (), tuple(legend_lines(before)), fields=fields
    )
    return GridResult((checklist,), tuple(leftovers), read_metadata(cells), (), len(used_indices))


def _no_checklist(cells: Sequence[Cell]) -> GridResult:
    leftovers = tuple(Leftover(cell.text, cell.location, UnusedReason.NO_CHECKLIST) for cell in cells)
    return GridResult((), leftovers, read_metadata(cells), tuple(legend_lines(cells)), 0)


def _anchors(cells: Sequence[Cell]) -> list[int]:
    """Indices of the lines that begin items: numbers counting up from 1, a lost one now and then."""
    anchors: list[int] = []
    expected = 1
    for index, cell in enumerate(cells):
        match = _ANCHOR.match(cell.text)
        if match is None:
            continue
        number = int(match.group(1))
        if number == expected or (
            anchors and expected < number <= expected + _LOST and _later(cells, index, expected) is None
        ):
            anchors.append(index)
            expected = number + 1
    return anchors


def _later(cells: Sequence[Cell], index: int, number: int) -> int | None:
    """Where an expected number still comes within the next lines: then it is not lost."""
    for later in range(index + 1, min(index + 40, len(cells))):
        match = _ANCHOR.match(cells[later].text)
        if match and int(match.group(1)) == number:
            return later
    return None


def _segments(cells: Sequence[Cell], anchors: Sequence[int]) -> list[_Segment]:
    segments = []
    for position, start in enumerate(anchors):
        end = anchors[position + 1] if position + 1 < len(anchors) else len(cells)
        match = _ANCHOR.match(cells[start].text)
        assert match is not None
        first = [(match.group("rest").strip(), cells[start])] if match.group("rest") else []
        rest = [(cell.text, cell) for cell in cells[start + 1 : end]]
        segments.append(_Segment(match.group(1), tuple(first + rest)))
    return segments


def _respondents(cells: Sequence[Cell]) -> list[Respondent]:
    """Who is asked, from lines that name answer columns; the provider where no line does."""
    respondents: list[Respondent] = []
    for cell in cells:
        if "回答欄" in cell.text and len(cell.text) <= 40 and not _ANCHOR.match(cell.text):
            respondent = respondent_of([cell.text])
            if respondent and respondent not in respondents:
                respondents.append(respondent)
    return sorted(respondents, key=_ORDER.index) or [Respondent.PROVIDER]


def _has_box(text: str) -> bool:
    return any(char in text for char in empty_boxes() + ticked_boxes())


def _has_answer(segment: _Segment) -> bool:
    return (
        any(_has_box(text) for text, _ in segment.lines)
        or _find_mark(segment) is not None
        or _find_value(segment) is not None
    )


def _segment_to_rows(
    segment: _Segment, respondents: Sequence[Respondent]
) -> tuple[list[ItemRow], list[Cell]]:
    if any(_has_box(text) for text, _ in segment.lines):
        return _box_rows(segment, respondents)
    answer_spot = _find_mark(segment) or _find_value(segment)
    if answer_spot is None:
        text = _joined([text for text, _ in segment.lines if not _HEADING.match(text)])
        row = _row(segment, text, "", "")
        return [row], [cell for _, cell in segment.lines]
    line, before, answer, after = answer_spot
    question = [text for text, _ in segment.lines[:line]] + [before]
    lines = segment.lines[: line + 1]
    remarks, more = _remark_lines(segment, line)
    row = _row(
        segment,
        _joined([t for t in question if t and not _HEADING.match(t)]),
        answer,
        _joined([after, *remarks]),
    )
    return [replace(row, location=lines[-1][1].location)], [cell for _, cell in (*lines, *more)]


def _remark_lines(segment: _Segment, line: int) -> tuple[list[str], list[tuple[str, Cell]]]:
    """Lines that follow the answer's line without a blank one, where a remark has begun."""
    more = []
    row = segment.lines[line][1].row
    for text, cell in segment.lines[line + 1 :]:
        if cell.row != row + 1 or _HEADING.match(text):
            break
        more.append((text, cell))
        row = cell.row
    return [text for text, _ in more], more


def _row(segment: _Segment, requirement: str, answer: str, remarks: str) -> ItemRow:
    location = segment.lines[0][1].location if segment.lines else Location()
    return ItemRow(
        segment.number,
        requirement,
        answer,
        remarks,
        Respondent.PROVIDER,
        location,
        doubts=(_DOUBT,),
        start=location,
    )


def _find_mark(segment: _Segment) -> tuple[int, str, str, str] | None:
    """(line, text before, mark, text behind) of the first lone mark that has a question before it."""
    length = 0
    for line, (text, _) in enumerate(segment.lines):
        tokens = list(re.finditer(r"[^\s　]+", text))
        for token in tokens:
            shape = shape_of(token.group(0))
            if shape not in {None, "dash"} and length + token.start() >= 4:
                before = re.sub(r"[\s　]+$", "", text[: token.start()])
                return line, _without_unit(before), token.group(0), text[token.end() :].strip()
        length += len(text)
    return None


def _without_unit(text: str) -> str:
    """The question without the unit that stands before the mark (`〇☓`)."""
    head, _, tail = text.rpartition(" ")
    return head.rstrip() if head and _UNITS.match(tail) else ("" if _UNITS.match(text) else text)


def _find_value(segment: _Segment) -> tuple[int, str, str, str] | None:
    """A short text behind the end of the question, or behind a unit: `…準拠法。 日本法`, `… 回 年2回`."""
    units = load("extractors.checklist.outside_tables", "plain_text.toml")["lines"]["units"]
    for line, (text, _) in enumerate(segment.lines):
        sentence = re.match(r"^(?P<before>.*[。？?])[\s　]+(?P<answer>[^。]{1,40})$", text)
        if sentence:
            unit, _, value = sentence.group("answer").partition(" ")
            answer = value.strip() if unit in units and value.strip() else sentence.group("answer")
            return line, sentence.group("before"), answer, ""
        tokens = text.split()
        for index, token in enumerate(tokens[:-1]):
            if token in units and (index or line):
                rest = " ".join(tokens[index + 2 :])
                return line, " ".join(tokens[:index]), tokens[index + 1], rest
        if text.strip() in units and line + 1 < len(segment.lines):
            return line + 1, "", segment.lines[line + 1][0].strip(), ""
    return None


def _box_rows(segment: _Segment, respondents: Sequence[Respondent]) -> tuple[list[ItemRow], list[Cell]]:
    """One row a respondent: the question ends where boxes or instructions to answer begin; 備考 ends a cell."""
    parts = _paragraphs(segment)
    start = next((i for i, part in enumerate(parts) if _is_answer_part(part)), len(parts))
    question = _joined([text for part in parts[:start] for text, _ in part if not _is_grade(text)])
    cells = _split_cells(parts[start:], len(respondents))
    rows = []
    for respondent, lines in zip(respondents, cells, strict=True):
        row = _row(segment, question, "\n".join(text for text, _ in lines), "")
        location = lines[0][1].location if lines else row.location
        rows.append(replace(row, respondent=respondent, location=location))
    return rows, [cell for _, cell in segment.lines]


_Lines = list[tuple[str, Cell]]


def _paragraphs(segment: _Segment) -> list[_Lines]:
    """Lines between blank lines."""
    parts: list[_Lines] = []
    last = None
    for text, cell in segment.lines:
        if last is None or cell.row > last + 1:
            parts.append([])
        parts[-1].append((text, cell))
        last = cell.row
    return parts


def _is_answer_part(part: _Lines) -> bool:
    text = "".join(line for line, _ in part)
    return _has_box(text) or "回答すること" in text or "回答してください" in text or shape_of(text) == "dash"


def _is_grade(text: str) -> bool:
    """The life-cycle mark and 必須 / 推奨 that stand before the question."""
    return all(shape_of(token) is not None or token in {"必須", "推奨", "任意"} for token in text.split())


def _split_cells(parts: Sequence[_Lines], count: int) -> list[_Lines]:
    """Paragraphs given to respondents: a cell ends with its 備考 and the ※ notes behind it."""
    cells: list[_Lines] = [[] for _ in range(count)]
    current = 0
    ended = False
    for part in parts:
        text = "".join(line for line, _ in part).strip()
        if shape_of(text) not in {None, "dash"}:
            continue
        if ended and current + 1 < count and not text.startswith(("※", "（補足", "(補足")):
            current, ended = current + 1, False
        cells[current] += part
        ended = ended or "備考" in text or shape_of(text) == "dash"
    return cells


def _joined(texts: Sequence[str]) -> str:
    """Wrapped lines as one text, without a space between Japanese characters."""
    joined = ""
    for text in (t.strip() for t in texts if t.strip()):
        close = not joined or is_japanese(joined[-1]) or is_japanese(text[0])
        joined += text if close else f" {text}"
    return joined
