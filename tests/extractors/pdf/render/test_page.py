"""Pictures: their size, what colour stands where, and what hostile pages do to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pymupdf
import pytest

from extractors.errors import Damaged, Encrypted
from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.pdf.render.fonts import shorten, text_width, wrap
from extractors.pdf.render.model import Key, MarkStyle, PageMark, PageView
from extractors.pdf.render.page import DPI, MOST_PIXELS, MOST_SIDE, draw_views, scale_of
from extractors.pdf.render.sheet_layout import grid_to_layout
from extractors.pdf.render.sheet_to_pdf import layouts_to_pdf
from tests.extractors.pdf.prints import Print

RED, BLUE = (0.8, 0.2, 0.2), (0.2, 0.2, 0.8)
STYLES = {
    "field": MarkStyle(RED, fill=1.0, width=0.0),
    "answer": MarkStyle(BLUE, fill=1.0, tag="corner"),
    "row": MarkStyle(BLUE, tag="left"),
    "said": MarkStyle(RED, tag="right"),
    "why": MarkStyle(RED, dashed=True, tag="above"),
    "look": MarkStyle(RED, tag="badge"),
}
SCALE = DPI / 72


def _draw(path: Path, *views: PageView, passwords: tuple[str, ...] = ()) -> list[pymupdf.Pixmap]:
    return [pymupdf.Pixmap(data) for data in draw_views(path, passwords, views, STYLES)]


def _has(picture: pymupdf.Pixmap, colour: tuple[float, float, float]) -> list[tuple[int, int]]:
    """Places of a colour, from left and top."""
    wanted = tuple(round(255 * part) for part in colour)
    pixels = np.frombuffer(picture.samples, np.uint8).reshape(picture.height, picture.width, -1)
    ys, xs = np.nonzero((pixels[:, :, :3] == wanted).all(axis=2))
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def _area(places: list[tuple[int, int]]) -> tuple[int, int]:
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return max(xs) - min(xs) + 1, max(ys) - min(ys) + 1


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return Print(tmp_path / "p.pdf", (600.0, 300.0)).text(30, 40, "来客の記録").save()


def test_a_page_is_drawn_at_110_dots_an_inch(page: Path) -> None:
    (picture,) = _draw(page, PageView(1, "票.pdf"))
    assert picture.width >= 600 * SCALE
    assert picture.height > 300 * SCALE


def test_a_mark_is_as_large_as_its_box_and_in_its_colour(page: Path) -> None:
    (picture,) = _draw(page, PageView(1, "", marks=(PageMark(1, (100, 100, 160, 130), "field"),)))
    width, height = _area(_has(picture, RED))
    assert abs(width - 60 * SCALE) <= 2
    assert abs(height - 30 * SCALE) <= 2


def test_marks_move_with_their_boxes(page: Path) -> None:
    marks = (PageMark(1, (100, 100, 120, 110), "field"), PageMark(1, (200, 150, 220, 160), "field"))
    one, other = (_has(_draw(page, PageView(1, "", marks=(m,)))[0], RED)[0] for m in marks)
    assert abs(other[0] - one[0] - 100 * SCALE) <= 2
    assert abs(other[1] - one[1] - 50 * SCALE) <= 2


def test_the_text_under_a_mark_stays(page: Path) -> None:
    styles = {**STYLES, "field": MarkStyle(RED, fill=0.16, width=0.0)}
    (data,) = draw_views(
        page, (), (PageView(1, "", marks=(PageMark(1, (20, 20, 200, 60), "field"),)),), styles
    )
    picture = pymupdf.Pixmap(data)
    dark = [1 for y in range(20, 140) for x in range(20, 320) if max(picture.pixel(x, y)) < 90]
    assert len(dark) > 50


def test_a_label_stands_in_the_margin_beside_its_row(page: Path) -> None:
    marks = (
        PageMark(1, (100, 100, 160, 130), "row", "7"),
        PageMark(1, (100, 100, 160, 130), "said", "Y yes"),
    )
    (picture,) = _draw(page, PageView(1, "", marks=marks))
    (plain,) = _draw(page, PageView(1, ""))
    assert min(x for x, _ in _has(picture, RED)) > 600 * SCALE
    assert picture.width > 600 * SCALE + 40
    assert not _has(plain, RED)


def test_answers_are_told_apart_without_colours(page: Path) -> None:
    box = (100.0, 100.0, 160.0, 140.0)
    yes, no = (_draw(page, PageView(1, "", marks=(PageMark(1, box, "answer", sign),)))[0] for sign in "YN")
    assert len(_has(yes, BLUE)) != len(_has(no, BLUE))
    assert yes.samples != no.samples


def test_caption_legend_and_notes_make_the_picture_higher(page: Path) -> None:
    bare = _draw(page, PageView(1, ""))[0].height
    legend = (Key("answer", "Y", "はい"), Key("why", "理由", "使わない"), Key("look", "!1", "要確認"))
    view = PageView(1, "票.pdf", ("読込済", "12 行"), legend, (), ("!1 " + "番号が抜けています。" * 30,))
    (picture,) = _draw(page, view)
    assert picture.height > bare + 60
    assert len(_has(picture, BLUE)) > 20  # the sample of an answer


def test_the_pages_asked_for_come_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    book = pymupdf.open()
    for width in (300, 900):
        book.new_page(width=width, height=200)
    book.save(path)
    widths = [picture.width for picture in _draw(path, PageView(2, ""), PageView(1, ""))]
    assert widths[0] > 900 * SCALE > widths[1]


@pytest.mark.parametrize(
    "size", [(14400.0, 14400.0), (14400.0, 3.0), (3.0, 14400.0), (3.0, 3.0), (0.0, 0.0), (1e9, 1e9)]
)
def test_no_page_box_makes_a_huge_picture(size: tuple[float, float]) -> None:
    scale = scale_of(*size)
    assert 0 < scale <= SCALE
    assert size[0] * size[1] * scale**2 <= MOST_PIXELS * 1.01
    assert max(size) * scale <= MOST_SIDE * 1.01


@pytest.mark.parametrize("size", [(14400.0, 14400.0), (14400.0, 3.0), (3.0, 14400.0)])
def test_odd_pages_are_drawn(tmp_path: Path, size: tuple[float, float]) -> None:
    path = tmp_path / "odd.pdf"
    book = pymupdf.open()
    book.new_page(width=size[0], height=size[1])
    book.save(path)
    mark = PageMark(1, (0.0, 0.0, 2.0, 2.0), "answer", "Y")
    (picture,) = _draw(path, PageView(1, "", marks=(mark,)))
    assert picture.width * picture.height < 2.5 * MOST_PIXELS


def test_marks_outside_of_the_page_stay_inside_the_picture(page: Path) -> None:
    marks = (PageMark(1, (-50, -50, 1e7, 1e7), "field", ""), PageMark(1, (900, 900, 950, 950), "why", "理由"))
    (picture,) = _draw(page, PageView(1, "", marks=marks))
    assert abs(_area(_has(picture, RED))[0] - 600 * SCALE) <= 60


def test_a_locked_page_needs_its_password(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    book = pymupdf.open()
    book.new_page()
    book.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="kagi", owner_pw="kagi")
    with pytest.raises(Encrypted):
        _draw(path, PageView(1, ""), passwords=("chigau",))
    assert len(_draw(path, PageView(1, ""), passwords=("kagi",))) == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing", b"", b"PK"])
def test_a_broken_file_is_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        _draw(path, PageView(1, ""))


def test_a_page_that_is_not_there_is_damaged(page: Path) -> None:
    with pytest.raises(Damaged):
        _draw(page, PageView(5, ""))


def test_a_sheet_is_drawn_with_its_texts_and_hidden_rows_on_grey() -> None:
    shown = Cell(0, 0, "来客の記録", Location(sheet="票", cells="A1"))
    hidden = Cell(1, 0, "倉庫の鍵", Location(sheet="票", cells="A2"), hidden=True)
    pdf = layouts_to_pdf([(grid_to_layout(Grid("票", (shown, hidden), sheet="票")), 0)])
    with pymupdf.open(stream=pdf.getvalue(), filetype="pdf") as book:
        text = book[0].get_text()
        spans = [s for b in book[0].get_text("dict")["blocks"] for line in b["lines"] for s in line["spans"]]
    assert "来客の記録" in text
    grey = {span["text"]: span["color"] for span in spans}
    assert grey["来客の記録"] == 0
    assert grey["倉庫の鍵"] > 0


def test_a_ring_round_a_choice_is_shown_on_a_sheet() -> None:
    cell = Cell(0, 0, "○ ・ ×", Location(sheet="票", cells="A1"), chosen=("×",))
    pdf = layouts_to_pdf(
        [(grid_to_layout(Grid("票", (cell, replace(cell, row=1, chosen=())), sheet="票")), 0)]
    )
    with pymupdf.open(stream=pdf.getvalue(), filetype="pdf") as book:
        assert book[0].get_text().count("→ ×") == 1


def test_lines_are_broken_where_they_must_be() -> None:
    lines = wrap("受付の窓口を平日の昼間に開けていること。", 50.0, 10.0)
    assert len(lines) > 3
    assert "".join(lines) == "受付の窓口を平日の昼間に開けていること。"
    assert all(text_width(line.rstrip("。"), 10.0) <= 50.0 for line in lines)
    assert not any(line.startswith("。") for line in lines)
    assert wrap("一\n\n二", 50.0, 10.0) == ["一", "", "二"]


def test_endless_text_is_cut() -> None:
    lines = wrap("あ" * 1_000_000, 100.0, 10.0, 5)
    assert len(lines) == 5
    assert lines[-1].endswith("…")
    assert text_width(shorten("あ" * 1_000_000, 80.0, 10.0), 10.0) <= 80.0
    assert shorten("三\n行\x1b[31m", 200.0, 10.0) == "三 行 [31m"
