"""A file that a person hands over in, the same file in the raw folder out: under its own name, never over another one.

`例文ラボ/回答.xlsx` dropped on the app becomes `受領_2026-06-30/例文ラボ/回答.xlsx`; the same bytes again are not kept twice, and
other bytes under a name that is taken get a number behind it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.sources.passwords import PASSWORD_FILE
from pipeline.system.atomic_write import replace_file

_LONGEST = 180  # bytes of one part of a path; file systems take 255
_DEEPEST = 20  # folders in a name; those between are left out
_SEPARATORS = {"/", "\\", ":"}
_EMPTY = {"", ".", ".."}


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """Where a file lies in the raw folder now, relative to it; `known` where the same bytes lay there under that name."""

    path: str
    known: bool


def save_received(raw: Path, folder: str, name: str, source: Path) -> ReceivedFile:
    """Move the file at `source` into `folder` of the raw folder as `name`, which may hold folders itself.

    Nothing in `folder` or `name` leads out of the raw folder. Raises OSError where it cannot be written; nothing is left of it
    there then.
    """
    wanted = raw.joinpath(*safe_parts(folder), *safe_parts(name))
    wanted.parent.mkdir(parents=True, exist_ok=True)
    partial = wanted.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        shutil.move(source, partial)
        return _give_name(raw, partial, wanted)
    finally:
        partial.unlink(missing_ok=True)


def _give_name(raw: Path, partial: Path, wanted: Path) -> ReceivedFile:
    """Give the file its name, or the next one that is free; two that come at once never take each other's."""
    digest = _digest(partial)
    target, number = wanted, 1
    while not _takes_name(partial, target):
        if target.is_file() and not target.is_symlink() and _digest(target) == digest:
            return ReceivedFile(target.relative_to(raw).as_posix(), known=True)
        number += 1
        target = wanted.with_name(f"{wanted.stem} ({number}){wanted.suffix}")
    return ReceivedFile(target.relative_to(raw).as_posix(), known=False)


def _takes_name(partial: Path, target: Path) -> bool:
    """Whether the file has the name now, at once and in one piece; False where something has it already."""
    try:
        os.link(partial, target)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        try:
            target.open("xb").close()
        except FileExistsError:
            return False
        partial.replace(target)
    return True


def add_password(raw: Path, password: str) -> None:
    """Put a password at the end of the list that is tried on protected files. Raises OSError."""
    path = raw / PASSWORD_FILE
    before = path.read_bytes() if path.exists() else b""
    ending = b"\n" if before and not before.endswith(b"\n") else b""
    replace_file(path, before + ending + password.encode("utf-8") + b"\n", durable=True)
    path.chmod(0o600)


def safe_parts(name: str) -> tuple[str, ...]:
    """The parts of a path that a browser tells, each as a name that leads nowhere else: no `..`, no control characters."""
    parts = []
    for part in PurePosixPath(name.replace("\\", "/")).parts:
        text = "".join("_" if c in _SEPARATORS or not c.isprintable() else c for c in part).strip()
        text = text if text not in _EMPTY and part != "/" else ""
        if text:
            parts.append(_shorten(text))
    if len(parts) > _DEEPEST:
        parts[_DEEPEST - 1 : -1] = []
    return tuple(parts) or ("_",)


def _shorten(text: str) -> str:
    """The name with its ending, the part before it cut to what a file system takes."""
    path = PurePosixPath(text)
    stem, ending = (part.encode("utf-8", "replace") for part in (path.stem, path.suffix[:20]))
    return (stem[: _LONGEST - len(ending)] + ending).decode("utf-8", "ignore")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
