"""Classifies a table: a form to answer, an example, a reference, or no checklist.

Its columns, header and titles in; its kind out: under `記入例` everything is an example.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.checklist.columns.by_words.roles import is_reference
from extractors.checklist.model import ANSWER_ROLES, ChecklistColumn, Header, ListKind, Role
from extractors.checklist.terms.column_names import column_name_words, contains_word
from extractors.checklist.terms.headings import heading_words
from extractors.grid import Cell
from normalizers.text import fold, shape_of

_SENTENCE = re.compile(r"参照|参考に|従|ください|下さい|こと$|。$|ます$")
_BETWEEN = re.compile(r"[\s　:：・/／|｜,，、]+")
_TITLE = 60


def is_example_title(text: str) -> bool:
    """Whether a title calls its list an example; `記入例を参考にご回答ください` and `記入例　はい　いいえ` do not."""
    entries = heading_words()["kinds"]
    if len(text) > _TITLE or _SENTENCE.search(text.strip()) or _shows_how_to_mark(text, entries["example"]):
        return False
    exact = {fold(word) for word in entries["example_exact"]}
    return contains_word(text, entries["example"]) or fold(text).strip("■◆●()[]【】<>") in exact


def _shows_how_to_mark(text: str, words: Sequence[str]) -> bool:
    """Whether choices or a mark stand behind the word: such a line shows how one is marked, and names no list."""
    answers = {fold(answer) for answer in column_name_words()["answers"]["leading"]}
    behind = [text.partition(word)[2] for word in words if word in text]
    firsts = [tokens[0] for rest in behind if (tokens := [t for t in _BETWEEN.split(rest) if t])]
    return any(shape_of(token) is not None or fold(token) in answers for token in firsts)


def is_list(columns: Sequence[ChecklistColumn], header: Header, titles: Sequence[str]) -> bool:
    """A table is a checklist where somebody is asked; without an answer column only words can say so."""
    roles = {column.role for column in columns}
    if Role.REQUIREMENT not in roles and Role.ITEM not in roles:
        return False
    title = " ".join(titles)
    entries = heading_words()["kinds"]
    if any(contains_word(text, entries["no_list"]) for text in [title, *header.texts]):
        return Role.ANSWER in roles and contains_word(title, entries["list"])
    if roles & ANSWER_ROLES:
        return True
    return is_reference(columns, title) or contains_word(" ".join([title, *header.texts]), entries["list"])


def classify_kind(
    columns: Sequence[ChecklistColumn], header: Header, name: str, above: Sequence[Cell]
) -> ListKind:
    """`example`, `reference` or `form`; `name` is the sheet's, `above` are the texts over the table."""
    example_names = {fold(column.label) for column in columns if column.role == Role.EXAMPLE}
    titles = [
        name,
        *(cell.text for cell in above),
        *(text for text in header.texts if text not in example_names),
    ]
    if any(map(is_example_title, titles)):
        return ListKind.EXAMPLE
    title = " ".join(cell.text for cell in above[:3])
    return ListKind.REFERENCE if is_reference(columns, title) else ListKind.FORM
