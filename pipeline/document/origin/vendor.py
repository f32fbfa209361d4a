"""What a document says in, who its vendor is out: labelled, in a footer, in its name, by its folder, by its mail, or guessed.

Order; the first that names an organisation with its legal form counts: a label (会社名：…, read by the extractors), the service's
name, the © of a header or footer of a list that is filled in, names of the file and its folders; then the folder's name without
a legal form; then as a guess the one organisation that stands alone in a cell, the one of the file's properties, and who sent the
mail. Whom the sheet is addressed to (御中, 様) is the buyer and never the vendor; two different organisations are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from normalizers.values.organisations import (
    addressee_in,
    organisation_alone,
    organisation_key,
    organisation_named,
)
from pipeline.document.origin.folder_vendor import vendor_of_folders

_COPYRIGHT = re.compile(r"©|\(c\)|（c）|ⓒ|copyright", re.IGNORECASE)
_LONGEST_LINE = 200


class VendorSource(StrEnum):
    """What names the vendor; the column documents.vendor_source."""

    REVIEWED = "reviewed"
    SHEET = "sheet"
    SERVICE = "service"
    FOOTER = "footer"
    FILE_NAME = "file_name"
    FOLDER_NAME = "folder_name"
    LINE = "line"
    PROPERTIES = "properties"
    MAIL = "mail"


GUESSES = frozenset({VendorSource.LINE, VendorSource.PROPERTIES, VendorSource.MAIL})


@dataclass(frozen=True, slots=True)
class VendorName:
    """A vendor as printed and what names it; None both where nothing does."""

    name: str | None = None
    source: VendorSource | None = None

    @property
    def is_guess(self) -> bool:
        """Whether a person should look at it."""
        return self.source in GUESSES


@dataclass(frozen=True, slots=True)
class VendorHints:
    """What may name the vendor: `sure_texts` are texts that name it surely if they name an organisation, best first; `lines` are
    texts outside of items, `names` the file's and its folders' names, innermost first, `properties` of the file, `filled`
    whether a list is. `folders` are names of folders only, `mail` are the sender and the subject of its mail."""

    sure_texts: Sequence[str | None] = ()
    lines: Sequence[str] = ()
    names: Sequence[str] = ()
    properties: Sequence[tuple[str, str]] = ()
    filled: bool = False
    folders: Sequence[str] = ()
    mail: Sequence[str] = ()


def find_vendor(hints: VendorHints) -> VendorName:
    """The vendor as printed and what names it."""
    lines = [line for text in hints.lines for line in text[:_LONGEST_LINE].splitlines()]
    buyers = {organisation_key(name) for line in lines if (name := addressee_in(line))}
    return _named_surely(hints, lines, buyers) or _guessed(hints, lines, buyers) or VendorName()


def _named_surely(hints: VendorHints, lines: Sequence[str], buyers: set[str]) -> VendorName | None:
    if name := _first(text for text in hints.sure_texts if text):
        return VendorName(name, VendorSource.SERVICE)
    if hints.filled and (name := _only((line for line in lines if _COPYRIGHT.search(line)), buyers)):
        return VendorName(name, VendorSource.FOOTER)
    if name := _first(hints.names[:1]):
        return VendorName(name, VendorSource.FILE_NAME)
    name = _first(hints.names[1:]) or vendor_of_folders(hints.folders)
    return VendorName(name, VendorSource.FOLDER_NAME) if name else None


def _guessed(hints: VendorHints, lines: Sequence[str], buyers: set[str]) -> VendorName | None:
    saved = [text for _, text in hints.properties]
    if hints.filled and (name := _only((line for line in lines if organisation_alone(line)), buyers)):
        return VendorName(name, VendorSource.LINE)
    if hints.filled and (name := _only(saved, buyers)):
        return VendorName(name, VendorSource.PROPERTIES)
    name = _only(hints.mail, buyers)
    return VendorName(name, VendorSource.MAIL) if name else None


def _first(texts: Iterable[str]) -> str | None:
    return next(filter(None, map(organisation_named, texts)), None)


def _only(texts: Iterable[str], buyers: set[str]) -> str | None:
    """The organisation that the texts name, None where they name none or several."""
    names: dict[str, str] = {}
    for name in map(organisation_named, texts):
        if name and organisation_key(name) not in buyers:
            names.setdefault(organisation_key(name), name)
    return next(iter(names.values())) if len(names) == 1 else None
