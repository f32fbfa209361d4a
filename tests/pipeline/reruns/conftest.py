"""A small raw folder, runs without processes and alignment, and a note of what the readers were asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.rerun import check_whole, quick, sheet

SHEETS = {
    "社甲/a.csv": (["○", "×", "△"], ""),
    "b.csv": (["○", "○", "○", "×"], "覚え"),
    "社乙/c.csv": (["×", "", "○", "○", "○", "○"], ""),
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that a reader was asked for."""
    from extractors.read import read  # noqa: PLC0415

    seen: list[str] = []

    def noted(path: Path, *options: object) -> object:
        seen.append(path.name)
        return read(path, *options)  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.document.extraction.read", noted)
    return seen


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with `raw` in it; what is left in `out` must fit together."""
    for name, (replies, remarks) in SHEETS.items():
        sheet(tmp_path / "raw" / name, replies, remarks)
    yield tmp_path
    check_whole(tmp_path / "out")
