"""What people put on a page with a viewer: typed text, rings, markers, strokes through text, stamps, comments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from extractors.grid import Cell, Document
from extractors.pdf.reader import read_pdf
from tests.extractors.pdf.prints import Print

XS, YS = [20.0, 60.0, 260.0, 380.0], [60.0, 90.0, 130.0]
HEADER = ["番号", "設問", "回答"]
CHOICE, REST = pymupdf.Rect(262, 92, 275, 106), pymupdf.Rect(290, 92, 304, 106)
PICTURE = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 20, 20))
Edit = Callable[[Any], object]


def _read(tmp_path: Path, answer: str, edit: Edit) -> Document:
    path = Print(tmp_path / "回答.pdf").table(XS, YS, [HEADER, ["1", "鍵は毎晩掛けるか", answer]]).save()
    with pymupdf.open(path) as book:
        edit(book[0])
        data = book.tobytes()
    path.write_bytes(data)
    return read_pdf(path)


def _answer(document: Document) -> Cell:
    return next(cell for cell in document.grids[0].cells if cell.col == 2 and cell.row == 1)


def _codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


MARKERS: dict[str, Edit] = {
    "highlight": lambda page: page.add_highlight_annot(CHOICE),
    "underline": lambda page: page.add_underline_annot(CHOICE),
    "circle": lambda page: page.add_circle_annot(CHOICE),
    "rectangle": lambda page: page.add_rect_annot(CHOICE),
    "ink": lambda page: page.add_ink_annot([[(262, 99), (268, 92), (275, 99), (268, 106), (262, 99)]]),
    "stamp": lambda page: page.add_stamp_annot(CHOICE, stamp=PICTURE),
}


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_over_one_of_the_printed_choices_tells_it(tmp_path: Path, marker: str) -> None:
    document = _read(tmp_path, "適 ／ 否", MARKERS[marker])
    assert (_answer(document).text, _answer(document).chosen) == ("適 ／ 否", ("適",))
    assert _codes(document) == []


def test_what_is_struck_through_is_no_answer_any_more(tmp_path: Path) -> None:
    document = _read(tmp_path, "適 ／ 否", lambda page: page.add_strikeout_annot(CHOICE))
    assert _answer(document).text == "／ 否"
    assert [(cell.text, cell.doubt) for cell in document.grids[0].aside] == [("適", "struck_through")]
    assert _codes(document) == ["text_struck_through"]


def test_a_stroke_drawn_through_text_withdraws_it(tmp_path: Path) -> None:
    document = _read(tmp_path, "はい\nいいえ", lambda page: page.draw_line((262, 98.4), (284, 98.4)))
    assert _answer(document).text == "いいえ"
    assert _codes(document) == ["text_struck_through"]


@pytest.mark.parametrize("y", [91.5, 104.2, 116.0])
def test_a_stroke_below_or_above_text_withdraws_nothing(tmp_path: Path, y: float) -> None:
    document = _read(tmp_path, "はい\nいいえ", lambda page: page.draw_line((262, y), (284, y)))
    assert _answer(document).text == "はい\nいいえ"
    assert _codes(document) == []


def test_a_stamp_on_a_blank_place_says_its_words(tmp_path: Path) -> None:
    document = _read(
        tmp_path, "", lambda page: page.add_stamp_annot(pymupdf.Rect(262, 92, 376, 128), stamp=0)
    )
    assert _answer(document).text.casefold() == "approved"
    assert _codes(document) == []


def test_a_picture_on_a_blank_place_is_reported(tmp_path: Path) -> None:
    document = _read(
        tmp_path, "", lambda page: page.add_stamp_annot(pymupdf.Rect(262, 92, 300, 128), stamp=PICTURE)
    )
    assert _codes(document) == ["annotations_not_read"]


def test_a_comment_goes_to_the_cell_it_is_pinned_to(tmp_path: Path) -> None:
    document = _read(tmp_path, "○", lambda page: page.add_text_annot((300, 96), "2号館のみ"))
    assert (_answer(document).text, _answer(document).comments) == ("○", ("2号館のみ",))
    assert _codes(document) == []


def test_a_comment_beside_the_table_is_told_and_kept(tmp_path: Path) -> None:
    document = _read(tmp_path, "○", lambda page: page.add_text_annot((300, 200), "2号館のみ"))
    assert [(cell.text, cell.doubt) for cell in document.grids[0].aside] == [("2号館のみ", "annotation")]
    assert _codes(document) == ["comments_not_read"]


def test_hidden_typing_is_not_there(tmp_path: Path) -> None:
    def edit(page: Any) -> None:
        added = page.add_freetext_annot(pymupdf.Rect(262, 92, 376, 128), "hai")
        added.set_flags(pymupdf.PDF_ANNOT_IS_HIDDEN)

    assert _answer(_read(tmp_path, "", edit)).text == ""


def test_a_watermark_enters_no_cell(tmp_path: Path) -> None:
    turned = pymupdf.Matrix(35)
    document = _read(
        tmp_path,
        "○",
        lambda page: page.insert_text(
            (240, 130), "見本見本", fontname="japan", fontsize=40, morph=(pymupdf.Point(240, 130), turned)
        ),
    )
    assert _answer(document).text == "○"
    assert [(cell.text, cell.doubt) for cell in document.grids[0].aside] == [("見本見本", "watermark")]
