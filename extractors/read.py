"""File in, Document out: the one door of the room. Which reader was used stands in `Document.extractor`.

The kinds of files and their readers are the table in formats.py; a reader is imported when its kind is met.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from io import BytesIO
from math import inf
from typing import Any, cast

from extractors.errors import Damaged, ReadError, Unsupported
from extractors.formats import BY_KIND
from extractors.grid import Document, Grid, Source, source_name
from extractors.issue import Issue
from extractors.limits import clip_to_limits
from extractors.location import Location
from extractors.mail.carried import Contents
from extractors.package.decrypt import decrypt
from extractors.package.properties import workbook_properties
from extractors.sniff import sniff

Reader = Callable[..., Document]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read: passwords to try on protected ones, and for how long pages that are pictures."""

    passwords: tuple[str, ...] = ()
    scan_seconds: float = inf


def read(source: Source, passwords: Sequence[str] = (), scan_seconds: float = inf) -> Document:
    """Everything written in a file, verbatim, as grids; `passwords` are tried on protected files.

    Pages that are pictures are read for `scan_seconds` at most, 0 for none. Files attached to a PDF are read with it:
    their places name the attachment as the sheet.
    Raises Encrypted, Unsupported, Damaged, TooLarge, TooMuch (errors.py) or OSError; never guesses what it could not read.
    """
    wanted = ReadOptions(tuple(passwords), scan_seconds)
    document = _read_kind(sniff(source), source, wanted)
    for name, data in document.attached:
        document = _with_attached(document, name, BytesIO(data), wanted)
    return clip_to_limits(replace(document, attached=()))


def _read_kind(kind: str, source: Source, wanted: ReadOptions) -> Document:
    if kind == "encrypted":
        source = decrypt(source, wanted.passwords)
        kind = "docx" if sniff(source) == "docx" else "xlsx"
    if kind == "empty":
        raise Damaged(detail="0 bytes")
    entry = BY_KIND[kind]
    nameless = not source_name(source) and not entry.from_bytes
    if not entry.reader or nameless:
        raise Unsupported(kind=kind, code=entry.refusal)
    reader = load_reader(entry.reader)
    words: dict[str, object] = {"passwords": wanted.passwords} if entry.takes_passwords else {}
    words |= {"scan_seconds": wanted.scan_seconds} if entry.reads_pictures else {}
    document = reader(source, **words)
    return replace(document, properties=workbook_properties(source)) if entry.keeps_properties else document


def read_contents(source: Source, passwords: Sequence[str] = ()) -> Contents | None:
    """What a mail or an archive carries, None of what is neither.

    Raises Damaged, TooLarge or OSError; what is locked inside stands by its name.
    """
    opener = BY_KIND[sniff(source)].opener
    contents: Contents | None = _load(opener)(source, passwords) if opener else None
    return contents


def is_container(source: Source) -> bool:
    """Whether the file is a mail or an archive. Raises OSError."""
    return bool(BY_KIND[sniff(source)].opener)


def load_reader(name: str) -> Reader:
    """The reader that a row of the table names as `module:function`."""
    return cast(Reader, _load(name))


def _load(name: str) -> Callable[..., Any]:
    module, _, function = name.partition(":")
    return cast(Callable[..., Any], getattr(import_module(module), function))


def _with_attached(document: Document, name: str, source: BytesIO, wanted: ReadOptions) -> Document:
    """The document and what its attachment holds; one that cannot be read is an issue, never the end of the rest."""
    kind = sniff(source)
    try:
        inner = _read_kind(kind, source, wanted)
    except ReadError as error:
        unread = Issue("attachment_not_read", params={"name": name, "reason": error.code})
        return replace(document, issues=(*document.issues, unread))
    deeper = [
        Issue("attachment_not_read", params={"name": f"{name} / {nested}", "reason": "attached twice"})
        for nested, _ in inner.attached
    ]
    grids = tuple(_inside(grid, name) for grid in inner.grids)
    issues = (replace(issue, location=_placed(issue.location, name)) for issue in inner.issues)
    return replace(document, grids=(*document.grids, *grids), issues=(*document.issues, *issues, *deeper))


def _inside(grid: Grid, name: str) -> Grid:
    """The grid of an attachment, its places named after it."""
    cells, aside = (
        tuple(replace(cell, location=_placed(cell.location, name)) for cell in part)
        for part in (grid.cells, grid.aside)
    )
    sheet = grid.sheet and f"{name} / {grid.sheet}"
    return replace(grid, name=f"{name} / {grid.name}", cells=cells, aside=aside, sheet=sheet)


def _placed(location: Location, name: str) -> Location:
    return replace(location, sheet=f"{name} / {location.sheet}" if location.sheet else name)
