"""Columns with the header texts over them in, what each is answered for out: a plan, a product, an environment.

`フリー | 標準 | 法人` under one `対応状況` are three answers to each question, and so are `回答 | 備考` under each of two
products: an answer a variant, not one answer and two that are left over. A buyer's own column that judges the
answers (`本学評価`) is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import Column
from extractors.checklist.terms.column_names import choice_of, contains_word, guess_role, respondent_of, words
from extractors.checklist.terms.fiscal_years import year_of
from extractors.checklist.terms.response_rounds import round_of
from normalizers.text import fold

VERDICT, SELF = "verdict", "self"
_LONGEST = 30
_ASKED = {"answer", "choice"}
_ANSWERING = {"answer", "choice", "remarks"}
_BRACKET = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]+)[)）\]］】]$")
_NO_NAME = re.compile(
    r"[。？?]|^[\d\W_]*$|\d\s*(?:月|q|四半期|期|回|次|日)|第\s*\d|[qｑ]\s*[1-4]$", re.IGNORECASE
)


def variant_of(texts: Sequence[str]) -> str | None:
    """The name, of the header texts over a column (innermost first), that is no word of forms; None where none is.

    In `回答（本番環境）` it stands in the brackets.
    """
    inner = [
        match.group(1) for text in texts if guess_role(text) and (match := _BRACKET.search(text.strip()))
    ]
    return next((" ".join(text.split()) for text in [*inner, *texts] if _is_name(text)), None)


def settled_selves(columns: Sequence[Column], outer: Sequence[str]) -> list[Column]:
    """Who `当社` is: the buyer beside a column of his vendors, and where he judges what others answer; else the vendor.

    `outer` are the outermost header texts over the columns.
    """
    others = {c.respondent for c in columns if c.role in _ANSWERING} - {SELF, None}
    result = []
    for column, text in zip(columns, outer, strict=True):
        buyer = "provider" in others or (others and (_judges(column.label) or _judges(text)))
        mine = replace(column, respondent="customer" if buyer else "provider")
        result.append(mine if column.respondent == SELF else column)
    return _sole_vendor(result)


def _sole_vendor(columns: list[Column]) -> list[Column]:
    """Whoever answers beside a buyer is the vendor, though he is called 委託先."""
    named = [c for c in columns if c.role != "number" and choice_of(c.label) is not None]
    asked = {c.respondent for c in (*columns, *named) if c.role in _ASKED or c in named}
    if asked != {"contractor", "customer"}:
        return columns
    return [replace(c, respondent="provider") if c.respondent == "contractor" else c for c in columns]


def answers_side_by_side(columns: Sequence[Column], likely: Sequence[int]) -> list[Column]:
    """Columns of marks beside each other, each under a name of its own that asks nothing: vendors, plans, who does it.

    The first of `likely` is an answer, and so are those of the others that stand next to it.
    """
    result = list(columns)
    first = likely[0]
    run = [i for i in likely if columns[i].role == "unknown" and columns[i].label.strip()]
    run = [i for i in sorted(run) if all(j in run for j in range(min(first, i), max(first, i)))]
    names = [columns[i].label for i in run]
    told = all(_is_name(name) or respondent_of([name]) for name in names)
    if first not in run or len(set(names)) < len(names) or not told:
        run = [first]
    for index in run:
        column = columns[index]
        named = respondent_of([column.label]) if len(run) > 1 else column.respondent
        variant = " ".join(column.label.split()) if len(run) > 1 else None
        result[index] = replace(column, role="answer", guessed=True, respondent=named, variant=variant)
    return settled_selves(result, [column.label for column in result])


def _is_name(text: str) -> bool:
    key = fold(text)
    if not key or len(key) > _LONGEST or _NO_NAME.search(key):
        return False
    entries = words()
    known = [*entries["prior"]["words"], *entries["prior"]["now"], *entries["asked"]["now"]]
    known += [*entries["asked"]["later"], *entries["asked"]["again"], *entries["levels"]["cells"]]
    known += [*entries["shown"]["part"], *entries["verdicts"]["ends"]]
    return (
        guess_role(text) is None
        and choice_of(text) is None
        and respondent_of([text]) is None
        and year_of(text) is None
        and round_of(text) == 1
        and not contains_word(text, known)
    )


def settled_variants(columns: Sequence[Column]) -> list[Column]:
    """The columns with the variants of those answers that nothing else tells apart; of others they are dropped."""
    result = list(columns)
    for respondent in {c.respondent for c in columns if c.role in _ASKED}:
        mine = [i for i, c in enumerate(columns) if c.role in _ASKED and c.respondent == respondent]
        if not told_apart([columns[i] for i in mine]):
            for index in mine:
                result[index] = replace(result[index], variant=None)
    return result


def told_apart(columns: Sequence[Column]) -> bool:
    """Whether all the answers have variants, of two kinds at least."""
    return len({column.variant for column in columns}) > 1 and all(column.variant for column in columns)


def without_verdicts(columns: Sequence[Column]) -> list[Column]:
    """What a buyer judges beside the answers of a vendor is no answer, nor are his remarks about them."""
    asked = [c for c in columns if c.role in _ASKED and c.respondent != "customer"]
    if not asked:
        return list(columns)
    mine = [c for c in columns if c.respondent == "customer" and c.role in {"answer", "remarks"}]
    if not all(_judges(c.label) for c in mine if c.role == "answer"):
        return list(columns)
    return [replace(c, role=VERDICT) if c in mine else c for c in columns]


def _judges(label: str) -> bool:
    entries = words()["verdicts"]
    key = fold(label)
    return key.startswith(tuple(map(fold, entries["begins"]))) or key.endswith(tuple(entries["ends"]))


def remarks_for_all(columns: Sequence[Column], answers: Sequence[int], remarks: Sequence[int]) -> list[int]:
    """The remarks behind the last of several variants, of no variant themselves: they speak of all of them."""
    if not answers or not all(columns[index].variant for index in answers):
        return []
    return [index for index in remarks if index > answers[-1] and columns[index].variant is None]
