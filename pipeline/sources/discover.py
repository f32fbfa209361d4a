"""Raw folder in, every file in it out: with its hash, and whether it is a sheet, a duplicate, or to be passed over."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from extractors.checklist.model import LayoutDecision
from extractors.issue import Issue
from normalizers.legends.meaning import LegendDecision
from pipeline.errors import RawFolderMissing, RawFolderUnreadable
from pipeline.system.platform import is_open_elsewhere

PASSWORD_FILE = "passwords.txt"
_CHUNK = 1 << 20
# What Windows, macOS, browsers and people put into the name of a copy: 「回答 - コピー (2)」, 「回答のコピー」, 「回答(1)」.
_COPY = re.compile(r"コピー|複製|(?<![a-z])copy(?![a-z])|[ 　_-]?[(（]\d{1,2}[)）]$", re.IGNORECASE)
_SYSTEM_FILES = {"thumbs.db", "desktop.ini", "icon\r"}


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What the file system says of a file: bytes, times in nanoseconds, number of the inode. Another stamp, other bytes."""

    size: int
    changed: int
    status_changed: int
    inode: int


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as an earlier run met it: its stamp, and the SHA-256 of its bytes in hex."""

    stamp: FileStamp
    sha256: str


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file of the raw folder; `skip` tells why it is not read, `duplicate_of` the path read instead.

    `readable` is False for what must not even be opened: links out of the folder, pipes, devices. `stored` is the
    store's entry of these bytes, to be taken instead of reading them; `stamp` is what the file system said of the file
    when its bytes were hashed, None for a file that is gone. `decisions` are people's, on layouts of forms, `legends` those
    on what the words of legends mean. Pages that are pictures are read for `scan_seconds` at most, 0 for none.
    """

    path: Path
    name: str
    size: int
    sha256: str
    skip: Issue | None = None
    duplicate_of: str | None = None
    readable: bool = True
    stored: Path | None = None
    stamp: FileStamp | None = None
    decisions: tuple[LayoutDecision, ...] = ()
    legends: tuple[LegendDecision, ...] = ()
    scan_seconds: float = inf

    @property
    def document_id(self) -> str:
        """First 16 hex digits of the file's SHA-256."""
        return self.sha256[:16]


def discover(raw: Path, known: Mapping[bytes, SeenFile] | None = None) -> list[RawFile]:
    """All files under `raw` in order of their relative path; nothing is left out.

    Links that lead out of the folder are not followed; a folder that cannot be listed stands as a file that cannot be
    read. A file that `known` holds with the same stamp is not hashed again: its key is the relative path's bytes.
    Raises RawFolderMissing where `raw` is no folder and RawFolderUnreadable where it cannot be listed.
    """
    if not raw.is_dir():
        raise RawFolderMissing({"raw": raw})
    paths = sorted(_walk(raw), key=lambda path: path.relative_to(raw).as_posix())
    files = [_raw_file(raw, path, (known or {}).get(path_key(raw, path))) for path in paths]
    originals: dict[str, str] = {}
    for file in sorted(files, key=lambda file: bool(_COPY.search(file.path.stem))):  # else in their order
        if file.skip is None:
            originals.setdefault(file.sha256, file.name)
    return [_as_duplicate(file, originals[file.sha256]) if file.skip is None else file for file in files]


def _as_duplicate(file: RawFile, original: str) -> RawFile:
    """The file, not to be read where another with the same bytes is."""
    if file.name == original:
        return file
    return replace(file, skip=Issue("file_duplicate", params={"other": original}), duplicate_of=original)


def single_file(path: Path) -> RawFile:
    """One file that a person names: a link is followed, whatever it leads to.

    Raises FileNotFoundError where nothing is there and IsADirectoryError where it is a folder.
    """
    if path.is_dir():
        raise IsADirectoryError(str(path))
    if not path.exists():
        raise FileNotFoundError(str(path))
    target = path.resolve()
    return replace(_raw_file(target.parent, target), name=_printable(path.name))


