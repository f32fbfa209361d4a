"""Answer cells of two receipts in, what differs between them out: added, removed, reworded, answered or written otherwise.

Cells are paired by item id, then by their words whatever the number (a new number is no change), then by likeness.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from normalizers.answers.lexicon import core_of, is_decided_token
from normalizers.text import fold

_LIKE = 0.5  # chance from which two wordings are one question
_SAME_NUMBER = 60.0  # of 100, the likeness that is enough where both have the same number
_COMPARED = (
    4_000_000  # pairs of wordings: beyond it only the same words meet, since comparing all takes minutes
)
_MARK = (
    3  # characters up to which an answer cell is a mere mark, and another mark of the same meaning no change
)
_SIGNS = re.compile(r"[\W〇_]+")
# The types of Cell and Difference in DuckDB.
CELL = (
    'STRUCT("row" INTEGER, item_id VARCHAR, item_no VARCHAR, sub_item VARCHAR, respondent VARCHAR, category VARCHAR, '
    "item VARCHAR, requirement VARCHAR, answer VARCHAR, answer_raw VARCHAR, remarks VARCHAR, planned_date VARCHAR, "
    "canonical DOUBLE, canonical_unit VARCHAR, bound VARCHAR)"
)
DIFFERENCE = (
    "STRUCT(old_row INTEGER, new_row INTEGER, change VARCHAR, answer_changed BOOLEAN, reworded BOOLEAN, "
    "remarks_changed BOOLEAN, polarity VARCHAR)"
)


@dataclass(frozen=True, slots=True)
class AnswerCell:
    """What is compared of an answer cell; `planned_date` is ISO, the figure is in `canonical_unit`."""

    row: int
    item_id: str
    item_no: str
    sub_item: str | None
    respondent: str
    category: str | None
    item: str | None
    requirement: str
    answer: str
    answer_raw: str
    remarks: str
    planned_date: str | None = None
    canonical: float | None = None
    canonical_unit: str | None = None
    bound: str | None = None

    @property
    def text(self) -> str:
        """Category, short names and question as one text."""
        return " ".join(filter(None, (self.category, self.item, self.sub_item, self.requirement)))


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of the older and the newer sheet (None where there is none) and what differs.

    `change` is added, removed, answer, reworded, remarks or notation (the same answer written otherwise: ◯ → 対応済み);
    `polarity` tells of a reworded question whether yes still
    means yes (same), now means no (inverse), or cannot be told (unclear).
    """

    old_row: int | None
    new_row: int | None
    change: str
    answer_changed: bool = False
    reworded: bool = False
    remarks_changed: bool = False
    polarity: str | None = None


@dataclass(frozen=True, slots=True)
class _Pair:
    old: AnswerCell
    new: AnswerCell
    polarity: str = "same"


def differences(old: Sequence[AnswerCell], new: Sequence[AnswerCell]) -> list[Difference]:
    """What differs, in the order of the newer sheet, removed items behind; pairs that say the same are left out."""
    pairs = pair_cells(old, new)
    by_new = {pair.new.row: pair for pair in pairs}
    gone = {cell.row for cell in old} - {pair.old.row for pair in pairs}
    changed = [
        _difference(by_new[cell.row]) if cell.row in by_new else Difference(None, cell.row, "added")
        for cell in new
    ]
    removed = [Difference(cell.row, None, "removed") for cell in old if cell.row in gone]
    return [difference for difference in changed if difference is not None] + removed


