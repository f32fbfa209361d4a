"""Names over columns in, the columns out that whoever issued the form keeps for himself: nobody who answers writes there.

A name says so, `当社使用欄`, `記入しないでください`, or stands beside another: of `受託者記入欄 | 局記入欄` the second is
not the vendor's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.checklist.model import Respondent
from extractors.checklist.terms.column_names import (
    column_name_words,
    contains_word,
    guess_role,
    respondent_of,
)
from normalizers.text import fold

_VENDORS = {Respondent.PROVIDER, Respondent.CONTRACTOR}


def reserved_columns(names: Sequence[tuple[str, ...]]) -> frozenset[int]:
    """The indices of the columns that the issuer fills in; `names` are those over each column, innermost first."""
    return _reserved(tuple(names))


@lru_cache(maxsize=4096)
def _reserved(names: tuple[tuple[str, ...], ...]) -> frozenset[int]:
    words = column_name_words()["reserved"]
    said = {i for i, stack in enumerate(names) if any(contains_word(name, words["said"]) for name in stack)}
    beside = {i for suffix in words["shared"] for i in _beside_vendors(names, fold(suffix))}
    return frozenset(said | beside)


def _beside_vendors(names: Sequence[tuple[str, ...]], suffix: str) -> set[int]:
    """The columns under a name that ends like one of the vendor's and names somebody else."""
    ending = [{name for name in stack if _filler(name, suffix)} for stack in names]
    fillers = {name: respondent_of([name]) for group in ending for name in group}
    if not _VENDORS & set(fillers.values()):
        return set()
    issuers = {name for name, filler in fillers.items() if filler not in _VENDORS}
    return {i for i, group in enumerate(ending) if group & issuers}


def _filler(name: str, suffix: str) -> str:
    """Who fills in a column called so, "" where that is not said: `局` of 局記入欄, and nobody of 備考記入欄."""
    head = fold(re.split("[（(]", name, maxsplit=1)[0])
    filler = head.removesuffix(suffix).removesuffix("の")
    return "" if filler == head or guess_role(filler) is not None else filler
