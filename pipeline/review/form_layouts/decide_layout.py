"""A form and what a person says of its columns in, the roles of all its columns out.

What is said comes on top of one reading of the form. `--answer G` alone takes the rest as it was proposed: G (対応状況) becomes
the answer, and F, which was, is used no more (ignore).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from extractors.checklist.model import ANSWER_ROLES, Role
from pipeline.errors import NoSuchLayout
from pipeline.review.form_layouts.forms import FormColumn, FormLayouts, FormReading
from pipeline.review.lines.cell_checks import QUESTIONS

_UNUSED = str(Role.IGNORE)
_REPLACED = {
    Role.REQUIREMENT: frozenset({Role.REQUIREMENT}),
    Role.ANSWER: ANSWER_ROLES,
    Role.REMARKS: frozenset({Role.REMARKS}),
    Role.NUMBER: frozenset({Role.NUMBER}),
}


def decide_roles(
    form: FormLayouts, rank: int, columns_by_role: Mapping[Role, Sequence[str]]
) -> tuple[str, ...]:
    """The roles of the form's columns: those of the reading `rank`, with the `named` columns put in.

    Columns that had a role of which others are named now become ignore. Raises NoSuchLayout where the form has no such
    reading or column, one column is named twice, or nothing is asked or answered.
    """
    reading = _reading(form, rank)
    chosen = _chosen(form, reading, columns_by_role)
    roles = [_role(index, column, chosen, columns_by_role) for index, column in enumerate(reading.columns)]
    params = {"name": form.short_key, "columns": column_list(reading)}
    if not QUESTIONS & set(roles):
        raise NoSuchLayout(params, "form_nothing_asked")
    if not ANSWER_ROLES & set(roles):
        raise NoSuchLayout(params, "form_no_answers")
    return tuple(roles)


def _reading(form: FormLayouts, rank: int) -> FormReading:
    for reading in form.readings:
        if reading.rank == rank:
            return reading
    ranks = ", ".join(str(reading.rank) for reading in form.readings)
    raise NoSuchLayout({"name": form.short_key, "rank": rank, "ranks": ranks}, "form_no_rank")


def _chosen(
    form: FormLayouts, reading: FormReading, columns_by_role: Mapping[Role, Sequence[str]]
) -> dict[int, Role]:
    """Index of a column → the role that a person names it for."""
    chosen: dict[int, Role] = {}
    for role, names in columns_by_role.items():
        for name in names:
            index = _index(form, reading, name)
            if chosen.get(index, role) != role:
                params = {"column": name, "first": str(chosen[index]), "second": str(role)}
                raise NoSuchLayout(params, "form_column_twice")
            chosen[index] = role
    return chosen


def _index(form: FormLayouts, reading: FormReading, name: str) -> int:
    """The column that a person calls `name`: all of its name, or one of the columns that it covers."""
    wanted = unicodedata.normalize("NFKC", name).strip().upper()
    for index, column in enumerate(reading.columns):
        if wanted == column.name:
            return index
    for index, column in enumerate(reading.columns):
        if _covers(column.name, wanted):
            return index
    params = {"name": form.short_key, "column": name, "columns": column_list(reading)}
    raise NoSuchLayout(params, "form_no_column")


def _covers(span: str, name: str) -> bool:
    first, _, last = span.partition(":")
    return bool(last) and bool(name) and (len(first), first) <= (len(name), name) <= (len(last), last)


def _role(
    index: int, column: FormColumn, chosen: Mapping[int, Role], columns_by_role: Mapping[Role, Sequence[str]]
) -> str:
    if index not in chosen:
        replaced = any(names and column.role in _REPLACED[role] for role, names in columns_by_role.items())
        return _UNUSED if replaced else column.role
    role = chosen[index]
    # One tick among several columns is a choice each; a single column of them is an answer.
    several = len(columns_by_role[role]) > 1
    return column.role if role == Role.ANSWER and column.role == Role.CHOICE and several else str(role)


def column_list(reading: FormReading) -> str:
    """The columns of a reading with their headers, for a person to choose from."""
    texts = (" ".join(f"{column.name} {column.header}".split()) for column in reading.columns)
    return ", ".join(texts)
