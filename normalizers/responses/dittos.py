"""Rows and their results in, the results with every ditto resolved out: `〃` the row above, `No.3と同じ` the one of that number.

A ditto takes the result of its row, over further dittos, within one list and respondent. Where that row is not there,
is not the only one of its number, or leads back to the ditto itself, the answer is unclear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.responses.ditto_marks import Ditto, ditto_of, number_key
from normalizers.responses.row import ResponseRow

_NOTHING_ABOVE, _ROW_MISSING, _LOOP = "ditto:nothing_above", "ditto:row_missing", "ditto:loop"
UNRESOLVED = (_NOTHING_ABOVE, _ROW_MISSING, _LOOP)
_LONGEST_RULE = 60


def detect_dittos(rows: Sequence[ResponseRow]) -> dict[int, Ditto]:
    """Index in `rows` → what its answer cell repeats; choice columns and rings hold no dittos."""
    return {
        index: ditto
        for index, row in enumerate(rows)
        if row.choice is None and not row.chosen and (ditto := ditto_of(row.answer)) is not None
    }


def resolve_dittos(
    rows: Sequence[ResponseRow], results: Sequence[AnswerResult], dittos: Mapping[int, Ditto]
) -> list[AnswerResult]:
    """`results` with those at the indexes of `dittos` replaced by the results that they repeat."""
    if not dittos:
        return list(results)
    above = _rows_above(rows)
    numbered = _rows_by_number(rows)
    targets = {
        index: above[index] if ditto.number is None else _row_of_number(rows, index, numbered, ditto.number)
        for index, ditto in dittos.items()
    }
    resolved = list(results)
    pending = set(dittos)
    for start in dittos:
        chain, end = _follow(start, targets, pending)
        repeated = _repeated(chain, end, resolved)
        for index in chain:
            resolved[index] = repeated
        pending.difference_update(chain)
    return resolved


def _follow(
    start: int, targets: Mapping[int, int | None], pending: set[int]
) -> tuple[dict[int, None], int | None]:
    """The unresolved dittos from `start` on, in their order, and where they lead: to a row, to one of themselves, nowhere."""
    chain: dict[int, None] = {}
    index: int | None = start
    while index is not None and index in pending and index not in chain:
        chain[index] = None
        index = targets[index]
    return chain, index


def _repeated(chain: Mapping[int, None], end: int | None, results: Sequence[AnswerResult]) -> AnswerResult:
    """What the dittos of a chain say that leads to the row `end`."""
    if end is None:
        return AnswerResult(AnswerValue.UNCLEAR, _NOTHING_ABOVE if len(chain) == 1 else _ROW_MISSING)
    if end in chain:
        return AnswerResult(AnswerValue.UNCLEAR, _LOOP)
    result = results[end]
    rule = result.rule if result.rule.startswith("ditto:") else f"ditto:{result.rule}"[:_LONGEST_RULE]
    return replace(result, rule=rule, remark="")


def _rows_above(rows: Sequence[ResponseRow]) -> list[int | None]:
    """For each row the one above it of the same respondent."""
    last: dict[str, int] = {}
    above: list[int | None] = []
    for index, row in enumerate(rows):
        above.append(last.get(row.respondent))
        last[row.respondent] = index
    return above


def _rows_by_number(rows: Sequence[ResponseRow]) -> dict[tuple[str, str], list[int]]:
    indexes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        indexes[row.respondent, number_key(row.item_no)].append(index)
    return indexes


def _row_of_number(
    rows: Sequence[ResponseRow], index: int, numbered: Mapping[tuple[str, str], list[int]], number: str
) -> int | None:
    """The only row of that number, or the only one of it under the same headings."""
    matches = numbered.get((rows[index].respondent, number), [])
    if len(matches) > 1:
        matches = [match for match in matches if rows[match].section == rows[index].section]
    return matches[0] if len(matches) == 1 else None
