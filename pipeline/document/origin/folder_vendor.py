"""Names of folders in, the vendor that one of them is called by out: `12_ひばりネット` → ひばりネット, also without 株式会社.

Offices file what they receive by vendor. What is left of a name when numbers, dates, and words of filing (受領, 回答, 様式,
令和8年度, 情報システム課) are taken out of it is the vendor's name; of several parts the first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import PurePosixPath

from normalizers.values.name_dates import without_dates
from normalizers.values.organisations import organisation_named
from normalizers.vocabulary import load

_NUMBER = re.compile(
    r"^\s*(?:No\.?|№|#)?\s*[(\[（【]?\d+[)\]）】]?(?=[\s_.\-・:]|[^\x00-\x7f])[\s_.\-・:]*", re.IGNORECASE
)
_PARTS = re.compile(r"[\s_\-・,、/()\[\]【】「」『』<>]+")
_SUFFIX = re.compile(r"(?:御中|様|殿|さん)$")
_CONTAINER = re.compile(r"\.(?:eml|msg|zip|dat)$", re.IGNORECASE)  # winmail.dat is one
_FEWEST = 2
_LONGEST = 30


def composed(name: str) -> str:
    """A name with each character as one: a Mac writes が as か and its sign."""
    return unicodedata.normalize("NFC", name)


def folders_of(path: str) -> list[str]:
    """Names of the folders of a path in the raw folder, innermost first, without mails and archives: these are called by what
    they are about."""
    parts = PurePosixPath(composed(path)).parts[:-1]
    return [part for part in reversed(parts) if not _CONTAINER.search(part)]


def vendor_of_folders(folders: Iterable[str]) -> str | None:
    """The vendor by the names of folders, the innermost first; None where they are all words of filing."""
    return next((name for folder in folders if (name := _vendor_in(folder))), None)


def _vendor_in(folder: str) -> str | None:
    plain = unicodedata.normalize("NFKC", folder)
    spaced = re.sub(r"[_\-]+", " ", plain)
    if organisation := organisation_named(spaced):
        return organisation
    text = _NUMBER.sub("", without_dates(plain).strip())
    parts = (_SUFFIX.sub("", part).strip(" .") for part in _PARTS.split(text))
    return next((part for part in parts if _is_name(part)), None)


def _is_name(part: str) -> bool:
    letters = sum(char.isalpha() for char in part)
    return letters >= _FEWEST and len(part) <= _LONGEST and not _filing().fullmatch(part)


@cache
def _filing() -> re.Pattern[str]:
    """A part of a name that says how it is filed and not whose it is."""
    entry = load("pipeline.document.origin", "folder_vendor.toml")["filing"]
    words = "|".join(map(re.escape, sorted(entry["words"], key=len, reverse=True)))
    ends = "|".join(map(re.escape, entry["ends"]))
    glue = r"[0-9A-Za-z]?(?:第?\d+[回次版期号弾]?|[のとやへ及び年月日度分用別])*"
    return re.compile(
        rf"(?:{glue}(?:{words}))+{glue}|.*(?:{ends})|第?\d+[回次版期号弾]?目?|[A-Za-z]?[\d.]*", re.IGNORECASE
    )
