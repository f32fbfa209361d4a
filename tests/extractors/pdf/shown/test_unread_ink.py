"""Ink in answer cells that is no text: told and unclear, never blank and never a yes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy as np
import pymupdf
import pytest
from PIL import Image, ImageDraw

from extractors.pdf.cells.answer_cells import check_cells
from extractors.pdf.cells.apply_check import apply_check
from extractors.pdf.open_file import open_pdf
from extractors.pdf.page.glyph_lines import glyphs_to_lines
from extractors.pdf.shown.read_page import page_to_content
from extractors.pdf.tables.find_tables import content_to_page
from normalizers.answers.classify import Context, read_answer
from tests.extractors.pdf.shown.sheets import Sheet, answers, codes


def _pasted(sheet: Sheet, number: int) -> None:
    drawn = Image.new("RGB", (60, 60), "white")
    ImageDraw.Draw(drawn).ellipse((8, 8, 52, 52), outline="black", width=5)
    stream = BytesIO()
    drawn.save(stream, "png")
    sheet.page.insert_image(
        pymupdf.Rect(315, 83 + 24 * number, 333, 101 + 24 * number), stream=stream.getvalue()
    )


def _ellipse(sheet: Sheet, number: int) -> None:
    sheet.page.draw_oval(pymupdf.Rect(312, 84 + 24 * number, 336, 100 + 24 * number), color=(1, 0, 0))


def _cross(sheet: Sheet, number: int) -> None:
    y = 84 + 24 * number
    sheet.page.draw_line((316, y), (328, y + 14), width=1.5)
    sheet.page.draw_line((328, y), (316, y + 14), width=1.5)


def _pen(sheet: Sheet, number: int) -> None:
    turn = np.linspace(0, 2 * np.pi, 30)
    points = [(float(324 + 8 * np.cos(t)), float(92 + 24 * number + 7 * np.sin(t))) for t in turn]
    sheet.page.add_ink_annot([points])


def _oval_annotation(sheet: Sheet, number: int) -> None:
    sheet.page.add_circle_annot(pymupdf.Rect(312, 84 + 24 * number, 336, 100 + 24 * number))


MEANS: list[Callable[[Sheet, int], None]] = [_pasted, _ellipse, _cross, _pen, _oval_annotation]


@pytest.mark.parametrize("draw", MEANS)
def test_a_mark_that_is_no_text_is_read_or_told_and_unclear(draw: Callable[[Sheet, int], None]) -> None:
    sheet = Sheet().answer(3, "△")
    for number in (1, 2):
        draw(sheet, number)
    document = sheet.read()
    drawn, unread = answers(document)[:2], answers(document).count("▣")
    assert set(drawn) <= {"▣", "×" if draw is _cross else "○"}
    assert answers(document)[2:] == ["△", ""]
    told = [(issue.code, issue.params) for issue in document.issues]
    assert told == ([("ink_not_read", {"count": str(unread)})] if unread else [])
    assert read_answer("▣", Context()).answer == "unclear"


def test_a_scribble_is_no_mark() -> None:
    sheet = Sheet().answer(3, "△")
    for number in (1, 2):
        points = [(308 + 4 * n, 86 + 24 * number + 12 * (n * 7 % 3) / 2) for n in range(11)]
        sheet.page.draw_polyline(points, width=1)
    document = sheet.read()
    assert answers(document) == ["▣", "▣", "△", ""]
    assert [(issue.code, issue.params) for issue in document.issues] == [("ink_not_read", {"count": "2"})]


@pytest.mark.parametrize("draw", MEANS)
def test_a_mark_in_a_column_of_choices_is_no_choice(draw: Callable[[Sheet, int], None]) -> None:
    sheet = Sheet(("No.", "設問", "はい", "いいえ"), (40.0, 70.0, 300.0, 360.0, 420.0))
    sheet.write(320, 120, "✓").write(380, 144, "✓").write(320, 168, "✓")
    draw(sheet, 4)
    document = sheet.read()
    assert answers(document)[:3] == ["✓", "✓", "✓"]
    assert answers(document)[3].strip() in {"▣", "×" if draw is _cross else "○"}
    assert ("▣" in answers(document)[3]) == ("ink_not_read" in codes(document))


def test_what_is_no_mark_is_no_ink() -> None:
    sheet = Sheet().answer(4, "○")
    sheet.page.draw_rect(sheet.cell(1), color=None, fill=(0.8, 0.8, 0.8))
    sheet.page.draw_line((302, 140), (358, 140), width=0.5)
    y = 80 + 24 * 3
    sheet.page.draw_line((300, y), (360, y + 24), width=0.5)
    sheet.page.draw_rect(pymupdf.Rect(300, 104, 330, 128), color=None, fill=(0.7, 0.8, 0.9))
    document = sheet.read()
    assert (answers(document), codes(document)) == (["", "", "", "○"], [])


def test_a_mark_that_is_read_for_sure_comes_as_text_and_an_unsure_one_as_ink(tmp_path: Any) -> None:
    sheet = Sheet().answer(3, "△").answer(4, "○")
    _pasted(sheet, 1)
    _cross(sheet, 2)
    path = tmp_path / "kaito.pdf"
    sheet.book.save(path)
    with open_pdf(path) as book:
        content, view = page_to_content(book.load_page(0))
        page = content_to_page(content)
        shown = apply_check(
            page, view, check_cells(page, content, view), lambda crops, _: ["○", *[None] * (len(crops) - 1)]
        )
    (cells,) = shown.page.cell_glyphs.cells
    texts = ["".join(line.text for line in lines) for lines in glyphs_to_lines(shown.page.glyphs, cells)]
    assert texts[6] == "○"
    assert texts[10] == "▣"
    assert len(shown.unread) == 1
    assert sorted(shown.page.doubts.values()) == ["drawn_mark", "ink_not_read"]


def test_a_table_as_a_picture_is_told() -> None:
    source = Sheet().page.get_pixmap(dpi=80, clip=pymupdf.Rect(30, 70, 560, 210))
    book = pymupdf.open()
    page = book.new_page(width=595, height=420)
    page.insert_text(
        (50, 40), "The answers are in the table below. Please ask if anything is not clear.", fontsize=9
    )
    page.insert_image(pymupdf.Rect(30, 70, 560, 210), pixmap=source)
    sheet = Sheet()
    sheet.book = book
    assert codes(sheet.read()) == ["picture_not_read"]


def test_a_page_whose_letters_are_curves_is_told() -> None:
    sheet = Sheet()
    drawing = sheet.page.get_svg_image(text_as_path=True)
    with pymupdf.open(stream=drawing.encode(), filetype="svg") as drawn:
        outlines = drawn.convert_to_pdf()
    with pymupdf.open(stream=outlines) as more:
        sheet.book.insert_pdf(more)
    document = sheet.read()
    assert [(i.code, i.location.page) for i in document.issues] == [("page_of_outlines", 2)]
