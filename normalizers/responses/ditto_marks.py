"""An answer cell in, whether it only repeats another row out: `〃`, `同上` the row above, `No.3と同じ` the one of that number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from normalizers.text import fold
from normalizers.vocabulary import load

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Ditto:
    """A repetition; `number` is the folded number of the repeated row, None for the row above."""

    number: str | None = None


def ditto_of(text: str) -> Ditto | None:
    """What a cell repeats; None where it says something of its own.

    A number alone needs `と同じ`: `No.5参照` names a row, `5.1参照` may be a section of another paper.
    """
    if not text.strip() or len(text) > _LONGEST:
        return None
    key = fold(text).rstrip("。.")
    if key in _above():
        return Ditto()
    match = _numbered().match(key)
    if match is None or (
        match.group("sign") is None and match.group("same") in {"参照", "ご参照", "ご覧", "記載"}
    ):
        return None
    return Ditto(number_key(match.group("number")))


def number_key(number: str) -> str:
    """What prints of one item number share: `No.3`, `(3)`, `３.` and `3` are `3`."""
    return re.sub(r"^(?:no\.?|項番|問|q)|^[(\[]", "", fold(number)).rstrip(")].:")


@cache
def _above() -> frozenset[str]:
    return frozenset(map(fold, load("normalizers.responses", "ditto_marks.toml")["dittos"]["above"]))


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(load("normalizers.responses", "ditto_marks.toml")["dittos"]["numbered"])
