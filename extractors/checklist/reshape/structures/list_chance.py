"""How likely a structure is a list to be answered: figures in, a chance out.

What repeats is a structure; whether somebody is asked in it is told by what its texts look like and by what the
document says of itself: `ご記入のうえご返送ください` asks, `よくあるご質問` and `議事録` do not. The words only
weigh; none of them decides.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.terms.column_names import column_name_words, contains_word
from extractors.grid import Grid
from normalizers.text import fold
from normalizers.vocabulary import load

_ASKING = tuple(SHAPES.index(name) for name in ("question", "demand", "statement"))
_HEAD, _FOOT = 12, 3
_SPOKEN = 200  # characters of a text that speaks of the document; longer ones are its contents


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = load("extractors.checklist.reshape.structures", "structures.toml")["speaks"]
    return words


def logistic(figures: Mapping[str, float], weights: Mapping[str, float], bias: float) -> float:
    """The chance that weighed figures make."""
    total = bias + sum(weights[name] * figures[name] for name in weights)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def speaks_of_answering(grid: Grid) -> float:
    """1 where a document's own words say that it is answered, -1 where they say that it is something else, 0 where neither.

    Its own words are its name and the texts that stand alone in their rows.
    """
    alone = Counter(cell.row for cell in grid.cells if cell.text.strip())
    texts = [c.text for c in grid.cells if alone[c.row] == 1 and 0 < len(c.text.strip()) <= _SPOKEN]
    head = " ".join([grid.name, *texts[:_HEAD], *texts[-_FOOT:]])
    unasked = contains_word(head, _words()["unasked"])
    key = fold(head)
    for word in _words()["faq"]:
        key = key.replace(fold(word), "")
    return float(contains_word(key, _words()["asked"])) - float(unasked)


def asks_whether(text: str) -> bool:
    """Whether a label asks if or how something is: `再委託の有無`, `データの返却方法`."""
    return bool(shapes_of(text)[SHAPES.index("question")]) or contains_word(text[-8:], _words()["whether"])


def begins_as_answer(text: str) -> bool:
    """Whether a text begins with an answer word, whatever follows it: `対象外（業務側での対策）`."""
    leading = tuple(fold(word) for word in column_name_words()["answers"]["leading"])
    return fold(text).startswith(leading)


def names_measures(name: str) -> bool:
    """Whether a column's name says that what was done, or has to be done, stands under it."""
    return contains_word(name, _words()["measures"])


def identity_share(labels: Sequence[str]) -> float:
    """The share of labels that say who fills a form in, and when."""
    return sum(contains_word(label, _words()["identity"]) for label in labels) / max(1, len(labels))


def asking_share(texts: Sequence[str]) -> float:
    """The share of texts that end as a question, a demand or a statement does."""
    rows = [shapes_of(text) for text in texts if text.strip()]
    return sum(any(row[i] for i in _ASKING) for row in rows) / max(1, len(rows))


def question_share(texts: Sequence[str]) -> float:
    """The share of texts that ask or request something; what only demands counts half, what only states a quarter."""
    rows = [(text, shapes_of(text)) for text in texts if text.strip()]
    total = 0.0
    for text, row in rows:
        requests = row[SHAPES.index("question")] or contains_word(text[-14:], _words()["requests"])
        total += (
            1.0 if requests else 0.5 * row[SHAPES.index("demand")] or 0.25 * row[SHAPES.index("statement")]
        )
    return total / max(1, len(rows))


def shape_share(texts: Sequence[str], name: str) -> float:
    """The share of texts that have one of SHAPES."""
    rows = [shapes_of(text) for text in texts if text.strip()]
    return sum(row[SHAPES.index(name)] for row in rows) / max(1, len(rows))
