"""What a document says in, who its vendor is out: labelled, in a footer, in its name, or guessed from lines and properties.

Order; the first that names an organisation with its legal form counts: a label (会社名：…, read by the extractors), the service's
name, the © of a header or footer of a list that is filled in, names of the file and its folders, then as a guess the one
organisation that stands alone in a cell, and the one of the file's properties. Whom the sheet is addressed to (御中, 様) is the
buyer and never the vendor; two different organisations are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalizers.values.organisations import (
    addressee_in,
    organisation_alone,
    organisation_in,
    organisation_key,
)

_COPYRIGHT = re.compile(r"©|\(c\)|（c）|ⓒ|copyright", re.IGNORECASE)
_LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class VendorHints:
    """What may name the vendor: `sure_texts` are texts that name it surely if they name an organisation, best first; `lines` are
    texts outside of items, `names` the file's and folders' names, `properties` of the file, `filled` whether a list is."""

    sure_texts: Sequence[str | None]
    lines: Sequence[str]
    names: Sequence[str]
    properties: Sequence[tuple[str, str]]
    filled: bool


def find_vendor(hints: VendorHints) -> tuple[str | None, bool]:
    """The vendor as printed, None where nothing names one, and whether it is a guess."""
    sure = _first(text for text in hints.sure_texts if text)
    lines = [line for text in hints.lines for line in text[:_LONGEST_LINE].splitlines()]
    buyers = {organisation_key(name) for line in lines if (name := addressee_in(line))}
    if sure is None and hints.filled:
        sure = _only((line for line in lines if _COPYRIGHT.search(line)), buyers)
    sure = sure or _first(hints.names)
    if sure is not None or not hints.filled:
        return sure, False
    saved = [text for _, text in hints.properties]
    guess = _only((line for line in lines if organisation_alone(line)), buyers) or _only(saved, buyers)
    return guess, guess is not None


def _first(texts: Iterable[str]) -> str | None:
    return next((name for text in texts if (name := organisation_in(text))), None)


def _only(texts: Iterable[str], buyers: set[str]) -> str | None:
    """The organisation that the texts name, None where they name none or several."""
    names: dict[str, str] = {}
    for text in texts:
        if (name := organisation_alone(text) or organisation_in(text)) and organisation_key(
            name
        ) not in buyers:
            names.setdefault(organisation_key(name), name)
    return next(iter(names.values())) if len(names) == 1 else None