def row_differences(
    old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The same of and as plain dicts, for DuckDB."""
    return [
        asdict(difference)
        for difference in differences([cell_of(row) for row in old], [cell_of(row) for row in new])
    ]


def cell_of(row: Mapping[str, Any]) -> AnswerCell:
    """A Cell of a dict with its fields."""
    return AnswerCell(**{field.name: row[field.name] for field in fields(AnswerCell)})


def pair_cells(old: Sequence[AnswerCell], new: Sequence[AnswerCell]) -> list[_Pair]:
    """Cells of both that ask the same of the same respondent."""
    pairs: list[_Pair] = []
    for key, alone in (
        (lambda c: (c.item_id, c.respondent), False),
        (lambda c: _words(c, fold(c.item or "")), False),
        (_words, True),
    ):
        same = _same(old, new, key, alone)
        pairs += same
        old, new = _without(old, {p.old.row for p in same}), _without(new, {p.new.row for p in same})
    for respondent in sorted({cell.respondent for cell in old}):
        pairs += _alike(
            [cell for cell in old if cell.respondent == respondent],
            [cell for cell in new if cell.respondent == respondent],
        )
    return pairs


def _without(cells: Sequence[AnswerCell], rows: set[int]) -> list[AnswerCell]:
    return [cell for cell in cells if cell.row not in rows]


def _words(cell: AnswerCell, item: str = "") -> tuple[str, ...] | None:
    """Question and sub-item, folded; None where there is no text to go by."""
    question = fold(cell.requirement) or fold(cell.item or "")
    return (question, item, fold(cell.sub_item or ""), cell.respondent) if question else None


def _same(
    old: Sequence[AnswerCell],
    new: Sequence[AnswerCell],
    key: Callable[[AnswerCell], Hashable | None],
    alone: bool,
) -> list[_Pair]:
    """Cells with the same key, in their order; with `alone` only where each side has just one."""
    sides: tuple[dict[Hashable, list[AnswerCell]], dict[Hashable, list[AnswerCell]]] = (
        defaultdict(list),
        defaultdict(list),
    )
    for side, cells in zip(sides, (old, new), strict=True):
        for cell in cells:
            if (value := key(cell)) is not None:
                side[value].append(cell)
    return [
        _Pair(*both)
        for value, cells in sides[0].items()
        if not alone or len(cells) == len(sides[1].get(value, ())) == 1
        for both in zip(cells, sides[1].get(value, ()), strict=False)
    ]


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How likely two cells ask the same: a figure to sort by, the indices of both, and the polarity of the wordings."""

    score: float
    old: int
    new: int
    polarity: str


def _alike(old: Sequence[AnswerCell], new: Sequence[AnswerCell]) -> list[_Pair]:
    """The likest cells, best first, each taken once."""
    if not old or not new or len(old) * len(new) > _COMPARED:
        return []
    old_taken: set[int] = set()
    new_taken: set[int] = set()
    pairs = []
    for like in sorted(
        _likely(old, new), key=lambda entry: (-entry.score, entry.old, entry.new, entry.polarity)
    ):
        if like.old not in old_taken and like.new not in new_taken:
            old_taken.add(like.old)
            new_taken.add(like.new)
            pairs.append(_Pair(old[like.old], new[like.new], like.polarity))
    return pairs


def _likely(old: Sequence[AnswerCell], new: Sequence[AnswerCell]) -> Iterator[_Likeness]:
    """Pairs of cells that are likely one question; the same number speaks for it."""
    from rapidfuzz import fuzz  # noqa: PLC0415  with the dictionary and numpy, which a plain query needs not

    from pipeline.align.counterparts import rank  # noqa: PLC0415

    ranked = rank([cell.text for cell in old], [cell.text for cell in new])
    for index, (old_cell, matches) in enumerate(zip(old, ranked, strict=True)):
        for match in matches:
            new_cell = new[match.index]
            numbered = bool(old_cell.item_no) and fold(old_cell.item_no) == fold(new_cell.item_no)
            likeness = fuzz.ratio(fold(old_cell.requirement), fold(new_cell.requirement))
            if match.score >= _LIKE or (numbered and likeness >= _SAME_NUMBER):
                yield _Likeness(match.score + 0.1 * numbered, index, match.index, match.polarity)


def _difference(pair: _Pair) -> Difference | None:
    """What differs in a pair; None where both say the same."""
    old, new = pair.old, pair.new
    reworded = fold(old.requirement) != fold(new.requirement) or (
        not old.requirement and fold(old.item or "") != fold(new.item or "")
    )
    blank = {old.answer, new.answer} <= {"unanswered"}
    remarks = fold(old.remarks) != fold(new.remarks)
    same_text = not remarks and fold(old.answer_raw) == fold(new.answer_raw)
    answered = old.answer != new.answer or (not same_text and _said(old) != _said(new))
    answered = answered or (pair.polarity != "same" and not blank)
    rewritten = not answered and _other_words(old, new)
    if rewritten and not (_is_notation(old) and _is_notation(new)):
        remarks, rewritten = True, False
    if not (reworded or answered or remarks or rewritten):
        return None
    change = "answer" if answered else "reworded" if reworded else "remarks" if remarks else "notation"
    polarity = pair.polarity if reworded else None
    return Difference(old.row, new.row, change, answered, reworded, remarks, polarity)


def _said(cell: AnswerCell) -> tuple[object, ...]:
    """What counts of an answer beside its word: the figure, the date; the text where the word leaves it open."""
    open_text = cell.answer in {"value", "unclear"} and cell.canonical is None
    text = fold(cell.answer_raw) if open_text else ""
    return cell.canonical, cell.canonical_unit, cell.bound, cell.planned_date, text


def _is_notation(cell: AnswerCell) -> bool:
    """Whether an answer cell holds no more than its answer: a mark, a word for it, a figure."""
    return cell.canonical is not None or is_decided_token(core_of(cell.answer_raw))


def _other_words(old: AnswerCell, new: AnswerCell) -> bool:
    """Whether the answer cells say more than a mark and differ."""
    old_text, new_text = (_SIGNS.sub("", fold(cell.answer_raw)) for cell in (old, new))
    return old_text != new_text and max(len(old_text), len(new_text)) > _MARK
