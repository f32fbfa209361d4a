"""Versions: everything that decides a row is part of one, and one byte more is another version."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from pipeline import versions
from tests.conftest import ROOT


def _imports(path: Path) -> set[str]:
    """The modules of other rooms that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name for name in found if name.split(".")[0] in {"pipeline", "normalizers"}}


def _followed(name: str, seen: set[str]) -> None:
    path = ROOT / (name.replace(".", "/") + ".py")
    if name in seen or not path.is_file():
        return
    seen.add(name)
    for other in _imports(path):
        _followed(other, seen)


def test_all_that_the_readers_use_is_part_of_their_version() -> None:
    seen: set[str] = set()
    for path in (ROOT / "extractors").rglob("*.py"):
        for name in _imports(path):
            _followed(name, seen)
    listed = {name.removesuffix(".py").replace("/", ".") for name in versions.READING}
    assert seen <= listed
    words = {Path(name).name for name in versions.READING if name.endswith(".toml")}
    sources = "".join((ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8") for name in seen)
    assert set(re.findall(r'"([\w-]+\.toml)"', sources)) == words


def test_every_listed_file_is_there() -> None:
    assert [name for name in versions.READING if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    "version", [versions.reading_version, versions.meaning_version, versions.aligning_version]
)
def test_a_version_is_a_label(version: object) -> None:
    found = version()  # type: ignore[operator]
    assert len(found) == 16
    assert int(found, 16) >= 0


def test_another_byte_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_ROOT", tmp_path)
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "a.toml").write_text("x = 1")
    files = versions._files(("room",))
    before = versions._version(files, ())
    (tmp_path / "room" / "a.toml").write_text("x = 2")
    assert versions._version(files, ()) != before
    assert versions._version(files, ("numpy",)) != versions._version(files, ("no such package",))
