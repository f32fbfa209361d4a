"""Check boxes drawn without any character: squares and buttons, however drawn and ticked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf
import pytest

from extractors.pdf.page.drawn_checkboxes import paths_to_check_boxes
from extractors.pdf.page.paths import page_to_paths
from extractors.pdf.shown.read_page import page_to_content

Draw = Callable[[Any, Any], object]
BOX, OTHER = pymupdf.Rect(40, 40, 49, 49), pymupdf.Rect(140, 40, 149, 49)


@pytest.fixture
def page() -> Any:
    return pymupdf.open().new_page(width=300, height=200)


def _strokes(page: Any, box: Any) -> None:
    for start, end in ((box.tl, box.tr), (box.br, box.tr), (box.br, box.bl), (box.tl, box.bl)):
        page.draw_line(start, end)


def _cross(page: Any, box: Any) -> None:
    page.draw_line(box.tl, box.br)
    page.draw_line(box.tr, box.bl)


OUTLINES: dict[str, Draw] = {
    "rectangle": lambda page, box: page.draw_rect(box),
    "white rectangle": lambda page, box: page.draw_rect(box, fill=(1, 1, 1)),
    "four strokes": _strokes,
    "rounded corners": lambda page, box: page.draw_rect(box, radius=0.2),
}
TICKS: dict[str, Draw] = {
    "check mark": lambda page, box: page.draw_polyline(
        [box.tl + pymupdf.Point(1, 4), box.tl + pymupdf.Point(4, 8), box.tr + pymupdf.Point(1, -1)]
    ),
    "cross": _cross,
    "dark square": lambda page, box: page.draw_rect(box + pymupdf.Rect(2, 2, -2, -2), fill=(0, 0, 0)),
    "filled": lambda page, box: page.draw_rect(box, fill=(0, 0, 0)),
    "curve": lambda page, box: page.draw_bezier(
        box.tl + pymupdf.Point(1, 4),
        box.tl + pymupdf.Point(3, 6),
        box.tl + pymupdf.Point(4, 8),
        box.tr + pymupdf.Point(-1, 1),
    ),
    "ring": lambda page, box: page.draw_circle((box.tl + box.br) / 2, 3.2),
}


def _found(page: Any) -> list[tuple[int, bool]]:
    return [(round(box.box[0]), box.ticked) for box in paths_to_check_boxes(page_to_paths(page))]


@pytest.mark.parametrize("outline", OUTLINES)
@pytest.mark.parametrize("tick", TICKS)
def test_ticked_beside_empty(page: Any, outline: str, tick: str) -> None:
    for box in (BOX, OTHER):
        OUTLINES[outline](page, box)
    TICKS[tick](page, OTHER)
    assert _found(page) == [(40, False), (140, True)]


def test_round_buttons_need_a_filled_one(page: Any) -> None:
    for box in (BOX, OTHER):
        page.draw_circle((box.tl + box.br) / 2, 4.5)
    assert _found(page) == []
    page.draw_circle((BOX.tl + BOX.br) / 2, 2.2, fill=(0, 0, 0))
    assert _found(page) == [(40, True), (140, False)]


def test_square_cells_of_a_table_are_no_boxes(page: Any) -> None:
    for x in range(40, 90, 10):
        page.draw_line((x, 40), (x, 120))
    for y in range(40, 130, 10):
        page.draw_line((40, y), (80, y))
    assert _found(page) == []


def test_square_cell_drawn_by_itself_along_a_rule_is_no_box(page: Any) -> None:
    page.draw_rect(BOX)
    page.draw_line((40, 20), (40, 100))
    assert _found(page) == []


def test_mark_from_a_font_ticks_the_square(page: Any) -> None:
    page.draw_rect(BOX)
    page.insert_text((41, 48), "✓", fontname="japan", fontsize=8)
    assert "".join(page_to_content(page)[0].glyphs.chars).strip() == "■"


@pytest.mark.parametrize("char", ["□", "■", "5", "鍵"])
def test_square_round_a_character_is_no_box(page: Any, char: str) -> None:
    page.draw_rect(BOX)
    page.insert_text((40.5, 48), char, fontname="japan", fontsize=8)
    assert "".join(page_to_content(page)[0].glyphs.chars).strip() == char


def test_edges_of_boxes_are_no_rules(page: Any) -> None:
    for box in (BOX, OTHER):
        page.draw_rect(box)
    rules = page_to_content(page)[0].rules
    assert (rules.horizontal, rules.vertical) == ((), ())


def test_a_pattern_of_small_squares_is_no_list_of_boxes(page: Any) -> None:
    shape = page.new_shape()
    for number in range(1000):
        x, y = 5 + number % 50 * 6.0, 5 + number // 50 * 6.0
        shape.draw_rect((x, y, x + 5, y + 5))
        shape.finish()
    shape.commit()
    assert _found(page) == []
