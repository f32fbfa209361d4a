"""Rows and results of a list in, the results that colours decide put right out.

One mark in several colours beside a line that speaks of colours (`赤字は未対応`) says nothing by itself: its answer is what the
line says of its colour, and unclear where it says nothing that is known. A blank cell is answered by its ground where the
line says what that means. Where the file keeps no colours and a line gives them a meaning, no yes is sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.responses.colour_legend import (
    colour_meanings,
    colour_name,
    is_colour_coded,
    texts_in_several_colours,
)
from normalizers.responses.row import ResponseRow
from normalizers.text import fold

UNKEPT = "colour"  # the rule of answers that only a colour tells which the file does not keep
_SAYS_NOTHING = {None, AnswerValue.UNCLEAR}


def apply_colours(
    rows: Sequence[ResponseRow],
    results: Sequence[AnswerResult],
    notes: Sequence[str],
    keeps_colours: bool = True,
) -> list[AnswerResult]:
    """The results of a list's rows; `notes` are the lines that speak of colours; the file may not keep any."""
    if not notes:
        return list(results)
    if not keeps_colours:
        return [_unsure(result) for result in results] if is_colour_coded(notes) else list(results)
    return _by_ground(rows, _by_mark(rows, results, notes), notes)


def _unsure(result: AnswerResult) -> AnswerResult:
    """A yes of which the colour says whether it is one is unclear."""
    if result.answer != AnswerValue.YES:
        return result
    return AnswerResult(AnswerValue.UNCLEAR, UNKEPT, result.options, result.remark)


def _by_mark(
    rows: Sequence[ResponseRow], results: Sequence[AnswerResult], notes: Sequence[str]
) -> list[AnswerResult]:
    """One mark in several colours: its colour decides."""
    columns: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    for row in rows:
        columns[row.respondent].append((row.answer, row.colour))
    decisive = {respondent: texts_in_several_colours(cells) for respondent, cells in columns.items()}
    meanings = colour_meanings(notes)
    return [
        _decided(result, row, meanings.get(colour_name(row.colour) or "") or AnswerValue.UNCLEAR)
        if fold(row.answer) in decisive[row.respondent]
        else result
        for row, result in zip(rows, results, strict=True)
    ]


def _by_ground(
    rows: Sequence[ResponseRow], results: Sequence[AnswerResult], notes: Sequence[str]
) -> list[AnswerResult]:
    """Blank cells: the meaning of their ground, where a line tells it."""
    meanings = colour_meanings(notes, ground=True)
    grounds: dict[str, set[str | None]] = defaultdict(set)
    for row, result in zip(rows, results, strict=True):
        if _is_blank(row, result):
            grounds[row.respondent].add(colour_name(row.colour))
    return [
        _decided(result, row, answer)
        if _is_blank(row, result) and (answer := _ground_says(row, meanings, grounds[row.respondent]))
        else result
        for row, result in zip(rows, results, strict=True)
    ]


def _is_blank(row: ResponseRow, result: AnswerResult) -> bool:
    return result.answer == AnswerValue.UNANSWERED and row.choice is None and not row.answer.strip()


def _ground_says(
    row: ResponseRow, meanings: Mapping[str, AnswerValue | None], grounds: Set[str | None]
) -> AnswerValue | None:
    """What the ground of a blank cell says; None where it says nothing, `unclear` where it may say something.

    A ground that all blank cells have is the form's own and answers none of them, though a line says that it does.
    """
    name = colour_name(row.colour) if (row.colour or "").startswith("fill:") else None
    if name is None:
        return None
    answer = meanings.get(name)
    if answer is None or answer == AnswerValue.UNCLEAR:
        tells_of_grounds = any(meanings.get(ground or "") not in _SAYS_NOTHING for ground in grounds)
        return answer if tells_of_grounds else None
    return answer if len(grounds) > 1 or answer == AnswerValue.NOT_APPLICABLE else AnswerValue.UNCLEAR


def _decided(result: AnswerResult, row: ResponseRow, answer: AnswerValue) -> AnswerResult:
    return replace(result, answer=answer, rule=f"colour:{colour_name(row.colour) or 'none'}")
