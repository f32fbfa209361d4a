"""The floors of the room, from opening a file to reading it; render stands beside them, all open a file alike."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOM = ROOT / "extractors" / "pdf"
PARTS = (
    "open_file", "page", "shown", "tables", "half_ruled", "cells", "text", "page_issues", "pdfplumber_reader", "scanned",
    "reader",
)  # fmt: skip
FLOORS = {part: floor for floor, part in enumerate(PARTS)}
FILES = sorted(path for path in ROOM.rglob("*.py") if path.name != "__init__.py")


def _part(path: Path) -> str:
    return path.relative_to(ROOM).with_suffix("").parts[0]


def _imports(path: Path) -> Iterator[str]:
    """The parts of the room that a file imports from."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (name.split(".")[2] for name in names if name.startswith("extractors.pdf."))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_import_goes_upwards(path: Path) -> None:
    part, imported = _part(path), set(_imports(path))
    if part == "render":
        assert imported <= {"render", "open_file"}
    else:
        assert [name for name in imported if name not in FLOORS or FLOORS[name] > FLOORS[part]] == []
