"""A requirement in, its main clause out: who is to do it, to what, and whether it is denied.

`委託先は名簿を社外に出さないこと` is of the contractor, of 名簿, and denied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from normalizers.language.claim import denied_verb
from normalizers.language.tokens import words_of
from normalizers.text import fold
from normalizers.vocabulary import load

_OBJECT = re.compile(r"([^、。をがはにでの（）()]{2,12})を")


@dataclass(frozen=True, slots=True)
class Clause:
    """Who acts (`provider`, `user`, `contractor`, `third-party`, "" unknown), the last object, denial."""

    actor: str
    thing: str
    denied: bool


@cache
def _actors() -> tuple[tuple[re.Pattern[str], str], ...]:
    table: dict[str, list[str]] = load("normalizers.language", "clauses.toml")["actors"]
    marks = "(?:側)?(?:は|が|も|自身|自ら|において)"
    return tuple(
        (re.compile("(?:" + "|".join(map(re.escape, words)) + ")" + marks), actor)
        for actor, words in table.items()
    )


@lru_cache(maxsize=16384)
def clause_of(printed: str) -> Clause:
    """The main clause of a requirement, from its first sentence."""
    folded = fold(printed[:2000])
    actors = [(match.start(), actor) for pattern, actor in _actors() if (match := pattern.search(folded))]
    objects = _OBJECT.findall(folded.split("。")[0])
    thing = words_of(objects[-1]).groups if objects else ()
    return Clause(
        min(actors)[1] if actors else "",
        thing[-1] if thing else "",
        denied_verb(printed) is not None,
    )
