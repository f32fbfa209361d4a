"""Every filled cell is in a field, says something about the sheet, or is left over with a reason: none is lost."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.checklist.extract import grid_to_checklists
from extractors.errors import ReadError
from extractors.grid import Cell, Grid
from extractors.read import read
from tests.conftest import SHARED
from tests.extractors.grids import grid_of

_WORDS = (
    "No.", "項番", "分類", "確認事項", "設問", "回答", "回答欄", "備考", "必須", "測定単位", "記入例",
    "1", "2", "3", "(1)", "①", "1-2", "A.1", "○", "×", "△", "―", "有", "無", "はい", "■適合 □不適合", "同上",
    "凡例：○ 満たす × 満たさない", "会社名：株式会社まぼろし", "◆ 設備について", "※ 3は該当者のみ", "合計",
    "倉庫の鍵を二人で管理していること。", "窓口を平日に開けていること。", "2026年4月1日", "99.9%",
)  # fmt: skip
_TEXT = st.sampled_from(("", "", *_WORDS))
_HEADERS = st.sampled_from((
    ("No.", "確認事項", "回答", "備考"), ("項番", "分類", "設問", "回答"), ("確認事項", "○", "×", "備考"),
    ("No.", "確認事項", "回答欄", "回答欄"), ("設問", "回答", "設問", "回答"),
))  # fmt: skip


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    """Rows of words that lists are made of, some of them merged, with a header in most."""
    rows = [list(row) for row in draw(st.lists(st.lists(_TEXT, min_size=4, max_size=4), max_size=14))]
    for place in draw(st.lists(st.integers(0, len(rows)), max_size=2)):
        rows.insert(place, list(draw(_HEADERS)))
    for r, c, sign in draw(
        st.lists(st.tuples(st.integers(0, 13), st.integers(0, 3), st.sampled_from("<^")), max_size=5)
    ):
        if r < len(rows) and ((sign == "<" and c) or (sign == "^" and r)):
            rows[r][c] = sign
    return grid_of(_square(rows), sheet=draw(st.sampled_from(("回答票", None))))


def _square(rows: list[list[str]]) -> list[list[str]]:
    """Merges that are no rectangle become blanks: a grid has none."""
    grid = [list(row) for row in rows]
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            beside = row[c - 1] if c else ""
            above = grid[r - 1][c] if r else ""
            if (text == "<" and beside in {"<", "^"}) or (
                text == "^" and (above in {"<", "^"} or "<" in row[c + 1 : c + 2])
            ):
                row[c] = ""
    for r, row in enumerate(grid):
        for c, text in enumerate(row):
            if text == "^" and grid[r - 1][c + 1 : c + 2] == ["<"]:
                row[c] = ""
    return grid


def lost(grid: Grid) -> list[Cell]:
    """The filled cells of a grid that nothing tells of."""
    found = grid_to_checklists(grid)
    told = {field.location for checklist in found.checklists for field in checklist.fields}
    told |= {leftover.location for leftover in found.leftovers} | set(found.metadata_locations)
    return [cell for cell in (*grid.cells, *grid.aside) if cell.text.strip() and cell.location not in told]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grids())
def test_no_cell_of_a_made_up_grid_is_lost(grid: Grid) -> None:
    assert lost(grid) == []


def test_no_cell_of_the_samples_is_lost(samples: Path) -> None:
    _assert_whole(path for path in sorted(samples.rglob("*")) if path.is_file())


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared material")
@pytest.mark.parametrize("folder", ["corpus", "real"])
def test_no_cell_of_the_shared_sheets_is_lost(folder: str) -> None:
    endings = {".xlsx", ".pdf", ".xls", ".ods"}
    _assert_whole(path for path in sorted((SHARED / folder).iterdir()) if path.suffix in endings)


def _assert_whole(paths: Iterable[Path]) -> None:
    for path in paths:
        try:
            document = read(path)
        except ReadError:
            continue
        for grid in document.grids:
            assert [(path.name, cell.location, cell.text) for cell in lost(grid)] == []
