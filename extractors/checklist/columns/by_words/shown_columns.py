"""Tells columns in which the form shows something from those that it asks: examples, criteria, answers that are wanted.

The name of a column in, whether the form's maker has filled it out: `回答（記入例）`, `期待結果`, `適合とみなす回答`.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.checklist.columns.by_words.respondents_variants import answer_column_words
from extractors.checklist.model import ANSWER_ROLES, ChecklistColumn, Role
from normalizers.text import fold

_PARTS = re.compile(r"[\n()（）\[\]［］【】<>＜＞]")
_CLOSES = (")", "）", "]", "］", "】")
_OPENS = re.compile(r"[(（\[［【]")


def names_expected(label: str) -> bool:
    """Whether a name says that what should come out stands under it: `期待結果`, `Expected result`, `適合とみなす回答`."""
    entries = answer_column_words()
    return fold(label).startswith(tuple(entries["shown"]["begins"])) or _names_wanted(label)


def _names_wanted(label: str) -> bool:
    """Whether a name says which answer is taken for a good one: somebody else's verdict before the word for an answer."""
    entries = answer_column_words()["wanted"]
    stripped = label.strip()
    head = fold(_OPENS.split(stripped, maxsplit=1)[0] if stripped.endswith(_CLOSES) else stripped)
    rest = (head.removesuffix(fold(word)) for word in entries["answers"] if head.endswith(fold(word)))
    return any(before.endswith(tuple(map(fold, entries["deems"]))) for before in rest)


def assign_examples(columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """`回答（記入例）`, `判定基準`: examples and criteria, where another column is the answer."""
    answers = [column for column in columns if column.role in ANSWER_ROLES]
    if all(names_example(column.label) for column in answers):
        return columns
    return [
        replace(c, role=Role.EXAMPLE) if c.role == Role.ANSWER and names_example(c.label) else c
        for c in columns
    ]


def names_example(label: str) -> bool:
    """Whether a name, brackets and further lines too, says what the form shows and not what it asks."""
    entries = answer_column_words()["shown"]
    parts = [fold(part) for part in _PARTS.split(label) if part.strip()]
    return (
        any(part in entries["part"] for part in parts)
        or names_expected(label)
        or any(part.endswith(tuple(entries["ends"])) for part in parts[:1])
    )
