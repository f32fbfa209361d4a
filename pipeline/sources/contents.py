"""A mail or archive of the raw folder in, the files that it carries out, nested ones too: listed, and opened one by one.

A file that was carried stands under the path of its container (`受領.eml/回答.zip/回答.xlsx`) and is opened by way of it:
nothing is unpacked to disk. Containers come from strangers: `list_contents` runs in a confined process, within limits of depth,
number and bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from extractors.errors import BROKEN_PICTURE, Damaged, Encrypted, ReadError
from extractors.grid import CarriedBytes, Source
from extractors.issue import Issue
from extractors.mail.carried import MOST_FILES, CarriedFile, CarriedRole, MailNote
from extractors.read import is_container, read_contents
from pipeline.sources.discover import CarriedAs, RawFile, name_hash, why_skipped
from pipeline.sources.file_names import shown_name

MOST_DEPTH = 5  # containers inside containers
_MOST_FILES = 5000
_MOST_BYTES = 1 << 30  # of all files that one container of the raw folder carries
_SMALL = 400  # pixels: a picture inside a mail's text with a shorter side is a logo, not a page
_MAC_FOLDER = "__MACOSX"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A carried file: its path inside the outermost container, how to get there, its size and hash ("" where it is locked
    or broken), the path of the container that holds it ("" the outermost), and why it is noise.
    """

    name: str
    steps: tuple[int, ...]
    size: int
    sha256: str
    container: str
    role: CarriedRole
    mail: MailNote | None = None
    noise: Issue | None = None


@dataclass(frozen=True, slots=True)
class CarriedListing:
    """What one file carries; nothing where it is no container. `locked` where a password may open more of it.

    `unlisted` are the containers that carry more than is listed, each by its path inside ("" the outermost), and why.
    """

    files: tuple[ListedFile, ...] = ()
    locked: bool = False
    unlisted: tuple[tuple[str, Issue], ...] = ()


@dataclass(slots=True)
class _Budget:
    """What may still be listed of one container."""

    files: int
    bytes: int
    listed: list[ListedFile] = field(default_factory=list)
    locked: bool = False
    unlisted: dict[str, Issue] = field(default_factory=dict)

    def is_used_up(self, prefix: str) -> bool:
        """Whether nothing more may be listed; noted of the container that still holds something."""
        if self.files <= 0:
            self.unlisted[prefix] = Issue("container_too_many_files", params={"most": str(_MOST_FILES)})
        elif self.bytes <= 0:
            self.unlisted[prefix] = Issue("container_too_large", params={"megabytes": str(_MOST_BYTES >> 20)})
        return prefix in self.unlisted


def list_contents(path: Path, passwords: Sequence[str] = ()) -> CarriedListing:
    """What the file at `path` carries. What cannot be opened carries nothing here: reading it tells why."""
    budget = _Budget(_MOST_FILES, _MOST_BYTES)
    _list(path, passwords, ("", (), None), budget)
    return CarriedListing(tuple(budget.listed), budget.locked, tuple(budget.unlisted.items()))


def list_file(file: RawFile, passwords: Sequence[str] = ()) -> CarriedListing:
    """What a file of the raw folder carries, as a task for a confined process."""
    return list_contents(file.path, passwords)


_Where = tuple[str, tuple[int, ...], MailNote | None]  # path inside, steps to it, the mail that it came with


def _list(source: Source, passwords: Sequence[str], where: _Where, budget: _Budget) -> None:
    prefix, steps, note = where
    try:
        if len(steps) >= MOST_DEPTH and is_container(source):
            budget.unlisted[prefix] = Issue("container_too_deep", params={"most": str(MOST_DEPTH)})
            return
        contents = read_contents(source, passwords)
    except (ReadError, OSError):
        return
    if contents is None:
        return
    for index, file in enumerate(contents.files):
        if budget.is_used_up(prefix):
            return
        name = f"{prefix}/{file.name}" if prefix else file.name
        mail = file.mail or contents.mail or note
        data = _bytes_of(file, budget)
        budget.files -= 1
        budget.bytes -= len(data or b"")
        sha256 = hashlib.sha256(data).hexdigest() if data is not None else ""
        inside = (*steps, index)
        budget.listed.append(
            ListedFile(name, inside, len(data or b""), sha256, prefix, file.role, mail, _noise(file, data))
        )
        if data:
            _list(CarriedBytes(data, file.name), passwords, (name, inside, mail), budget)
    if contents.is_cut:
        budget.unlisted[prefix] = Issue("container_too_many_files", params={"most": str(MOST_FILES)})


def _bytes_of(file: CarriedFile, budget: _Budget) -> bytes | None:
    try:
        return file.read()
    except Encrypted:
        budget.locked = True
    except (ReadError, OSError):
        pass
    return None


def _noise(file: CarriedFile, data: bytes | None) -> Issue | None:
    """Why a carried file is no sheet, None where it may be one."""
    if file.name.startswith(_MAC_FOLDER + "/"):
        return Issue("hidden_file_ignored")
    if file.role == CarriedRole.INLINE and _is_small_picture(data or b""):
        return Issue("inline_picture_ignored")
    return None


def _is_small_picture(data: bytes) -> bool:
    """Whether a picture is too small to be a page; what is no picture that can be opened is none either."""
    from PIL import Image  # noqa: PLC0415  heavy, and needed only for pictures in mails

    try:
        with Image.open(BytesIO(data)) as picture:
            return min(picture.size) < _SMALL
    except (Image.DecompressionBombError, *BROKEN_PICTURE):
        return True


def carried_files(file: RawFile, listing: CarriedListing) -> Iterator[RawFile]:
    """The files that a file of the raw folder carries, as files of their own."""
    unlisted = dict(listing.unlisted)
    for entry in listing.files:
        name = f"{file.name}/{shown_name(entry.name)}"
        container = f"{file.name}/{shown_name(entry.container)}" if entry.container else file.name
        last = entry.name.rpartition("/")[2]
        skip = entry.noise
        if skip is None and entry.sha256:
            skip = why_skipped(last, entry.size, carried=True)
        yield RawFile(
            file.path,
            name,
            entry.size,
            entry.sha256 or name_hash(name),
            skip,
            stamp=file.stamp,
            carried=CarriedAs(container, entry.steps, entry.role),
            mail=entry.mail,
            notes=(unlisted[entry.name],) if entry.name in unlisted else (),
        )


def open_source(file: RawFile, passwords: Sequence[str] = ()) -> Source:
    """The file itself, or its bytes taken out of its container. Raises Encrypted, Damaged, TooLarge or OSError."""
    source: Source = file.path if _is_unicode(file.path) else CarriedBytes(file.path.read_bytes(), file.name)
    for step in file.carried.steps if file.carried else ():
        contents = read_contents(source, passwords)
        if contents is None or step >= len(contents.files):
            raise Damaged(detail="the container does not hold the file any more")
        entry = contents.files[step]
        source = CarriedBytes(entry.read(), entry.name.rpartition("/")[2])
    return source


def _is_unicode(path: Path) -> bool:
    """Whether a path can be told to every library; some cannot open what a Windows of Japan has named (cp932)."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def find_carried(outer: RawFile, name: str, passwords: Sequence[str] = ()) -> RawFile | None:
    """The file of that path inside the container `outer`, None where it carries none of that name."""
    carried = carried_files(outer, list_contents(outer.path, passwords))
    return next((file for file in carried if file.name == f"{outer.name}/{name}"), None)
