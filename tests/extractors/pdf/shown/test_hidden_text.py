"""What nobody sees on a page is no answer, and is told; what everybody sees is one, however it is painted."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pymupdf
import pytest
from PIL import Image

from extractors.pdf.reader import read_pdf
from tests.extractors.pdf.shown.sheets import Sheet, answers, codes, hidden, remarks

WHITE, BLUE, BLACK = (1, 1, 1), (0.1, 0.2, 0.6), (0, 0, 0)


def _written(**how: Any) -> Callable[[Sheet], None]:
    def write(sheet: Sheet) -> None:
        for number in range(1, 5):
            sheet.answer(number, "○", **how)

    return write


def _under_a_picture(sheet: Sheet) -> None:
    for number in range(1, 5):
        sheet.answer(number, "○")
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 10, 10), False)
    pixels.clear_with(255)
    for number in range(1, 5):
        sheet.page.insert_image(sheet.cell(number), pixmap=pixels, keep_proportion=False)


def _under_a_bar(sheet: Sheet) -> None:
    for number in range(1, 5):
        sheet.answer(number, "○")
        sheet.page.draw_rect(sheet.cell(number), color=None, fill=BLACK)


def _under_an_annotation(sheet: Sheet) -> None:
    for number in range(1, 5):
        sheet.answer(number, "○")
        cover = sheet.page.add_rect_annot(sheet.cell(number))
        cover.set_colors(stroke=WHITE, fill=WHITE)
        cover.update()


def _on_a_layer_that_is_off(sheet: Sheet) -> None:
    layer = sheet.book.add_ocg("下書き", on=False)
    for number in range(1, 5):
        sheet.answer(number, "○", oc=layer)


def _in_black_on_black(sheet: Sheet) -> None:
    for number in range(1, 5):
        sheet.page.draw_rect(sheet.cell(number), color=None, fill=BLACK)
        sheet.answer(number, "○")


@pytest.mark.parametrize(
    "condition",
    [
        _written(color=WHITE),
        _written(color=(0.97, 0.98, 0.99)),
        _written(fill_opacity=0.0),
        _written(fill_opacity=0.02),
        _written(render_mode=3),
        _written(size=0.4),
        _under_a_picture,
        _under_a_bar,
        _under_an_annotation,
        _in_black_on_black,
    ],
)
def test_a_mark_that_nobody_sees_is_no_answer(condition: Callable[[Sheet], None]) -> None:
    sheet = Sheet().remark(2, "来期に行う")
    condition(sheet)
    document = sheet.read()
    assert answers(document) == ["", "", "", ""]
    assert remarks(document)[1] == "来期に行う"
    assert (codes(document), set(hidden(document))) == (["hidden_text"], {"○"})


def test_what_stands_on_a_layer_that_is_off_is_not_read_and_told() -> None:
    sheet = Sheet()
    _on_a_layer_that_is_off(sheet)
    document = sheet.read()
    assert (answers(document), codes(document)) == ([""] * 4, ["layers_hidden"])


def test_white_on_a_coloured_ground_and_pale_on_white_are_seen() -> None:
    sheet = Sheet()
    for number in (1, 2):
        sheet.page.draw_rect(sheet.cell(number), color=None, fill=BLUE)
        sheet.answer(number, "×", color=WHITE)
    document = sheet.answer(3, "△", color=(0.6, 0.6, 0.6)).answer(4, "○", color=(0.9, 0.9, 0.2)).read()
    assert (answers(document), codes(document)) == (["×", "×", "△", "○"], [])


def test_white_on_a_picture_is_seen() -> None:
    sheet = Sheet()
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 10, 10), False)
    pixels.clear_with(90)
    sheet.page.insert_image(sheet.cell(1), pixmap=pixels, keep_proportion=False)
    assert answers(sheet.answer(1, "×", color=WHITE).read())[0] == "×"


@pytest.mark.parametrize("shift", [0.0, 3.0, 14.0])
def test_an_answer_that_is_whited_out_and_typed_anew_is_the_new_one(shift: float) -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.answer(number, "○")
    for number in (2, 3):
        sheet.page.draw_rect(sheet.cell(number), color=None, fill=WHITE)
        sheet.write(sheet.xs[2] + 6 + shift, 80 + 24 * number + 16, "×")
    document = sheet.read()
    assert answers(document) == ["○", "×", "×", "○"]
    assert codes(document) == ["hidden_text"]


def test_a_ground_that_is_painted_before_its_text_hides_nothing() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.page.draw_rect(sheet.cell(number), color=None, fill=WHITE if number % 2 else (0.9, 0.95, 1))
        sheet.answer(number, "○")
    document = sheet.read()
    assert (answers(document), codes(document)) == (["○"] * 4, [])


def test_a_seal_on_a_transparent_ground_hides_nothing() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.answer(number, "○")
    seal = BytesIO()
    Image.new("RGBA", (40, 20), (200, 0, 0, 0)).save(seal, "png")
    sheet.page.insert_image(sheet.cell(2), stream=seal.getvalue(), keep_proportion=False)
    assert answers(sheet.read()) == ["○"] * 4


def test_an_invisible_copy_of_what_is_seen_is_nothing_to_tell() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.answer(number, "○").answer(number, "○", render_mode=3)
    document = sheet.read()
    assert (answers(document), codes(document)) == (["○"] * 4, [])


@pytest.mark.parametrize(
    ("seconds", "issues"),
    [(0.0, ["scan_skipped", "text_layer_not_trusted"]), (60.0, ["read_from_pictures"])],
    ids=["scans left alone", "scans read"],
)
def test_a_text_layer_over_a_scan_is_not_trusted(seconds: float, issues: list[str]) -> None:
    sheet = Sheet()
    drawn = sheet.page.get_pixmap(dpi=100)
    scan = pymupdf.open()
    page = scan.new_page(width=595, height=420)
    page.insert_image(page.rect, pixmap=drawn)
    page.insert_font("jp", fontbuffer=pymupdf.Font("cjk").buffer)
    for number in range(1, 9):
        page.insert_text(
            (40, 40 * number), f"{number} 鍵は毎晩掛けていますか O", fontname="jp", render_mode=3
        )
    document = read_pdf(BytesIO(scan.tobytes()), scan_seconds=seconds)
    assert codes(document) == issues
    assert set(answers(document)) <= {""}  # the answers of the sheet are blank, the layer says O
    assert len(hidden(document)) == (8 if seconds else 0)


def test_a_hidden_remark_is_told_and_takes_no_yes_back() -> None:
    document = Sheet().answer(1, "○").remark(1, "上位プランのみ", color=WHITE).read()
    assert (answers(document)[0], remarks(document)[0]) == ("○", "")
    assert hidden(document) == ["上位プランのみ"]


def test_a_font_that_the_file_does_not_carry_proves_nothing() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        point = (sheet.xs[2] + 6, 80 + 24 * number + 16)
        sheet.page.insert_text(point, "\u2713", fontname="japan", fontsize=9)
    assert codes(sheet.read()) == []
