"""Sizes and shapes: entries of a folder, lines of a file, docstrings, broad excepts, open keywords."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.house.tree import FILES, ROOMS, each_file, short, tree_of

ENTRIES = 14
MORE_ENTRIES = {"pipeline": 25, "extractors": 24, "normalizers": 24, "pipeline/commands": 16}
LINES = 300
# Where one file is kept from ending the run: a fault while reading it, and whatever ends its reading process.
BROAD = {
    ROOT / "pipeline" / "document" / "process.py": ["Exception"],
    ROOT / "pipeline" / "execution" / "process_pool.py": ["BaseException", "BaseException"],
}
FOLDERS = sorted({path.parent for path in FILES})


def _name(node: ast.AST | None) -> str:
    return getattr(node, "id", "")


def _entries(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name != "__pycache__"]


@pytest.mark.parametrize("folder", FOLDERS, ids=short)
def test_a_folder_can_be_taken_in_at_a_glance(folder: Path) -> None:
    assert len(_entries(folder)) <= MORE_ENTRIES.get(short(folder), ENTRIES)


def test_every_folder_is_a_package() -> None:
    """What setup packs, and so what is installed, are packages; a folder of TOML files is one too."""
    inner = {path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_dir()}
    assert [short(path) for path in inner if "__pycache__" not in path.parts and path not in FOLDERS] == []
    assert [short(path) for path in FOLDERS if not (path / "__init__.py").exists()] == []


@each_file
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


@each_file
def test_a_file_says_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(tree_of(path))
    assert docstring is not None
    assert len(docstring) > 15


def test_a_package_holds_a_docstring_and_no_code() -> None:
    """An import circle through a package is the hardest to see, so that none holds anything to import."""
    packages = [path for path in FILES if path.name == "__init__.py"]
    assert [short(path) for path in packages if len(tree_of(path).body) > 1] == PACKAGES_WITH_CODE


# `rank` is offered to programs that import the product.
PACKAGES_WITH_CODE = ["pipeline/align/__init__.py"]


@each_file
def test_no_broad_except_but_where_a_document_is_isolated(path: Path) -> None:
    caught = [node.type for node in ast.walk(tree_of(path)) if isinstance(node, ast.ExceptHandler)]
    broad = [kind for kind in caught if kind is None or _name(kind) in {"Exception", "BaseException"}]
    assert list(map(_name, broad)) == BROAD.get(path, [])


@each_file
def test_no_function_takes_any_keywords(path: Path) -> None:
    functions = [
        node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    loose = [f.name for f in functions if f.args.kwarg is not None and f.args.kwarg.arg != "words"]
    assert loose == []
