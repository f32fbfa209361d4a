"""Raw folder in, every file in it out: with its hash, and whether it is a sheet, a duplicate, or to be passed over."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from extractors.checklist.model import LayoutDecision
from extractors.issue import Issue
from extractors.mail.carried import CarriedRole, MailNote
from normalizers.legends.meaning import LegendDecision
from pipeline.errors import RawFolderMissing, RawFolderUnreadable
from pipeline.sources.file_contents import content_hash
from pipeline.sources.file_names import name_in, path_key, relative_name, shown_name, stored_name
from pipeline.sources.passwords import LONGEST, MOST, PASSWORD_FILE, has_too_many
from pipeline.system.platform import is_open_elsewhere

# What Windows, macOS, browsers and people put into the name of a copy: 「回答 - コピー (2)」, 「回答のコピー」, 「回答(1)」.
_COPY = re.compile(r"コピー|複製|(?<![a-z])copy(?![a-z])|[ 　_-]?[(（]\d{1,2}[)）]$", re.IGNORECASE)
_SYSTEM_FILES = {"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"}
_SIDE_PARTS = (".p7s", ".ics", ".vcf", ".asc", ".sig")  # what mails carry beside what was sent
# What browsers have not loaded to its end.
_UNFINISHED = (".crdownload", ".part", ".partial", ".opdownload", ".download")


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
class CarriedAs:
    """How a file came inside of another: the path of its container, which file of which container from the outermost on,
    and what it is to it.
    """

    container: str
    steps: tuple[int, ...]
    role: CarriedRole


@dataclass(frozen=True, slots=True)
class RawFile:
    """One file of the raw folder, or one that a file there carries: `path` is then that file's.

    `skip` tells why it is not read, `duplicate_of` the path read instead. `readable` is False for what must not even be
    opened: links out of the folder, pipes, devices. `stored` is the
    store's entry of these bytes, to be taken instead of reading them; `stamp` is what the file system said of the file
    when its bytes were hashed, None for a file that is gone. `decisions` are people's, on layouts of forms, `legends` those
    on what the words of legends mean, `received_at` is the day that they decided. Pages that are pictures are read for
    `scan_seconds` at most, 0 for none. `mail` is what the mail that brought the file says. `notes` tell why not all that the
    file carries could be listed: it fails for that, and what was listed is read.
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
    received_at: dt.date | None = None
    carried: CarriedAs | None = None
    mail: MailNote | None = None
    notes: tuple[Issue, ...] = ()

    @property
    def is_side_part(self) -> bool:
        """Whether the file is a mail's own text or a picture in it: noise where no list is found in it."""
        return self.carried is not None and self.carried.role != CarriedRole.FILE

    @property
    def document_id(self) -> str:
        """First 16 hex digits of the file's SHA-256."""
        return self.sha256[:16]


def discover(raw: Path, known: Mapping[bytes, SeenFile] | None = None) -> list[RawFile]:
    """All files under `raw` in order of their relative path, equal ones as duplicates; nothing is left out.

    Raises as `list_files` does.
    """
    return mark_duplicates(list_files(raw, known))


def mark_duplicates(files: Sequence[RawFile]) -> list[RawFile]:
    """The files in order of their names, each that holds the bytes of another as its duplicate.

    What lies in the folder itself is the original of what a mail or an archive carries, and is told what that mail says; what
    is called a copy is one.
    """
    originals: dict[str, RawFile] = {}
    for file in sorted(files, key=lambda f: (f.carried is not None, f.is_side_part, _is_called_copy(f))):
        if file.skip is None:
            original = originals.setdefault(file.sha256, file)
            originals[file.sha256] = replace(original, mail=original.mail or file.mail)
    return sorted((_against(file, originals) for file in files), key=lambda file: file.name)


def _is_called_copy(file: RawFile) -> bool:
    return bool(_COPY.search(Path(file.name).stem))


def _against(file: RawFile, originals: Mapping[str, RawFile]) -> RawFile:
    """The file as the duplicate of its original, or the original itself."""
    if file.skip is not None:
        return file
    original = originals[file.sha256]
    if original.name == file.name:
        return original
    skip = _side_part_again(file) or Issue("file_duplicate", params={"other": original.name})
    return replace(file, skip=skip, duplicate_of=original.name)


def _side_part_again(file: RawFile) -> Issue | None:
    """What is told of a mail's text, or of a picture in it, that stood in another mail: nobody has put it here by mistake."""
    if not file.is_side_part:
        return None
    is_text = file.carried is not None and file.carried.role == CarriedRole.BODY
    return Issue("mail_text_kept" if is_text else "inline_picture_ignored")


