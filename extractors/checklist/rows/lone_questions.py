"""Rows with a question alone in, those of them out that are items: neither numbered nor answered yet, and no headings.

A heading has items below it. Where rows with a question alone outnumber those with more, or most of them follow one
another three and more in a row, nothing stands below them that they could head.
"""

from __future__ import annotations

from collections.abc import Sequence

_RUN = 3


def questions_without_answers(alone: Sequence[int], accompanied: int) -> frozenset[int]:
    """The rows of `alone` if they are items, none if they are headings; `accompanied` counts questions with more in their row."""
    in_runs = sum(len(run) for run in _runs(alone) if len(run) >= _RUN)
    if len(alone) >= _RUN and (len(alone) > accompanied or in_runs * 2 > len(alone)):
        return frozenset(alone)
    return frozenset()


def _runs(rows: Sequence[int]) -> list[list[int]]:
    """Ascending rows in stretches that follow one another."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs
