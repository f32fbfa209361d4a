"""Boxes over printed labels: which label each geometries before, whatever font the lines are set in."""

from __future__ import annotations

import pytest

from extractors.excel.objects.checkboxes.placement import boxes_to_slots
from extractors.excel.objects.checkboxes.text_slots import text_to_slots, with_boxes
from extractors.excel.objects.circled_choices import ringed_choices
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.location import Box

SETTING = TextSetting(10.0, "left", "top", wrapped=True)
FORM = "次のどれかを選ぶこと。\n　　 実施する　　 実施しない\n　　 対象外（理由：　　　　）\n備考：特になし"


def _box(x: float, y: float) -> Box:
    return (x, y, x + 11, y + 10)


def _labels(
    text: str, boxes: list[Box], setting: TextSetting = SETTING, width: float = 300.0, height: float = 80.0
) -> list[str] | None:
    slots = boxes_to_slots(text, boxes, [True] * len(boxes), (0.0, 0.0, width, height), setting)
    return None if slots is None else [text[slot.index : slot.index + 5] for slot in slots]


@pytest.mark.parametrize("pitch", [10.0, 12.0, 13.5, 15.0, 17.0])
def test_boxes_fit_whatever_the_distance_of_lines(pitch: float) -> None:
    boxes = [_box(14, pitch), _box(80, pitch), _box(14, 2 * pitch)]
    assert _labels(FORM, boxes) == ["実施する　", "実施しない", "対象外（理"]


@pytest.mark.parametrize("lines", [1, 2])
def test_boxes_fit_where_more_lines_wrap_than_thought(lines: int) -> None:
    boxes = [_box(14, 12.0 * (1 + lines)), _box(80, 12.0 * (1 + lines)), _box(14, 12.0 * (2 + lines))]
    assert _labels(FORM, boxes) == ["実施する　", "実施しない", "対象外（理"]


def test_one_tick_before_the_second_label_of_a_line() -> None:
    assert _labels(FORM, [_box(80, 12)]) == ["実施しない"]


def test_boxes_behind_their_labels() -> None:
    # 有 ends at 12 points, 無 begins at 32 and ends at 42.
    assert _labels("有　　無", [_box(13, 1), _box(43, 1)]) == ["有　　無", "無"]
    assert _labels("有　　無　　※別紙", [_box(13, 1), _box(43, 1)]) is None
    assert _labels("選択：　　無　　※別紙", [_box(38, 1), _box(70, 1)]) == ["無　　※別", "※別紙"]
    assert _labels("任意　　 無　　 有", [_box(34, 1), _box(70, 1)]) == ["無　　 有", "有"]


def test_box_far_from_every_label_fits_none() -> None:
    assert _labels(FORM, [_box(250, 300)], height=400.0) is None


def test_box_between_two_lines_fits_none() -> None:
    assert _labels("有\n無\n未定\n検討", [_box(0, 6)]) is None


def test_more_boxes_than_labels_fit_none() -> None:
    assert _labels("有　無", [_box(0, 0), _box(20, 0), _box(40, 0)]) is None


@pytest.mark.parametrize("across", ["left", "center", "right"])
@pytest.mark.parametrize("down", ["top", "center", "bottom"])
def test_alignment(across: str, down: str) -> None:
    setting = TextSetting(10.0, across, down)
    left = {"left": 2.0, "center": 65.0, "right": 128.0}[across]
    top = {"top": 1.0, "center": 29.0, "bottom": 57.0}[down]
    text = "　　有　　　　無"  # 80 points; 無 begins behind 70
    assert _labels(text, [_box(left + 58, top)], setting, width=210.0, height=70.0) == ["無"]


def test_room_before_a_label_is_taken_by_its_box() -> None:
    slots, widths = text_to_slots("　　 有（　 一部）　無", 300.0, SETTING)
    assert [slot.room for slot in slots] == [25.0, 15.0, 10.0]
    assert len(widths) == 1
    assert with_boxes("　　 有（　 一部）　無", slots, ["■", "□", "□"]) == "　■有（□一部） □無"


def test_ring_over_the_second_line_of_choices() -> None:
    setting = TextSetting(10.0, "left", "top")
    ring = (30.0, 13.0, 46.0, 25.0)
    assert ringed_choices("有 ・ 無\n可 ・ 否", ring, (0.0, 0.0, 100.0, 30.0), setting) == ("否",)
    assert ringed_choices("有 ・ 無" * 2_000, ring, (0.0, 0.0, 100.0, 30.0), setting) == ()
