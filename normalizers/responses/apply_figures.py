"""Rows with their results in, the results with the figures that only their remarks hold out.

`○` beside `14世代` in a row that asks for the number of generations is a yes with the figure 14: what the item asks for is told
in the remark. Where the item asks for no figure, one in the remark is none of the answer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.language.grammar.demand import Way, read_demand
from normalizers.responses.row import ResponseRow
from normalizers.values.time_spans import figure_of

_MAY_HOLD = {AnswerValue.YES, AnswerValue.VALUE, AnswerValue.PARTIAL, AnswerValue.CONDITIONAL}


def apply_figures(rows: Sequence[ResponseRow], results: Sequence[AnswerResult]) -> list[AnswerResult]:
    """The results in their order."""
    return [_apply_figure(row, result) for row, result in zip(rows, results, strict=True)]


def _apply_figure(row: ResponseRow, result: AnswerResult) -> AnswerResult:
    if result.value is not None or result.answer not in _MAY_HOLD or not row.remarks:
        return result
    if not any(char.isdigit() for char in row.remarks):
        return result
    if any(char.isdigit() for char in row.answer) or not _asks_figure(row):
        return result
    value = figure_of(row.remarks)
    return replace(result, value=value, value_origin="remarks") if value is not None else result


def _asks_figure(row: ResponseRow) -> bool:
    """Whether the row asks for a figure, in its question or its short name (`世代数`)."""
    return any(read_demand(text).way == Way.FIGURE for text in (row.requirement, row.item or "") if text)
