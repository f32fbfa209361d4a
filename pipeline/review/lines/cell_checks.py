"""One cell of a decision in, the text that is stored out, or what is wrong with it.

A spreadsheet changes what it opens: `2026-06-20` comes back as `2026/6/20`, which is put right here, and an id of digits as
`1.23457E+15`, which nothing can put right and is told.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.model import Respondent, Role
from normalizers.answers.model import ANSWERS
from normalizers.values.time_spans import figure_of
from pipeline.review.decision import DecisionKind

QUESTIONS = frozenset({Role.REQUIREMENT, Role.ITEM})
VERDICTS = ("yes", "no")
_ROLE_JOINT = "|"
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell: the code of its message, and the values that the message names."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


Checked = str | CellFault
CellCheck = Callable[[str], Checked]


def join_roles(roles: Collection[str]) -> str:
    """The roles of a form's columns as they stand in one cell."""
    return _ROLE_JOINT.join(roles)


def split_roles(joined: str) -> tuple[str, ...]:
    """The roles of a cell; none where the form is no list."""
    return tuple(role.strip().lower() for role in joined.split(_ROLE_JOINT)) if joined else ()


def _word_of(words: Collection[str]) -> CellCheck:
    """A check that takes these words only, whatever their width and case."""

    def check(text: str) -> Checked:
        word = unicodedata.normalize("NFKC", text).strip().lower()
        return word if word in words else CellFault("cell_word", {"word": text, "known": ", ".join(words)})

    return check


def _answer(text: str) -> Checked:
    word = unicodedata.normalize("NFKC", text).strip().lower()
    known = ", ".join(ANSWERS)
    return word if word in ANSWERS else CellFault("cell_no_answer", {"answer": text, "known": known})


def _date(text: str) -> Checked:
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    try:
        return (
            dt.date(*map(int, match.groups())).isoformat()
            if match
            else CellFault("cell_no_date", {"date": text})
        )
    except ValueError:
        return CellFault("cell_no_date", {"date": text})


def _figure(text: str) -> Checked:
    return text if figure_of(text) is not None else CellFault("cell_no_figure", {"figure": text})


def _id(text: str) -> Checked:
    return CellFault("cell_id_rounded", {"id": text}) if _ROUNDED.fullmatch(text) else text


def _roles(text: str) -> Checked:
    roles = split_roles(text)
    for role in roles:
        if role not in NAME_ROLES:
            return CellFault("layout_no_role", {"role": role, "known": ", ".join(NAME_ROLES)})
    return join_roles(roles) if QUESTIONS & set(roles) else CellFault("layout_no_question")


CELL_CHECKS: Mapping[str | tuple[DecisionKind, str], CellCheck] = {
    "answer": _answer,
    "figure": _figure,
    "planned_date": _date,
    "received": _date,
    "date": _date,
    "until": _date,
    "roles": _roles,
    "verdict": _word_of(VERDICTS),
    "good": _word_of(VERDICTS),
    "respondent": _word_of(tuple(Respondent)),
    "item_id": _id,
    "form_key": _id,
    "sha256": _id,
}


def check_whole(kind: DecisionKind, cells: Mapping[str, str]) -> CellFault | None:
    """What is wrong with cells that are right one by one."""
    if kind == DecisionKind.LEGEND and not (cells["mark"] or cells["meaning"]):
        return CellFault("legend_no_meaning")
    if kind == DecisionKind.LEGEND and cells["mark"] and not cells["form_key"]:
        return CellFault("legend_no_form")
    return None
