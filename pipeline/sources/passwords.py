"""Folders and texts that a person names in, passwords to try on protected files out: few, short, from no vendor's folder.

A `passwords.txt` counts at the top of the raw folder and in folders that a person names. One in a vendor's folder came with the
vendor's files: it is not opened. What is beyond the limits is not tried: each password costs a tenth of a second a file.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from pipeline.sources.file_contents import open_regular

PASSWORD_FILE = "passwords.txt"
MOST, LONGEST = (
    200,
    255,
)  # passwords, and characters of one: no program that protects files takes a longer one
_BYTES = MOST * LONGEST


def within_limits(passwords: Iterable[str]) -> tuple[str, ...]:
    """The first of these passwords, each once, without those that no file can have."""
    fitting = dict.fromkeys(word for word in passwords if word and len(word) <= LONGEST)
    return tuple(islice(fitting, MOST))


def passwords_in(folders: Iterable[Path]) -> tuple[str, ...]:
    """The lines of the file `passwords.txt` at the top of each of these folders."""
    return within_limits(line for folder in folders for line in _lines(folder / PASSWORD_FILE))


def has_too_many(path: Path) -> bool:
    """Whether a file of passwords holds more, or longer ones, than are tried."""
    try:
        is_long = path.stat().st_size > _BYTES
    except OSError:
        return False
    lines = [line for line in _lines(path) if line]
    return is_long or len(set(lines)) > MOST or any(len(line) > LONGEST for line in lines)


def passwords_of(file: Path, raw: Path) -> tuple[str, ...]:
    """For a file that a person names: what is beside it, or at the top of the raw folder where it lies in there.

    Of what a mail or an archive carries, `受領/回答.zip/回答.xlsx`, it is what is beside that.
    """
    top = raw.resolve()
    folder = next(parent for parent in file.resolve().parents if not parent.is_file())
    return passwords_in([top] if folder.is_relative_to(top) else [folder])


def _lines(path: Path) -> list[str]:
    """The lines of a file of passwords, as far as the limits go; none where it cannot be read."""
    try:
        with open_regular(path) as stream:
            text = stream.read(_BYTES)
    except OSError:
        return []
    return text.decode("utf-8-sig", "replace").splitlines()