def passwords_beside(raw: Path) -> tuple[str, ...]:
    """The lines of each `passwords.txt` in the raw folder and the folders in it: passwords to try on protected files."""
    folders = [raw, *sorted(Path(folder) for folder, _, names in os.walk(raw) if PASSWORD_FILE in names)]
    return tuple(dict.fromkeys(line for folder in folders for line in _passwords_in(folder)))


def _passwords_in(folder: Path) -> tuple[str, ...]:
    path = folder / PASSWORD_FILE
    if not path.is_file():
        return ()
    return tuple(line for line in path.read_text(encoding="utf-8-sig", errors="replace").splitlines() if line)


def passwords_above(file: Path) -> tuple[str, ...]:
    """Passwords beside a file, and in the folders above it up to the working folder: the raw folder is one of them."""
    folder = file.parent.resolve()
    here = Path.cwd()
    above = [f for f in folder.parents if f.is_relative_to(here)] if folder.is_relative_to(here) else []
    return tuple(dict.fromkeys(line for each in (folder, *above) for line in _passwords_in(each)))


def path_key(raw: Path, path: Path) -> bytes:
    """The bytes of a path relative to the raw folder: unlike its printed name they are never those of another file."""
    return os.fsencode(path.relative_to(raw))


def stamp_of(path: Path) -> FileStamp:
    """What the file system says of a file now. Raises OSError."""
    stat = path.stat()
    return FileStamp(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def _walk(raw: Path) -> Iterator[Path]:
    """Every entry that is not a real folder, and every folder that cannot be listed; links to folders are not followed."""
    closed: list[OSError] = []
    for folder, folders, names in os.walk(raw, followlinks=False, onerror=closed.append):
        linked = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*names, *linked):
            yield Path(folder) / name
    for error in closed:
        if error.filename is None or Path(error.filename) == raw:
            raise RawFolderUnreadable({"why": f"{raw}: {error.strerror or error}"})
        yield Path(error.filename)


def _raw_file(raw: Path, path: Path, known: SeenFile | None = None) -> RawFile:
    name = _printable(path.relative_to(raw).as_posix())
    try:
        refusal = _why_not_opened(raw, path)
        if refusal is not None:
            return RawFile(path, name, 0, _name_hash(name), refusal, readable=False)
        stamp = stamp_of(path)
        sha256 = known.sha256 if known is not None and known.stamp == stamp else _sha256(path)
        return RawFile(path, name, stamp.size, sha256, _why_skipped(path, stamp.size), stamp=stamp)
    except OSError as error:
        issue = Issue("file_unreadable", params={"detail": error.strerror or str(error)})
        if is_open_elsewhere(error, path):
            issue = Issue("file_open_elsewhere")
        return RawFile(path, name, 0, _name_hash(name), issue, readable=False)


def _printable(name: str) -> str:
    """The name with bytes that are no UTF-8 as `\\x8a`, as it can be stored: two names never become one."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _name_hash(name: str) -> str:
    """A stand-in for the hash of bytes that are not read, so that the file still has an id."""
    return hashlib.sha256(name.encode()).hexdigest()


def _why_not_opened(raw: Path, path: Path) -> Issue | None:
    if path.is_dir() and not path.is_symlink():
        return Issue("folder_unreadable")
    if path.is_symlink():
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(raw.resolve()) or not target.is_file():
            return Issue("link_ignored")
    return None if path.is_file() else Issue("special_file_ignored")


def _why_skipped(path: Path, size: int) -> Issue | None:
    if path.name == PASSWORD_FILE:
        return Issue("password_file_ignored")
    if path.name.startswith("~$"):
        return Issue("lock_file_ignored")
    if path.name.startswith(".") or path.name.lower() in _SYSTEM_FILES:
        return Issue("hidden_file_ignored")
    return Issue("file_empty") if size == 0 else None


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
