"""The plain shapes of what a mail or an archive carries: its files by name and role, who sent them, when.

Input of everything that reads containers, output of `open_zip`, `open_message` and `open_outlook`: `回答.zip` carries
`回答/チェックシート.xlsx`; a mail carries its text, too, since vendors answer in it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

MOST_FILES = 2000  # of one container; a vendor's holds a dozen


class CarriedRole(StrEnum):
    """What a carried file is to its container: received by itself, the mail's own text, or a picture inside that text."""

    FILE = "file"
    BODY = "body"
    INLINE = "inline"


@dataclass(frozen=True, slots=True)
class MailNote:
    """What a mail says of itself: the day it was sent (in Japan), the sender as shown, the subject."""

    sent: dt.date | None = None
    sender: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file inside a container: its name there with `/` between folders, and how its bytes are got.

    `read` raises Encrypted, Damaged or TooLarge. `mail` is what another mail than the container says of it: one that was
    forwarded inside of it.
    """

    name: str
    read: Callable[[], bytes]
    role: CarriedRole = CarriedRole.FILE
    mail: MailNote | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """What a container carries, in its order; `mail` is None of an archive. `is_cut` where it carries more than is listed."""

    files: tuple[CarriedFile, ...]
    mail: MailNote | None = None
    is_cut: bool = False


def contents_of(files: Iterable[CarriedFile], mail: MailNote | None = None) -> Contents:
    """What a container lists, up to MOST_FILES of it under names of their own, and whether it carries more."""
    listed = list(islice(files, MOST_FILES + 1))
    return Contents(with_own_names(listed[:MOST_FILES]), mail, len(listed) > MOST_FILES)


def with_own_names(files: Sequence[CarriedFile]) -> tuple[CarriedFile, ...]:
    """The files with names that lead nowhere else and stand once only: `../回答.xlsx` is `_/回答.xlsx`."""
    counts: Counter[str] = Counter()
    own: list[CarriedFile] = []
    for file in files:
        name = _safe_name(file.name)
        counts[name] += 1
        number = counts[name]
        while number > 1 and counts[numbered := _numbered(name, number)]:
            number += 1
        if number > 1:
            name = numbered
            counts[name] += 1
        own.append(replace(file, name=name))
    return tuple(own)


def _safe_name(name: str) -> str:
    parts = [re.sub(r"^\.{1,2}$", "_", part) for part in re.split(r"[/\\]", name) if part.strip()]
    return "/".join(parts) or "_"


def _numbered(name: str, number: int) -> str:
    folder, slash, last = name.rpartition("/")
    stem, dot, ending = last.rpartition(".")
    return f"{folder}{slash}{stem} ({number}).{ending}" if dot and stem else f"{name} ({number})"