def list_files(raw: Path, known: Mapping[bytes, SeenFile] | None = None) -> list[RawFile]:
    """All files under `raw` in order of their relative path.

    Links that lead out of the folder are not followed; a folder that cannot be listed stands as a file that cannot be
    read. A file that `known` holds with the same stamp is not hashed again: its key is the relative path's bytes.
    Raises RawFolderMissing where `raw` is no folder and RawFolderUnreadable where it cannot be listed.
    """
    if not raw.is_dir():
        raise RawFolderMissing({"raw": raw})
    paths = sorted(_walk(raw), key=lambda path: relative_name(raw, path))
    files = [_raw_file(raw, path, (known or {}).get(path_key(raw, path))) for path in paths]
    return _apart(files, raw)


def single_file(path: Path) -> RawFile:
    """One file that a person names: a link is followed, whatever it leads to.

    Raises FileNotFoundError where nothing is there and IsADirectoryError where it is a folder.
    """
    if path.is_dir():
        raise IsADirectoryError(str(path))
    if not path.exists():
        raise FileNotFoundError(str(path))
    target = path.resolve()
    return replace(_raw_file(target.parent, target), name=shown_name(path.name))


def stamp_of(path: Path) -> FileStamp:
    """What the file system says of a file now. Raises OSError."""
    entry = path.stat()
    return FileStamp(entry.st_size, entry.st_mtime_ns, entry.st_ctime_ns, entry.st_ino)


def _walk(raw: Path) -> Iterator[Path]:
    """Every entry that is not a real folder, and every folder that cannot be listed; links to folders are not followed."""
    closed: list[OSError] = []
    for folder, folders, names in os.walk(raw, followlinks=False, onerror=closed.append):
        here = Path(folder)
        linked = [name for name in folders if _is_link(here / name)]
        yield from (here / name for name in (*names, *linked))
    for error in closed:
        if error.filename is None or Path(error.filename) == raw:
            raise RawFolderUnreadable({"why": f"{raw}: {error.strerror or error}"})
        yield Path(error.filename)


def _is_link(path: Path) -> bool:
    """Whether a path is a link; one that is longer than the system takes is none, and cannot be listed either."""
    try:
        return path.is_symlink()
    except OSError:
        return False


def _raw_file(raw: Path, path: Path, known: SeenFile | None = None) -> RawFile:
    name = name_in(raw, path)
    try:
        refusal = _why_not_opened(raw, path)
        if refusal is not None:
            return RawFile(path, name, 0, name_hash(name), refusal, readable=False)
        stamp = stamp_of(path)
        sha256 = known.sha256 if known is not None and known.stamp == stamp else content_hash(path)
        skip = why_skipped(path.name, stamp.size, is_at_top=path.parent == raw)
        if skip is None and path.name == PASSWORD_FILE:
            skip = _what_passwords(path)
        return RawFile(path, name, stamp.size, sha256, skip, stamp=stamp)
    except OSError as error:
        issue = Issue("file_unreadable", params={"detail": error.strerror or str(error)})
        if is_open_elsewhere(error, path):
            issue = Issue("file_open_elsewhere")
        return RawFile(path, name, 0, name_hash(name), issue, readable=False)


def _apart(files: Sequence[RawFile], raw: Path) -> list[RawFile]:
    """The files with names of their own: of two that look alike the one that is no UTF-8 is told by its bytes."""
    counts = Counter(file.name for file in files)
    return [
        replace(file, name=stored_name(relative_name(raw, file.path))) if counts[file.name] > 1 else file
        for file in files
    ]


def name_hash(name: str) -> str:
    """A stand-in for the hash of bytes that are not read, so that the file still has an id."""
    return hashlib.sha256(name.encode()).hexdigest()


def _why_not_opened(raw: Path, path: Path) -> Issue | None:
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISDIR(mode):
        return Issue("folder_unreadable")
    if stat.S_ISLNK(mode):
        target = Path(os.path.realpath(path))
        if not target.is_relative_to(raw.resolve()) or not target.is_file():
            return Issue("link_ignored")
    return None if path.is_file() else Issue("special_file_ignored")


def why_skipped(name: str, size: int, is_at_top: bool = True, carried: bool = False) -> Issue | None:
    """Why a file of this name is no sheet, None where it may be one, or is the raw folder's own file of passwords.

    What is `carried` by a mail or an archive is nobody's passwords.
    """
    if name == PASSWORD_FILE and not carried:
        return None if is_at_top else Issue("password_file_of_vendor")
    lower = name.lower()
    if name.startswith("~$") or (name.startswith("~") and lower.endswith(".tmp")):
        return Issue("lock_file_ignored")
    if name.startswith(".") or lower in _SYSTEM_FILES:
        return Issue("hidden_file_ignored")
    if lower.endswith(_SIDE_PARTS):
        return Issue("mail_part_ignored")
    if lower.endswith(_UNFINISHED):
        return Issue("file_unfinished")
    return Issue("file_empty") if size == 0 else None


def _what_passwords(path: Path) -> Issue:
    if has_too_many(path):
        return Issue("password_file_too_long", params={"most": str(MOST), "longest": str(LONGEST)})
    return Issue("password_file_ignored")
