"""Versions: everything that decides a row is part of one, and one byte more is another version."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipeline.system import fingerprints
from tests.conftest import ROOT

ROOMS = {"pipeline", "extractors", "normalizers"}
CLOSURES = [fingerprints.READING, fingerprints.MEANING, fingerprints.ALIGNING]


def _path(name: str) -> Path:
    path = ROOT / name.replace(".", "/")
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _tree(name: str) -> ast.Module:
    return ast.parse(_path(name).read_text(encoding="utf-8"))


def _imports(name: str) -> set[str]:
    """The project's modules that a module imports, wherever it does, and the packages that hold them."""
    names = set()
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{entry.name}" for entry in node.names)}
        elif isinstance(node, ast.Import):
            names |= {entry.name for entry in node.names}
    names |= {name.rpartition(".")[0] for name in names if "." in name}
    return {name for name in names if name.split(".")[0] in ROOMS and _path(name).is_file()}


def _reached(roots: tuple[str, ...]) -> set[str]:
    seen: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += _imports(name)
    return seen


@pytest.mark.parametrize("roots", CLOSURES, ids=" ".join)
def test_every_module_of_the_import_closure_is_part_of_the_version(roots: tuple[str, ...]) -> None:
    reached = {_path(name) for name in _reached(roots)}
    assert len(reached) > 10
    assert reached <= set(fingerprints.closure(roots))


@pytest.mark.parametrize("roots", CLOSURES, ids=" ".join)
def test_every_vocabulary_that_a_module_of_the_closure_loads_is_part_of_the_version(
    roots: tuple[str, ...],
) -> None:
    files = fingerprints.closure(roots)
    named = {
        node.value
        for name in _reached(roots)
        for node in ast.walk(_tree(name))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[\w-]+\.toml", node.value)
    }
    assert named <= {path.name for path in files}
    assert all(path.is_file() for path in files)


def test_a_module_moved_into_a_folder_stays_part_of_the_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "_ROOT", tmp_path)
    for name in ("pipeline/__init__.py", "pipeline/deep/__init__.py", "pipeline/deep/b.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x = 1\n")
    (tmp_path / "pipeline" / "a.py").write_text("def f():\n    from pipeline.deep.b import x\n    return x\n")
    before = fingerprints._version(fingerprints.closure(["pipeline.a"]), ())
    (tmp_path / "pipeline" / "deep" / "b.py").write_text("x = 2\n")
    assert fingerprints._version(fingerprints.closure(["pipeline.a"]), ()) != before


@pytest.mark.parametrize(
    "version",
    [fingerprints.reading_fingerprint, fingerprints.meaning_fingerprint, fingerprints.aligning_fingerprint],
)
def test_a_version_is_a_label(version: object) -> None:
    found = version()  # type: ignore[operator]
    assert len(found) == 16
    assert int(found, 16) >= 0


def test_another_byte_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fingerprints, "_ROOT", tmp_path)
    (tmp_path / "pipeline").mkdir()
    (tmp_path / "pipeline" / "__init__.py").write_text("")
    (tmp_path / "pipeline" / "a.py").write_text('words = load("pipeline", "a.toml")\n')
    (tmp_path / "pipeline" / "a.toml").write_text("x = 1")
    files = fingerprints.closure(["pipeline.a"])
    before = fingerprints._version(files, ())
    (tmp_path / "pipeline" / "a.toml").write_text("x = 2")
    assert fingerprints._version(files, ()) != before
    assert fingerprints._version(files, ("numpy",)) != fingerprints._version(files, ("no such package",))
