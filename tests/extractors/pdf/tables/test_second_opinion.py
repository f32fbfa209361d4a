"""Doubt in a grid, a second reader's opinion, and pages that the first reader fails on."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from extractors.pdf import reader
from extractors.pdf.page.content import PageContent
from extractors.pdf.page.rules import Rules
from extractors.pdf.pdfplumber_reader import SecondReader
from extractors.pdf.reader import read_pdf
from extractors.pdf.tables.find_tables import page_with_tables
from extractors.pdf.tables.lattice import BoxCell, BoxTable
from extractors.pdf.tables.second_opinion import resolve_readers
from extractors.pdf.tables.split_words import MOST_SPLIT, split_word_share
from tests.extractors.grids import texts
from tests.extractors.pdf.prints import Print, written

XS, YS = [20.0, 60.0, 260.0, 380.0], [60.0, 90.0, 130.0]
ROWS = [["番号", "設問", "回答"], ["1", "鍵は毎晩掛けるか", "○"]]
WRITING = [(12, 22, "一"), (52, 22, "鍵は毎晩掛けるか"), (12, 52, "二"), (52, 52, "窓は毎朝開けるか")]


def _content() -> PageContent:
    return PageContent(1, 400.0, 300.0, written(WRITING), Rules((), ()))


def _table(xs: Sequence[float]) -> BoxTable:
    ys = [20.0, 50.0, 80.0]
    cells = [BoxCell((x0, y0, x1, y1)) for y0, y1 in pairwise(ys) for x0, x1 in pairwise(xs)]
    return BoxTable(tuple(cells), tuple(ys), tuple(xs))


RIGHT, CUT = _table([10.0, 50.0, 200.0]), _table([10.0, 50.0, 82.0, 200.0])


def test_a_right_grid_leaves_no_doubt_and_an_edge_through_words_does() -> None:
    assert split_word_share(page_with_tables(_content(), (RIGHT,))) == 0.0
    assert split_word_share(page_with_tables(_content(), (CUT,))) == pytest.approx(2 / 14)
    assert split_word_share(page_with_tables(_content(), ())) == 0.0


def test_without_doubt_nobody_else_is_asked() -> None:
    def never() -> Sequence[BoxTable]:
        raise AssertionError

    page = page_with_tables(_content(), (RIGHT,))
    agreement = resolve_readers(page, _content(), never)
    assert (agreement.page, agreement.by_second, agreement.disagreement) == (page, False, None)


def test_the_better_supported_grid_wins_and_the_disagreement_is_told() -> None:
    agreement = resolve_readers(page_with_tables(_content(), (CUT,)), _content(), lambda: (RIGHT,))
    assert (agreement.by_second, agreement.disagreement, agreement.page.splits_words) == (True, 0.0, False)
    assert agreement.page.tables == (RIGHT,)


@pytest.mark.parametrize("opinion", [(), (_table([10.0, 48.0, 102.0, 200.0]),)])
def test_a_worse_opinion_leaves_the_page_doubtful(opinion: tuple[BoxTable, ...]) -> None:
    agreement = resolve_readers(page_with_tables(_content(), (CUT,)), _content(), lambda: opinion)
    assert (agreement.by_second, agreement.page.splits_words) == (False, True)
    assert agreement.disagreement is not None
    assert agreement.disagreement > MOST_SPLIT


def test_two_readers_that_say_the_same_are_believed() -> None:
    agreement = resolve_readers(page_with_tables(_content(), (CUT,)), _content(), lambda: (CUT,))
    assert (agreement.by_second, agreement.disagreement, agreement.page.splits_words) == (False, None, False)


def _sheet(tmp_path: Path) -> Path:
    return Print(tmp_path / "回答.pdf").text(20, 40, "架空堂の安全表").table(XS, YS, ROWS).save()


def test_a_page_that_the_first_reader_fails_on_is_read_by_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _sheet(tmp_path)
    usual = read_pdf(path)

    def fail(_: Any) -> PageContent:
        raise RuntimeError("broken stream")

    monkeypatch.setattr(reader, "page_to_content", fail)
    document = read_pdf(path)
    assert texts(document.grids[0]) == texts(usual.grids[0])
    assert (usual.extractor, document.extractor) == ("pymupdf", "pdfplumber")
    (issue,) = document.issues
    assert (issue.code, issue.location.page) == ("page_refused", 1)
    assert dict(issue.params) == {"reader": "pymupdf", "detail": "broken stream"}


def test_a_page_that_both_refuse_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> PageContent:
        raise ValueError("nothing here")

    monkeypatch.setattr(reader, "page_to_content", fail)
    monkeypatch.setattr("extractors.pdf.pdfplumber_reader.read_content", fail)
    document = read_pdf(_sheet(tmp_path))
    assert document.grids == ()
    assert [issue.code for issue in document.issues] == ["page_refused"]


def test_the_second_reader_sees_the_same_table(tmp_path: Path) -> None:
    (table,) = SecondReader(_sheet(tmp_path)).tables(0)
    assert np.allclose(table.rows, YS, atol=1)
    assert np.allclose(table.cols, XS, atol=1)
    assert len(table.cells) == 6


def test_the_second_reader_refuses_quietly(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing follows")
    assert (SecondReader(broken).tables(0), SecondReader(broken).content(0)) == ((), None)
