"""A header's text in, how like it is to names of each role out: by its characters, learned from names that are known.

A name is cut into runs of one to three characters with its beginning and end marked (`^対`, `応の`, `有無$`), so
that what closes a Japanese name, which says what it is, counts for more than what opens it: `対応予定の有無` is no
answer, `対応の有無` is one. The runs' weights are learned (`make weights`) from the words of terms/ and the names
in the labelled forms.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.learned.weights import load_weights
from normalizers.text import fold

Floats = NDArray[np.float64]
NAME_ROLES = (
    "number", "category", "item", "requirement", "answer", "choice", "remarks", "evidence", "level", "unit", "planned_date",
    "previous", "target", "buyer", "flag", "example", "ignore",
)  # fmt: skip
_CUT = re.compile(r"[\n(（\[［【※<＜:：/／|｜]")
_LONGEST = 40
_RUNS = (1, 2, 3)


def name_runs(text: str) -> list[str]:
    """The runs of characters of a name, of its head before any bracket and of the rest; each once."""
    head = _CUT.split(text.strip(), maxsplit=1)[0]
    rest = text.strip()[len(head) :]
    runs = {f"h{run}" for run in _cut(fold(head))} | {f"r{run}" for run in _cut(fold(rest))}
    key = fold(head)
    if key:
        runs |= {f"={key}", f"l{min(len(key), 12)}"}
    return sorted(runs)


def _cut(key: str) -> list[str]:
    if not key:
        return []
    marked = f"^{key[:_LONGEST]}$"
    words = re.findall(r"[a-z]{3,}", key[:_LONGEST])
    return [marked[i : i + size] for size in _RUNS for i in range(len(marked) - size + 1)] + [
        f"w{word}" for word in words
    ]


@cache
def _table() -> tuple[dict[str, int], Floats, Floats]:
    weights = load_weights()
    runs = [str(run) for run in weights["name_runs"]]
    return (
        {run: index for index, run in enumerate(runs)},
        weights["name_weights"].astype(float),
        weights["name_bias"].astype(float),
    )


@lru_cache(maxsize=16384)
def _scores(text: str) -> tuple[float, ...]:
    index, weights, bias = _table()
    known = [index[run] for run in name_runs(text) if run in index]
    if not text.strip():
        return (0.0,) * len(NAME_ROLES)
    total = bias + weights[known].sum(axis=0) / np.sqrt(max(1, len(known)))
    total -= total.max()
    chances = np.exp(total)
    return tuple((chances / chances.sum()).tolist())


def name_scores(text: str) -> Floats:
    """The chance of each of NAME_ROLES by the name alone; all 0 for no name."""
    return np.array(_scores(text))
