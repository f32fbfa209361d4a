"""Entries of a legend in, the same entries out, read as the steps of one scale.

◎ ○ △ ×, 3 2 1 0 and A B C D stand for more and less of one thing, so what they say goes one way too: a ◎ that says no over a ○
that says partly is misread. Of such entries the fewest are taken back; what patterns say of them is taken where it goes the
scale's way, else they are unclear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from normalizers.answers.legend import LegendEntry
from normalizers.answers.model import AnswerValue
from normalizers.legends.meaning import read_by_patterns
from normalizers.text import Shape, fold, shape_of

_STEPS = {Shape.DOUBLE_CIRCLE: 0, Shape.CIRCLE: 1, Shape.TRIANGLE: 2, Shape.CROSS: 3}
_WORTH = {
    AnswerValue.YES: 2,
    AnswerValue.PARTIAL: 1,
    AnswerValue.CONDITIONAL: 1,
    AnswerValue.PLANNED: 1,
    AnswerValue.NO: 0,
}
_FEWEST = 3  # steps that tell which way a scale goes
_MOST_TAKEN_BACK = 2


def settle_scale(entries: Sequence[LegendEntry]) -> tuple[LegendEntry, ...]:
    """The entries, those that go against their scale read anew or unclear."""
    steps = _steps(entries)
    if len(steps) < _FEWEST or _is_scale(steps):
        return tuple(entries)
    for count in range(1, min(_MOST_TAKEN_BACK, len(steps) - 2) + 1):
        for odd in combinations(steps, count):
            rest = [entry for entry in steps if entry not in odd]
            if _is_scale(rest):
                settled = {id(entry): _settled(entry, steps, odd) for entry in odd}
                return tuple(settled.get(id(entry), entry) for entry in entries)
    return tuple(entries)


def _settled(entry: LegendEntry, steps: Sequence[LegendEntry], odd: Sequence[LegendEntry]) -> LegendEntry:
    """An odd entry as patterns alone read it, unclear where that goes against the scale too."""
    again = replace(entry, answer=read_by_patterns(entry.text))
    tried = [again if step is entry else step for step in steps if step is entry or step not in odd]
    fits = again.answer in _WORTH and _is_scale(tried)
    return again if fits else replace(entry, answer=AnswerValue.UNCLEAR)


def _steps(entries: Sequence[LegendEntry]) -> list[LegendEntry]:
    """The entries of the longest kind of scale in its order, but for those that stand for no more and no less."""
    kinds: dict[str, list[tuple[str, LegendEntry]]] = defaultdict(list)
    for entry in entries:
        shape, code = shape_of(entry.mark), fold(entry.mark)
        if entry.answer not in _WORTH:
            continue
        if shape in _STEPS:
            kinds["mark"].append((str(_STEPS[shape]), entry))
        elif len(code) == 1 and code.isdecimal():
            kinds["digit"].append((code, entry))
        elif len(code) == 1 and code.isascii() and code.isalpha() and code < "g":
            kinds["letter"].append((code, entry))
    longest = max(kinds.values(), key=len, default=[])
    return [entry for _, entry in sorted(longest, key=lambda step: step[0])]


def _is_scale(steps: Sequence[LegendEntry]) -> bool:
    """Whether what the steps say goes one way."""
    worth = [_WORTH[entry.answer] for entry in steps if entry.answer is not None]
    return all(a >= b for a, b in pairwise(worth)) or all(a <= b for a, b in pairwise(worth))
