"""Assigns respondents and variants (plan, product, environment) to columns.

Columns with the header texts over them in; the same columns out, each with whom and what it is answered for.
`フリー | 標準 | 法人` under one `対応状況` are three answers to each question, and so are `回答 | 備考` under each
of two products: an answer a variant, not one answer and two that are left over. A buyer's own column that judges
the answers (`本学評価`, `貴社 | 当院`) is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from extractors.checklist.model import ANSWER_ROLES, ChecklistColumn, Respondent, Role
from extractors.checklist.terms.column_names import (
    choice_of,
    column_name_words,
    contains_word,
    guess_role,
    respondent_of,
)
from extractors.checklist.terms.fiscal_years import year_of
from extractors.checklist.terms.requirement_level import level_words
from extractors.checklist.terms.response_rounds import round_of
from normalizers.text import fold
from normalizers.vocabulary import load

_LONGEST = 30
_UNNAMED = frozenset({Role.UNKNOWN, Role.IGNORE})
_ANSWERING = {Role.ANSWER, Role.CHOICE, Role.REMARKS}
_BRACKET = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]+)[)）\]］】]$")
_NO_NAME = re.compile(
    r"[。？?]|^[\d\W_]*$|\d\s*(?:月|q|四半期|期|回|次|日)|第\s*\d|[qｑ]\s*[1-4]$", re.IGNORECASE
)


@cache
def answer_column_words() -> dict[str, Any]:
    """What answer_columns.toml says of the names of columns that may hold answers."""
    return load("extractors.checklist.columns.by_words", "answer_columns.toml")


def contrasted(labels: Sequence[str]) -> frozenset[int]:
    """The columns that another one beside them makes no answers: what is planned beside `現状`, the norm beside `実態`."""
    return _contrasted(tuple(labels))


@lru_cache(maxsize=4096)
def _contrasted(labels: tuple[str, ...]) -> frozenset[int]:
    current = {i for i, label in enumerate(labels) if _tells_what_is(label)}
    if not current:
        return frozenset()
    later = answer_column_words()["asked"]["later"]
    has_fact = any(fold(labels[i]) in _asked_names("fact") for i in current)
    return frozenset(
        i
        for i, label in enumerate(labels)
        if i not in current
        and (contains_word(label, later) or (has_fact and fold(label) in _asked_names("norm")))
    )


@cache
def _asked_names(kind: str) -> frozenset[str]:
    return frozenset(map(fold, answer_column_words()["asked"][kind]))


def variant_of(texts: Sequence[str]) -> str | None:
    """The name, of the header texts over a column (innermost first), that is no word of forms; None where none is.

    In `回答（本番環境）` it stands in the brackets.
    """
    inner = [
        match.group(1) for text in texts if guess_role(text) and (match := _BRACKET.search(text.strip()))
    ]
    return next((" ".join(text.split()) for text in [*inner, *texts] if _is_name(text)), None)


def resolve_self(columns: Sequence[ChecklistColumn], outer: Sequence[str]) -> list[ChecklistColumn]:
    """Who `当社` is: the buyer beside a column of his vendors, and where he judges what others answer; else the vendor.

    `outer` are the outermost header texts over the columns.
    """
    other_respondents = {c.respondent for c in columns if c.role in _ANSWERING} - {Respondent.SELF, None}
    result = []
    for column, text in zip(columns, outer, strict=True):
        buyer = Respondent.PROVIDER in other_respondents or (
            other_respondents and (judges(column.label) or judges(text))
        )
        resolved = replace(column, respondent=Respondent.CUSTOMER if buyer else Respondent.PROVIDER)
        result.append(resolved if column.respondent == Respondent.SELF else column)
    return _above_subcontractors(_sole_vendor(result))


def _above_subcontractors(columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """`受託者 | 再委託先`: where nobody else is the vendor, it is the contractor who employs the other."""
    contractors = [c for c in columns if c.role in ANSWER_ROLES and c.respondent == Respondent.CONTRACTOR]
    below = [c for c in contractors if contains_word(c.label, column_name_words()["contractors"]["below"])]
    vendors = {c.respondent for c in columns if c.role in ANSWER_ROLES} - {Respondent.CUSTOMER}
    if not below or len(below) == len(contractors) or vendors != {Respondent.CONTRACTOR}:
        return columns
    return _contractors_as_provider(columns, but=below)


def _sole_vendor(columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """Whoever answers beside a buyer is the vendor, though he is called 委託先."""
    choices = [c for c in columns if c.role != Role.NUMBER and choice_of(c.label) is not None]
    respondents = {c.respondent for c in (*columns, *choices) if c.role in ANSWER_ROLES or c in choices}
    if respondents != {Respondent.CONTRACTOR, Respondent.CUSTOMER}:
        return columns
    return _contractors_as_provider(columns)


def _contractors_as_provider(
    columns: Sequence[ChecklistColumn], but: Sequence[ChecklistColumn] = ()
) -> list[ChecklistColumn]:
    return [
        replace(c, respondent=Respondent.PROVIDER)
        if c.respondent == Respondent.CONTRACTOR and c not in but
        else c
        for c in columns
    ]


def assign_answers_side_by_side(
    columns: Sequence[ChecklistColumn], candidates: Sequence[int]
) -> list[ChecklistColumn]:
    """Columns of marks beside each other, each under a name of its own that asks nothing: vendors, plans, who does it.

    The first of `candidates` is an answer, and so are those of the others that stand next to it.
    """
    result = list(columns)
    first = candidates[0]
    run = [i for i in candidates if columns[i].role == Role.UNKNOWN and columns[i].label.strip()]
    run = [i for i in sorted(run) if all(j in run for j in range(min(first, i), max(first, i)))]
    names = [columns[i].label for i in run]
    if first not in run or not names_parties(names):
        run = [first]
    for index in run:
        column = columns[index]
        respondent = respondent_of([column.label]) if len(run) > 1 else column.respondent
        variant = " ".join(column.label.split()) if len(run) > 1 else None
        result[index] = replace(
            column, role=Role.ANSWER, guessed=True, respondent=respondent, variant=variant
        )
    return resolve_self(result, [column.label for column in result])


def names_parties(labels: Sequence[str]) -> bool:
    """Whether names tell parties, plans or products apart: `提供者 | 代理店`, each of another name that asks nothing."""
    return len(set(labels)) == len(labels) and all(
        _is_name(label) or respondent_of([label]) for label in labels
    )


def _is_name(text: str) -> bool:
    key = fold(text)
    if not key or len(key) > _LONGEST or _NO_NAME.search(key):
        return False
    prior, entries = column_name_words()["prior"], answer_column_words()
    known = [*prior["words"], *prior["now"], *entries["asked"]["now"]]
    known += [*entries["asked"]["later"], *entries["asked"]["again"], *level_words()["levels"]["cells"]]
    known += [*entries["shown"]["part"], *entries["verdicts"]["ends"]]
    return (
        guess_role(text) is None
        and choice_of(text) is None
        and respondent_of([text]) is None
        and year_of(text) is None
        and round_of(text) == 1
        and not contains_word(text, known)
    )


def resolve_variants(columns: Sequence[ChecklistColumn]) -> list[ChecklistColumn]:
    """The columns with the variants of those answers that nothing else tells apart; of others they are dropped."""
    result = list(columns)
    for respondent in {c.respondent for c in columns if c.role in ANSWER_ROLES}:
        own_columns = [
            i for i, c in enumerate(columns) if c.role in ANSWER_ROLES and c.respondent == respondent
        ]
        if not have_distinct_variants([columns[i] for i in own_columns]):
            for index in own_columns:
                result[index] = replace(result[index], variant=None)
    return result


def have_distinct_variants(columns: Sequence[ChecklistColumn]) -> bool:
    """Whether all the answers have variants, of two kinds at least."""
    return len({column.variant for column in columns}) > 1 and all(column.variant for column in columns)


def assign_contrasted(columns: Sequence[ChecklistColumn]) -> list[ChecklistColumn]:
    """What ought to be, or is planned, is no answer where a column beside it tells what is; that one answers."""
    beside = contrasted([column.label for column in columns])
    answers = [i for i, column in enumerate(columns) if column.role in ANSWER_ROLES]
    if not beside & set(answers):
        return list(columns)
    telling = [i for i in answers if i not in beside] or [
        i for i, column in enumerate(columns) if column.role in _UNNAMED and _tells_what_is(column.label)
    ]
    if not telling:
        return list(columns)
    roles = dict.fromkeys(beside & set(answers), Role.OTHER_ANSWER)
    roles |= {i: Role.ANSWER for i in telling if i not in answers}
    return [replace(column, role=roles.get(i, column.role)) for i, column in enumerate(columns)]


def _tells_what_is(label: str) -> bool:
    names = answer_column_words()["asked"]
    is_now = contains_word(label, names["now"]) and not contains_word(label, names["later"])
    return is_now or fold(label) in _asked_names("fact")


def assign_verdicts(columns: Sequence[ChecklistColumn]) -> list[ChecklistColumn]:
    """What a buyer judges beside the answers of a vendor is no answer, nor are his remarks about them."""
    answers = [c for c in columns if c.role in ANSWER_ROLES and c.respondent != Respondent.CUSTOMER]
    if not answers:
        return list(columns)
    buyer_columns = [
        c for c in columns if c.respondent == Respondent.CUSTOMER and c.role in {Role.ANSWER, Role.REMARKS}
    ]
    if not all(judges(c.label) or _is_issuers(c.label) for c in buyer_columns if c.role == Role.ANSWER):
        return list(columns)
    buyer_columns += _remarks_behind(columns, buyer_columns)
    return [replace(c, role=Role.VERDICT) if c in buyer_columns else c for c in columns]


def _remarks_behind(
    columns: Sequence[ChecklistColumn], buyer_columns: Sequence[ChecklistColumn]
) -> list[ChecklistColumn]:
    """The remarks right behind the buyer's column, where the answers have remarks of their own."""
    remarks = [i for i, c in enumerate(columns) if c.role == Role.REMARKS and c not in buyer_columns]
    behind = [
        i for i in remarks if i and (columns[i - 1] in buyer_columns or columns[i - 1].role == Role.VERDICT)
    ]
    return [columns[i] for i in behind] if len(behind) < len(remarks) else []


def _is_issuers(label: str) -> bool:
    """Whether a name is that of whoever issued the form, `当院`: he writes there what he found of the answers."""
    return fold(label).startswith(tuple(map(fold, answer_column_words()["verdicts"]["issuers"])))


def judges(label: str) -> bool:
    """Whether a name is that of what is judged of an answer: `判定`, `一次審査`."""
    entries = answer_column_words()["verdicts"]
    key = fold(label)
    return key.startswith(tuple(map(fold, entries["begins"]))) or key.endswith(tuple(entries["ends"]))


def shared_remarks(
    columns: Sequence[ChecklistColumn], answers: Sequence[int], remarks: Sequence[int]
) -> list[int]:
    """The remarks behind the last of several variants, of no variant themselves: they speak of all of them."""
    if not answers or not all(columns[index].variant for index in answers):
        return []
    return [index for index in remarks if index > answers[-1] and columns[index].variant is None]
