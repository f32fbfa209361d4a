"""A cell of several marks or words in, what they are together out: printed choices, the same twice, a mark with its remark."""

from __future__ import annotations

import re
from collections.abc import Collection

from normalizers.answers.checkboxes import Option
from normalizers.answers.legend import mark_key
from normalizers.answers.lexicon import token_class
from normalizers.text import fold, shape_of

_SEPARATORS = re.compile(r"[\s　・･/／、,，|｜→⇒～〜;；]+|から|または|又は|or", re.IGNORECASE)
_TWO_LANGUAGES = re.compile(r"(?<=[A-Za-z]{2})(?=[぀-ヿ一-鿿])")  # Partial一部, joined from two lines
_PAIR = re.compile(r"(\S+?)(?:[\s　]+[-－–—―]?[\s　]*|[、,][\s　]*)([^\s　・/／|｜]{2,})")
_MOST = 6


def choices_of(text: str) -> tuple[Option, ...]:
    """`○ ・ × ・ △`, `有／無`: answer words of different meaning with nothing but separators between; else empty."""
    parts = [part for part in _SEPARATORS.split(text.strip()) if part]
    if not 2 <= len(parts) <= _MOST or len(set(parts)) != len(parts):
        return ()
    classes = [token_class(part) for part in parts]
    if None in classes or len(set(classes)) == 1:
        return ()
    return tuple(Option(part, False, 0, 0) for part in parts)


def agreeing(text: str) -> str | None:
    """The answer that all words of a cell say (`○ はい`), None where they differ or one is not known."""
    if shape_of(text.strip()[:1]) == "dash":
        return None  # `/あり` may be a blank that was not chosen
    words = _TWO_LANGUAGES.sub(" ", text)
    agreed = {token_class(part) for part in _SEPARATORS.split(words) if part}
    return agreed.pop() if len(agreed) == 1 else None


def mark_and_word(text: str, legend: Collection[str]) -> tuple[str, str] | None:
    """The answer and rule of a mark and a word that tells more of it: `△ 有償`, `有、有償`, `× 対象外`.

    A mark of the sheet's `legend` (mark keys) is left to the legend.
    """
    match = _PAIR.fullmatch(text)
    if match is None or shape_of(match.group(2)) is not None or mark_key(match.group(1)) in legend:
        return None
    first, second = token_class(match.group(1)), token_class(match.group(2))
    if first in {"yes", "partial"} and second in {"conditional", "partial", "planned"}:
        return second if first == "yes" else first, f"leading:{fold(match.group(1))}"
    crossed = shape_of(match.group(1)) == "cross" and second == "not_applicable"
    return ("no", "leading:cross") if crossed else None
