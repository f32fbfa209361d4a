"""Titles in, whether they name a document in which nobody is asked out: `議事録`, `課題管理表`, `FAQ`.

What such a table looks like, numbered sentences beside `済` and `未`, may be all that a list of checks looks like. A person
tells them apart by what stands over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from extractors.checklist.terms.column_names import contains_word
from normalizers.vocabulary import load

KINDS = ("other", "asked", "specification")


def names_other_document(titles: Sequence[str]) -> bool:
    """Whether a title names a kind of document that asks nothing, and none says that somebody is asked."""
    kinds = kinds_named(" ".join(titles))
    return "other" in kinds and "asked" not in kinds


@lru_cache(maxsize=4096)
def kinds_named(title: str) -> tuple[str, ...]:
    """Those of KINDS whose words stand in a title: documents that ask nothing, that ask, that specify tests to be run."""
    words: dict[str, Any] = load("extractors.checklist.terms", "document_kinds.toml")
    return tuple(kind for kind in KINDS if contains_word(title, words[kind]))
