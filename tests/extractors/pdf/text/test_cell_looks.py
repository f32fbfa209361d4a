"""What a PDF says of its cells besides texts: lists and prompts of fields, grounds as painted, bold characters."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from extractors.looks import PLAIN, Look
from extractors.pdf.page.content import PageLooks
from extractors.pdf.page.form_fields import FormField
from extractors.pdf.page.paths import VectorPath, paths_to_grounds
from extractors.pdf.reader import read_pdf
from extractors.pdf.text.cell_looks import cell_looks
from tests.extractors.pdf.prints import Print

LEFT, RIGHT = (10.0, 10.0, 100.0, 30.0), (100.0, 10.0, 200.0, 30.0)
PAGE = (0.0, 0.0, 400.0, 300.0)
YELLOW, GREY = "FFF2CC", "D9D9D9"


@pytest.mark.parametrize(
    ("grounds", "fills"),
    [
        ([(LEFT, YELLOW)], [YELLOW, None]),
        ([((12.0, 8.0, 98.0, 31.0), YELLOW)], [YELLOW, None]),
        ([((10.0, 10.0, 60.0, 30.0), YELLOW)], [None, None]),
        ([(PAGE, GREY), (RIGHT, YELLOW)], [GREY, YELLOW]),
        ([(RIGHT, YELLOW), (PAGE, GREY)], [GREY, GREY]),
        ([(PAGE, GREY), (RIGHT, "FFFFFF")], [GREY, None]),
        ([], [None, None]),
    ],
)
def test_the_area_painted_last_is_the_ground(
    grounds: list[tuple[tuple[float, ...], str]], fills: list[str | None]
) -> None:
    page = PageLooks((FormField(PAGE, locked=True),), tuple(grounds))  # type: ignore[arg-type]
    assert [look.fill for look in cell_looks([LEFT, RIGHT], [1, 1], page, ruled=False)] == fills


def test_a_field_tells_of_its_cell_and_locks_the_others() -> None:
    listed = FormField((110.0, 12.0, 190.0, 28.0), ("可", "否"), "選択してください")
    looks = cell_looks([LEFT, RIGHT], [2, 0], PageLooks((listed,)), ruled=True)
    assert looks == [
        Look(writable=False, bordered=True),
        Look(("可", "否"), writable=True, bordered=True, prompt="選択してください"),
    ]


def test_a_cell_is_bold_where_half_of_its_characters_are() -> None:
    bold = ((12.0, 12.0, 20.0, 20.0), (20.0, 12.0, 28.0, 20.0), (110.0, 12.0, 118.0, 20.0))
    looks = cell_looks([LEFT, RIGHT], [3, 3], PageLooks(bold=bold), ruled=False)
    assert [look.bold for look in looks] == [True, False]


def test_a_page_that_says_nothing_has_plain_cells() -> None:
    assert cell_looks([LEFT, RIGHT], [1, 1], PageLooks(), ruled=False) == [PLAIN, PLAIN]


def test_a_page_of_more_areas_than_any_sheet_has_no_grounds() -> None:
    painted = [VectorPath(LEFT, False, 0.5, (), (LEFT,), 0, (1.0, 0.5, 0.5))]
    assert paths_to_grounds(painted) == ((LEFT, "FF8080"),)
    assert paths_to_grounds(painted * 6_000) == ()
    assert paths_to_grounds([VectorPath(LEFT, False, 1.0, (), (LEFT,), 0, (1.0, 1.0, 1.0))]) == ()


def test_a_form_in_a_file_tells_its_lists_and_grounds(tmp_path: Path) -> None:
    path = tmp_path / "様式.pdf"
    sheet = Print(path)
    for x, colour in ((20, "#D9D9D9"), (260, "#FFF2CC")):
        sheet.canvas.setFillColor(colour)
        sheet.canvas.rect(x, 300 - 90, 240 if x == 20 else 120, 40, stroke=0, fill=1)
    sheet.canvas.setFillColor("#000000")
    sheet.rules([20, 260, 380], [50, 90, 130]).text(30, 75, "入退室の記録を残しているか").text(
        30, 115, "鍵の台帳はあるか"
    )
    sheet.canvas.save()
    with pymupdf.open(path) as book:
        widget = pymupdf.Widget()
        widget.field_type, widget.field_name = pymupdf.PDF_WIDGET_TYPE_COMBOBOX, "kaito"
        widget.choice_values, widget.field_label = ["Yes", "No"], "select"
        widget.rect = pymupdf.Rect(264, 94, 376, 126)
        book[0].add_widget(widget)
        book.saveIncr()
    looks = read_pdf(path).grids[0].looks
    assert looks.at(0, 0) == Look(writable=False, fill="D9D9D9", bordered=True)
    assert looks.at(0, 1) == Look(writable=False, fill="FFF2CC", bordered=True)
    assert looks.at(1, 1) == Look(("Yes", "No"), writable=True, bordered=True, prompt="select")
