"""What is done to the picture of a page before anything is read: cuts between pieces, dark headers, stretched pixels, boxes."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from PIL import Image

from extractors.scan.check_squares import EMPTY, MIXED, TICKED, drawn_boxes
from extractors.scan.picture.dark_headers import through_dark_headers
from extractors.scan.picture.ink_parts import InkPart
from extractors.scan.picture.page_pictures import load_pages
from extractors.scan.picture.rule_runs import find_rules
from extractors.scan.picture.xy_cut import find_lines

EM = 20.0
DPI = 200


def test_a_number_half_way_between_two_lines_is_not_cut() -> None:
    ink = np.zeros((60, 400), bool)
    ink[0:20, 60:300] = ink[28:48, 60:200] = True  # the two lines of a question
    ink[14:34, 0:12] = True  # its number, in the middle of the row
    assert sorted(find_lines(ink, EM)) == [(0, 14, 12, 34), (60, 0, 300, 20), (60, 28, 200, 48)]


def _header(named: bool) -> np.ndarray:
    """Three columns under a dark band, with names in white where it is `named`."""
    ink = np.zeros((300, 700), bool)
    ink[20:80, 20:660] = True
    for y in (140, 200, 260):
        ink[y : y + 3, 20:660] = True
    for x in (20, 240, 460, 657):
        ink[80:263, x : x + 3] = True
    for left in (40, 260, 480) if named else (40,):
        ink[40:60, left : left + 60 : 2] = False
    return ink


def _starts(ink: np.ndarray) -> list[int]:
    rules = through_dark_headers(find_rules(ink, DPI), ink, DPI)
    return [rule.start for rule in rules.upright if 100 < rule.at < 600]


def test_rules_go_on_through_a_dark_header() -> None:
    assert all(start < 30 for start in _starts(_header(named=True)))


def test_a_dark_heading_of_one_text_stays_one_cell() -> None:
    assert all(start > 70 for start in _starts(_header(named=False)))


def test_the_lines_of_a_coarse_fax_are_as_far_apart_as_its_dots() -> None:
    stream = BytesIO()
    Image.new("1", (1728, 1146), 1).save(stream, "TIFF", dpi=(204, 98))
    (page,) = load_pages(stream)
    height, width = page.pixels.shape
    assert round(height / width, 1) == 1.4
    assert round(page.dpi) == 204


def _marks(inside: int) -> list[str]:
    """What a black box and one with the shade `inside` are taken for."""
    flat = np.full((60, 120), 250, np.uint8)
    flat[20:40, 20:40] = flat[20:40, 80:100] = 20
    flat[22:38, 82:98] = inside
    boxes = [(20, 20, 40, 40), (80, 20, 100, 40)]
    return [
        box.mark
        for box in drawn_boxes(flat, [(InkPart(n, box, 150), box) for n, box in enumerate(boxes, 1)], EM)
    ]


def test_a_box_with_nothing_in_it_is_empty_and_one_with_a_shade_is_not_sure() -> None:
    assert _marks(248) == [TICKED, EMPTY]
    assert _marks(200) == [TICKED, MIXED]
