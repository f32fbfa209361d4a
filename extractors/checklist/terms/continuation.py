"""Detects texts that continue, end, or begin a sub-item.

Texts of questions in; yes or no out: `次の対策を` goes on, `(a) 施錠` is a part.
"""

from __future__ import annotations

import re

# A line of a cell, or a question, that begins with the mark of its part: its `no` and its `text`.
PART = re.compile(
    r"[\s　]*(?P<no>[(（][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．)）]|[①-⑳]|[(（][a-zａ-ｚア-ン][)）]|[a-zａ-ｚア-ン][.．)）])"
    r"[\s　]*(?P<text>.+)",
    re.DOTALL,
)
_ENDED = re.compile(r"(?:[。．？?！!：:）)」』】]|こと|もの|ます|です|か|る|た|ない)$")
_OPEN = re.compile(r"(?:[、，,・（(「『]|[はがをにでとのやも]|及び|又は|または|かつ|における|に対する)$")
_NOUN = re.compile(r"(?:こと|もの)$")  # ends with a letter that a particle is, too
_PART = re.compile(
    r"^(?:[（(][a-zａ-ｚA-Z0-9０-９ア-ンあ-んⅰ-ⅹ]{1,3}[)）]|[a-zａ-ｚア-ン][.．)）、]|[①-⑳]|[ⅰ-ⅹ])"
)

_ALONE = re.compile(r"[（(]?[a-zａ-ｚA-ZＡ-Ｚア-ンあ-んⅰ-ⅹⅠ-Ⅹ①-⑳0-9０-９]{1,2}[)）.．、]?")


def continues(before: str, after: str) -> bool:
    """Whether a text stops in the middle of a sentence and the next begins with no mark of its own."""
    first, second = before.strip(), after.strip()
    return (
        bool(first and _OPEN.search(first))
        and not _NOUN.search(first)
        and not begins_sub_item(second)
        and not second.startswith(("※", "・"))
    )


def is_complete_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does."""
    return bool(_ENDED.search(text.strip()))


def begins_sub_item(text: str) -> bool:
    """Whether a text begins with the mark of a part: `(a)`, `ア.`, `①`."""
    return bool(_PART.match(text.strip()))


def is_sub_item_mark(text: str) -> bool:
    """Whether a text is nothing but the mark of a part: `(a)`, `ア`, `2`."""
    return bool(_ALONE.fullmatch(text.strip()))
