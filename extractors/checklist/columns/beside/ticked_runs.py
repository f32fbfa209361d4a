"""The texts of columns side by side in, the runs of columns out in which one mark is set: in one of them a row, or in any.

`標準 | 設定 | 追加開発 | 不可` with one ● a row is a choice, whatever the columns are called; `法 | 契約 | 業務` with none, two
or three says for which reasons a row is there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from normalizers.text import shape_of

_WIDEST = 8  # columns of a choice at most
_ROWS = 5  # rows from which one mark a row is no chance
_ONE = 0.75  # share of the rows in which just one column of a choice is marked
_TWO = 0.05  # share of the rows in which several may be
_SEVERAL = 0.25  # share of the marked rows from which marks beside each other are no choice
_HABIT = 3  # rows with several marks from which they are no slip
_TICKS = frozenset("1xvレ✓✔")


@dataclass(frozen=True, slots=True)
class TickedRuns:
    """Runs of columns of which one is marked in nearly every row, and columns of marks that stand together in many rows."""

    choices: tuple[tuple[int, ...], ...]
    together: tuple[tuple[int, ...], ...]


def ticked_runs(texts: Sequence[Sequence[str]]) -> TickedRuns:
    """The runs of columns that hold one and the same mark; `texts` are columns × rows, "" where nothing stands."""
    choices: list[tuple[int, ...]] = []
    together: list[tuple[int, ...]] = []
    for run in _runs(texts):
        chosen = _choice_within(texts, run)
        if chosen:
            choices.append(chosen)
        elif len(run) > 2 and _stand_together(texts, run):
            together.append(run)
    return TickedRuns(tuple(choices), tuple(together))


def _runs(texts: Sequence[Sequence[str]]) -> list[tuple[int, ...]]:
    """Columns side by side in which the same mark stands, and nothing else."""
    runs: list[list[int]] = []
    marks: list[str] = []
    for index, own in enumerate(texts):
        mark = _only_mark(own)
        if mark is None:
            continue
        if runs and runs[-1][-1] == index - 1 and mark == marks[-1]:
            runs[-1].append(index)
        else:
            runs.append([index])
            marks.append(mark)
    return [tuple(run) for run in runs if len(run) > 1]


def _only_mark(own: Sequence[str]) -> str | None:
    """The mark of a column in which nothing else stands, and not in each row."""
    texts = {text for text in own if text}
    if len(texts) != 1 or all(own):
        return None
    mark = texts.pop()
    return mark if shape_of(mark) is not None or mark in _TICKS else None


def _choice_within(texts: Sequence[Sequence[str]], run: tuple[int, ...]) -> tuple[int, ...]:
    """The longest part of a run of which one column is marked in nearly every row; flags may stand beside it."""
    for size in range(min(len(run), _WIDEST), 1, -1):
        for start in range(len(run) - size + 1):
            part = run[start : start + size]
            counts = _marked(texts, part)
            rows = sum(counts.values())
            several = rows - counts[0] - counts[1]
            if rows >= _ROWS and counts[1] >= _ONE * rows and several <= _TWO * rows:
                return part
    return ()


def _stand_together(texts: Sequence[Sequence[str]], run: Sequence[int]) -> bool:
    """Whether in many of the marked rows several columns are marked."""
    counts = _marked(texts, run)
    rows = sum(counts.values()) - counts[0]
    several = rows - counts[1]
    return several >= _HABIT and several >= _SEVERAL * rows


def _marked(texts: Sequence[Sequence[str]], run: Sequence[int]) -> Counter[int]:
    """How many rows have so many of the columns marked."""
    return Counter(sum(bool(cell) for cell in row) for row in zip(*(texts[i] for i in run), strict=True))
