"""Rules of a page: however they are drawn, one printed rule is one rule."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest

from extractors.pdf.page.paths import page_to_paths
from extractors.pdf.page.rules import Rule, merge_rules, paths_to_rules


@pytest.fixture
def page() -> Any:
    return pymupdf.open().new_page(width=400, height=300)


def _round(rules: tuple[Rule, ...]) -> list[tuple[int, int, int]]:
    return [(round(r.at), round(r.start), round(r.end)) for r in rules]


def test_strokes_in_both_directions(page: Any) -> None:
    page.draw_line((10, 20), (200, 20))
    page.draw_line((200, 150), (200, 20))
    rules = paths_to_rules(page_to_paths(page))
    assert _round(rules.horizontal) == [(20, 10, 200)]
    assert _round(rules.vertical) == [(200, 20, 150)]


def test_slanted_strokes_are_no_rules(page: Any) -> None:
    page.draw_line((10, 20), (200, 120))
    rules = paths_to_rules(page_to_paths(page))
    assert (rules.horizontal, rules.vertical) == ((), ())


def test_frame_gives_its_four_borders(page: Any) -> None:
    page.draw_rect((10, 20, 110, 60))
    rules = paths_to_rules(page_to_paths(page))
    assert _round(rules.horizontal) == [(20, 10, 110), (60, 10, 110)]
    assert _round(rules.vertical) == [(10, 20, 60), (110, 20, 60)]


def test_thin_filled_boxes_are_rules(page: Any) -> None:
    page.draw_rect((10, 20, 200, 20.6), color=None, fill=(0, 0, 0))
    page.draw_rect((50, 20, 51, 90), color=None, fill=(0, 0, 0))
    rules = paths_to_rules(page_to_paths(page))
    assert _round(rules.horizontal) == [(20, 10, 200)]
    assert _round(rules.vertical) == [(50, 20, 90)]


def test_shading_is_no_rule(page: Any) -> None:
    page.draw_rect((10, 20, 200, 60), color=None, fill=(0.8, 0.8, 0.9))
    rules = paths_to_rules(page_to_paths(page))
    assert (rules.horizontal, rules.vertical) == ((), ())


def test_white_cover_is_no_rule(page: Any) -> None:
    page.draw_rect((10, 20, 200, 21), color=None, fill=(1, 1, 1))
    assert paths_to_rules(page_to_paths(page)).horizontal == ()


def test_doubled_rules_are_one(page: Any) -> None:
    page.draw_line((10, 20), (200, 20))
    page.draw_line((10, 21.5), (200, 21.5))
    assert len(paths_to_rules(page_to_paths(page)).horizontal) == 1


def test_rules_of_two_tight_rows_stay_two(page: Any) -> None:
    page.draw_line((10, 20), (200, 20))
    page.draw_line((10, 30), (200, 30))
    assert len(paths_to_rules(page_to_paths(page)).horizontal) == 2


def test_rules_broken_at_every_cell_are_one(page: Any) -> None:
    for x in range(10, 210, 50):
        page.draw_line((x, 20), (x + 50, 20))
    assert _round(paths_to_rules(page_to_paths(page)).horizontal) == [(20, 10, 210)]


def test_dashed_rule_drawn_in_pieces_is_one(page: Any) -> None:
    for x in range(10, 210, 5):
        page.draw_line((x, 20), (x + 2, 20))
    for y in range(20, 120, 4):
        page.draw_line((10, y), (10, y + 1))
    rules = paths_to_rules(page_to_paths(page))
    assert _round(rules.horizontal) == [(20, 10, 207)]
    assert _round(rules.vertical) == [(10, 20, 117)]


def test_dashed_rule_of_one_stroke(page: Any) -> None:
    page.draw_line((10, 20), (200, 20), dashes="[2 2] 0")
    assert _round(paths_to_rules(page_to_paths(page)).horizontal) == [(20, 10, 200)]


def test_rules_far_apart_on_one_line_stay_two(page: Any) -> None:
    page.draw_line((10, 20), (100, 20))
    page.draw_line((150, 20), (250, 20))
    assert _round(paths_to_rules(page_to_paths(page)).horizontal) == [(20, 10, 100), (20, 150, 250)]


def test_dots_are_no_rules(page: Any) -> None:
    page.draw_line((10, 20), (13, 20))
    assert paths_to_rules(page_to_paths(page)).horizontal == ()


@pytest.mark.parametrize(
    ("rotation", "horizontal", "vertical"),
    [
        (0, [(20, 10, 200)], [(10, 20, 120)]),
        (90, [(10, 180, 280)], [(280, 10, 200)]),
        (180, [(280, 200, 390)], [(390, 180, 280)]),
        (270, [(390, 20, 120)], [(20, 200, 390)]),
    ],
)
def test_rotated_pages_are_seen_upright(
    page: Any, rotation: int, horizontal: list[tuple[int, int, int]], vertical: list[tuple[int, int, int]]
) -> None:
    page.draw_line((10, 20), (200, 20))
    page.draw_line((10, 20), (10, 120))
    page.set_rotation(rotation)
    rules = paths_to_rules(page_to_paths(page))
    assert _round(rules.horizontal) == horizontal
    assert _round(rules.vertical) == vertical


def test_merge_needs_no_order() -> None:
    pieces = [Rule(50.0, 60, 110), Rule(50.4, 10, 58), Rule(20.0, 0, 5), Rule(49.8, 100, 160)]
    assert _round(merge_rules(pieces)) == [(20, 0, 5), (50, 10, 160)]


def test_merge_drops_what_stays_short() -> None:
    assert merge_rules([Rule(10.0, 0.0, 3.0), Rule(10.0, 20.0, 24.0)]) == ()


def test_outlines_filled_thin_are_rules(page: Any) -> None:
    shape = page.new_shape()
    shape.draw_polyline(
        [(20.4, 50.4), (20, 50), (20.4, 49.6), (180, 49.6), (180.4, 50), (180, 50.4), (20.4, 50.4)]
    )
    shape.finish(fill=(0, 0, 0), color=None)
    shape.commit()
    rules = paths_to_rules(page_to_paths(page))
    assert _round(rules.horizontal) == [(50, 20, 180)]
    assert rules.vertical == ()


def test_a_filled_triangle_is_no_rule(page: Any) -> None:
    shape = page.new_shape()
    shape.draw_polyline([(20, 20), (60, 20), (40, 60), (20, 20)])
    shape.finish(fill=(0, 0, 0), color=None)
    shape.commit()
    rules = paths_to_rules(page_to_paths(page))
    assert (rules.horizontal, rules.vertical) == ((), ())


def test_thin_white_areas_stand_apart_from_what_is_seen(page: Any) -> None:
    page.draw_rect((10, 50, 200, 51), color=None, fill=(1, 1, 1))
    page.draw_rect((100, 20, 101, 80), color=None, fill=(1, 1, 1))
    page.draw_line((10, 80), (200, 80))
    rules = paths_to_rules(page_to_paths(page))
    assert _round(rules.horizontal) == [(80, 10, 200)]
    assert [_round(part) for part in rules.white] == [[(50, 10, 200)], [(100, 20, 80)]]
    assert _round(rules.with_white().horizontal) == [(50, 10, 200), (80, 10, 200)]
