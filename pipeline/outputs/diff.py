"""Two receipts in, their differences with the texts of both sides out: as lines, as plain data, as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.location import Location
from pipeline.assess.receipts import Receipt
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, write_book
from pipeline.problems import location_text
from pipeline.query.differences import AnswerCell, Difference, differences

CHANGES = ("added", "removed", "answer", "reworded", "remarks", "notation")
_FILLS = {
    "added": "#E2EFDA",
    "removed": "#FCE4D6",
    "answer": "#FFF2CC",
    "reworded": "#DDEBF7",
    "remarks": "#F2F2F2",
    "notation": "#F2F2F2",
}
# Columns of the workbook: key in words, width.
_COLUMNS = (
    ("change", 11), ("old_no", 8), ("new_no", 8), ("old_question", 40), ("new_question", 40), ("polarity", 10),
    ("old_answer", 12), ("new_answer", 12), ("old_printed", 26), ("new_printed", 26), ("old_remarks", 34),
    ("new_remarks", 34), ("old_place", 22), ("new_place", 22),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A difference with the cells of both sides (None where there is none) and where they stand."""

    difference: Difference
    old: AnswerCell | None
    new: AnswerCell | None
    old_source: Mapping[str, Any] | None
    new_source: Mapping[str, Any] | None


def diff(old: Receipt, new: Receipt) -> list[Change]:
    """What differs between two receipts, in the order of the newer one, removed items behind."""
    sides = {cell.row: cell for cell in old.cells}, {cell.row: cell for cell in new.cells}
    return [
        Change(
            difference,
            sides[0].get(difference.old_row or 0),
            sides[1].get(difference.new_row or 0),
            old.sources.get(difference.old_row or 0),
            new.sources.get(difference.new_row or 0),
        )
        for difference in differences(old.cells, new.cells)
    ]


def counts(changes: Sequence[Change]) -> dict[str, int]:
    """How many of each kind, kinds without any too."""
    totals = Counter(change.difference.change for change in changes)
    return {kind: totals[kind] for kind in CHANGES}


def changes_to_data(receipts: Sequence[Receipt], changes: Sequence[Change]) -> dict[str, Any]:
    """The differences between the older and the newer receipt as plain data for JSON."""
    return {
        "old": receipts[0].name,
        "new": receipts[1].name,
        "counts": counts(changes),
        "differences": [_data(change) for change in changes],
    }


def _data(change: Change) -> dict[str, Any]:
    difference = change.difference
    return {
        "change": difference.change, "answer_changed": difference.answer_changed, "reworded": difference.reworded,
        "remarks_changed": difference.remarks_changed, "polarity": difference.polarity,
        "old": _side(change.old, change.old_source), "new": _side(change.new, change.new_source),
    }  # fmt: skip


def _side(cell: AnswerCell | None, source: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if cell is None:
        return None
    return {
        "row": cell.row, "item_no": cell.item_no, "sub_item": cell.sub_item, "respondent": cell.respondent,
        "requirement": cell.requirement or cell.item, "answer": cell.answer, "answer_raw": cell.answer_raw,
        "remarks": cell.remarks, "planned_date": cell.planned_date, "number": cell.canonical,
        "unit": cell.canonical_unit, "source": source,
    }  # fmt: skip


def change_lines(changes: Sequence[Change], words: Mapping[str, str]) -> list[tuple[str, ...]]:
    """A line of the table for each: kind, number, question, answer, remarks; what differs as `old → new`."""
    return [
        (
            words[f"diff_{change.difference.change}"],
            *(_arrow(*_pick(change, what), words["diff_blank"]) for what in _SHOWN),
        )
        for change in changes
    ]


def _pick(change: Change, what: Callable[[AnswerCell], str]) -> tuple[str | None, str | None]:
    """The text of each side; None where the side is not there."""
    return tuple(None if cell is None else what(cell) for cell in (change.old, change.new))  # type: ignore[return-value]


def _arrow(old: str | None, new: str | None, blank: str) -> str:
    """One text where both sides have the same or only one is there; `blank` stands for an empty side."""
    if old is None or new is None or old == new:
        return (new if old is None else old) or ""
    return f"{old or blank} → {new or blank}"


def _number(cell: AnswerCell) -> str:
    return " ".join(filter(None, (cell.item_no, cell.sub_item)))


def _question(cell: AnswerCell) -> str:
    return cell.requirement or cell.item or ""


def _answer(cell: AnswerCell) -> str:
    """The answer as printed, on one line."""
    return " ".join(cell.answer_raw.split())


def _remarks(cell: AnswerCell) -> str:
    return cell.remarks


_SHOWN: tuple[Callable[[AnswerCell], str], ...] = (_number, _question, _answer, _remarks)


def write_diff(path: Path, changes: Sequence[Change], words: Mapping[str, str], language: str) -> None:
    """Write the differences as a workbook. Raises OSError."""
    rows = [_row(change, words, language) for change in changes]
    columns = tuple(SheetColumn(words[f"diff_{key}"], width) for key, width in _COLUMNS)
    fills = tuple((words[f"diff_{kind}"], colour) for kind, colour in _FILLS.items())
    write_book(path, [BookSheet(words["diff_title"], columns, rows, fills)])


def _row(change: Change, words: Mapping[str, str], language: str) -> list[str]:
    old, new = _pick(change, _question)
    pairs = [
        _pick(change, _number), (old if old != new else None, new), (change.difference.polarity, None),
        _pick(change, lambda cell: cell.answer), _pick(change, lambda cell: cell.answer_raw),
        _pick(change, lambda cell: cell.remarks),
    ]  # fmt: skip
    places = [_place(source, language) for source in (change.old_source, change.new_source)]
    texts = [text or "" for pair in pairs for text in pair]
    del texts[5]  # polarity is one column
    return [words[f"diff_{change.difference.change}"], *texts, *places]


def _place(source: Mapping[str, Any] | None, language: str) -> str:
    if source is None:
        return ""
    return location_text(Location(source["page"], source["sheet"], source["cells"]), language)
