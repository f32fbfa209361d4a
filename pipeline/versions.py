"""The program's own files in, versions out: what was found out by other code or words is found out again.

Versions are hashes over source and vocabulary files, made when asked for: nobody has to count them up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
_LENGTH = 16
_SUFFIXES = {".py", ".toml"}
# What the readers use of the other rooms; tests/pipeline/test_versions.py follows their imports.
READING = (
    "extractors",
    "normalizers/__init__.py",
    "normalizers/text.py",
    "normalizers/vocabulary.py",
    "normalizers/marks.toml",
    "normalizers/radicals.toml",
    "pipeline/extract.py",
)
_READERS = (
    "lxml", "msoffcrypto-tool", "olefile", "openpyxl", "pdfplumber", "pymupdf", "python-calamine", "python-docx",
)  # fmt: skip
_ALIGNING = ("numpy", "rapidfuzz", "scikit-learn", "sudachidict-core", "sudachipy")


@cache
def reading_version() -> str:
    """Of what decides which text is read from a file."""
    return _version(_files(READING), _READERS)


@cache
def meaning_version() -> str:
    """Of what decides the rows of a document but for their controls: readers, words, and all modules of the pipeline."""
    own = [path for path in sorted((_ROOT / "pipeline").iterdir()) if path.suffix in _SUFFIXES]
    return _version([*_files(("normalizers",)), *own], (reading_version(),))


@cache
def aligning_version() -> str:
    """Of what decides how an item is aligned, but for the controls."""
    return _version(_files(("normalizers", "pipeline/align")), _ALIGNING)


def _files(names: Iterable[str]) -> list[Path]:
    found: list[Path] = []
    for name in names:
        path = _ROOT / name
        found += [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in _SUFFIXES)
    return found


def _version(files: Iterable[Path], packages: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    for name in packages:
        digest.update(f"{name} {_installed(name)}\0".encode())
    return digest.hexdigest()[:_LENGTH]


def _installed(package: str) -> str:
    """The installed version of a package, empty where it is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
