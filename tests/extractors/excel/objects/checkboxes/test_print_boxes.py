"""Check boxes and option buttons over cells: read as if the form had printed them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment

from extractors.excel.workbook import read_workbook
from extractors.grid import Document
from tests.extractors.excel.drawings import Box, add_controls, small

HEAD = ["番号", "設問", "回答", "備考"]


def _book(tmp_path: Path, rows: Sequence[Sequence[object]], merges: Sequence[str] = ()) -> Path:
    """A list with columns of 30 characters (215 pixels) and rows of 20 pixels, text on top and left."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    for letter in "ABCDEF":
        sheet.column_dimensions[letter].width = 30
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    path = tmp_path / "回答.xlsx"
    book.save(path)
    return path


def _texts(document: Document) -> dict[str, str]:
    return {str(c.location.cells): c.text for c in document.grids[0].cells if c.text.strip()}


def _codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


@pytest.mark.parametrize("parts", ["sheet vml", "vml", "sheet"])
def test_box_alone_in_a_blank_cell(tmp_path: Path, parts: str) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵を替えるか"], ["2", "窓を閉めるか"]])
    add_controls(path, [small(2, 90, 1, state="1"), small(2, 90, 2)], parts)
    document = read_workbook(path)
    texts = _texts(document)
    assert (texts["C2"], texts["C3"]) == ("☑", "□")
    assert _codes(document) == []


def test_captions_are_the_labels_from_left_to_right(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵を替えるか"]])
    boxes = [
        Box((2, 100, 1, 1, 2, 150, 1, 18), "", "無"),
        Box((2, 10, 1, 2, 2, 60, 1, 19), "1", "有"),
        Box((2, 155, 1, 1, 2, 200, 1, 18), "", "対象外<br>（予定）"),
    ]
    add_controls(path, boxes, "sheet vml")
    assert _texts(read_workbook(path))["C2"] == "■有 □無 □対象外\n（予定）"


def test_captions_that_excel_gave_are_none(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵を替えるか"]])
    add_controls(path, [Box((2, 10, 1, 2, 2, 90, 1, 18), "1", "チェック 3")])
    assert _texts(read_workbook(path))["C2"] == "☑"


def test_labels_printed_in_the_cell(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵を替えるか", "　 有　　 無"], ["2", "窓", "有\n無\n対象外"]])
    # 11 points a full width: the first label begins behind 16.5 points, the second behind 55.
    add_controls(
        path,
        [
            *(small(2, 5, 1), small(2, 52, 1, state="1")),
            *(small(2, 0, 2, 0), small(2, 0, 2, 18, "1"), small(2, 0, 2, 36)),
        ],
    )
    texts = _texts(read_workbook(path))
    assert texts["C2"] == "□有　■無"
    assert texts["C3"] == "□有\n■無\n□対象外"


def test_boxes_over_printed_boxes_take_their_places(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵", "□をチェックすること。\n□有　□無"]])
    add_controls(path, [small(2, 2, 1, 20), small(2, 45, 1, 20, "1")])
    assert _texts(read_workbook(path))["C2"] == "□をチェックすること。\n□有　■無"


def test_box_whose_label_is_not_sure_is_no_answer(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵", "有\n無\n一部\n検討"]])
    # One box between two lines: it may be ticked for either.
    add_controls(path, [small(2, 0, 1, 10, "1")])
    document = read_workbook(path)
    cell = next(c for c in document.grids[0].cells if c.location.cells == "C2")
    assert cell.text.startswith("▣\n")
    assert cell.doubt == "box_place"
    assert _codes(document) == ["box_unclear"]


def test_mixed_state_is_told_as_such(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵"]])
    add_controls(path, [Box((2, 10, 1, 2, 2, 90, 1, 18), "2", "有")])
    document = read_workbook(path)
    assert _texts(document)["C2"] == "▣有"
    assert _codes(document) == ["box_unclear"]


def test_two_option_buttons_of_a_group_box_contradict(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵"], ["2", "窓"]])
    add_controls(
        path,
        [
            Box((2, 2, 1, 1, 2, 210, 1, 19), caption="1番", kind="GBox"),
            Box((2, 10, 1, 3, 2, 60, 1, 17), "1", "有", "Radio", first=True),
            Box((2, 100, 1, 3, 2, 150, 1, 17), "1", "無", "Radio"),
            Box((2, 10, 2, 3, 2, 60, 2, 17), "1", "有", "Radio", first=True),
            Box((2, 100, 2, 3, 2, 150, 2, 17), "", "無", "Radio"),
        ],
    )
    document = read_workbook(path)
    texts = _texts(document)
    assert (texts["C2"], texts["C3"]) == ("▣有 ▣無", "■有 □無")
    assert [(c.text, c.doubt) for c in document.grids[0].aside] == [("1番", "drawn_text")]


def test_option_buttons_of_a_cell_without_group_box_contradict(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵"]])
    add_controls(
        path,
        [
            Box((2, 10, 1, 3, 2, 60, 1, 17), "1", "有", "Radio"),
            Box((2, 100, 1, 3, 2, 150, 1, 17), "1", "一部", "Radio"),
        ],
    )
    assert _texts(read_workbook(path))["C2"] == "▣有 ▣一部"


def test_columns_of_choices_keep_their_boxes(tmp_path: Path) -> None:
    path = _book(tmp_path, [["番号", "設問", "適合", "不適合"], ["1", "鍵"], ["2", "窓"]])
    add_controls(
        path, [small(2, 90, 1), small(3, 90, 1, state="1"), small(2, 90, 2, state="1"), small(3, 90, 2)]
    )
    texts = _texts(read_workbook(path))
    assert [texts[c] for c in ("C2", "D2", "C3", "D3")] == ["□", "☑", "☑", "□"]


def test_choices_in_narrow_cells_under_one_header_are_one_answer(tmp_path: Path) -> None:
    rows = [
        ["番号", "設問", "回答"],
        ["1", "鍵", None, "有", None, "無"],
        ["2", "窓", None, "有", None, "無"],
    ]
    path = _book(tmp_path, rows, ["C1:F1"])
    add_controls(
        path, [small(2, 190, 1), small(4, 190, 1, state="1"), small(2, 190, 2, state="1"), small(4, 190, 2)]
    )
    texts = _texts(read_workbook(path))
    assert (texts["C2"], texts["C3"]) == ("□有 ■無", "■有 □無")
    assert "D2" not in texts


def test_labelled_boxes_in_neighbouring_cells_under_one_header_are_one_answer(tmp_path: Path) -> None:
    rows = [["番号", "設問", "回答"], ["1", "鍵", "　 有", "　 無"], ["2", "窓", "　 有", "　 無"]]
    path = _book(tmp_path, rows, ["C1:D1"])
    add_controls(path, [small(2, 3, 1), small(3, 3, 1, state="1"), small(2, 3, 2, state="1"), small(3, 3, 2)])
    texts = _texts(read_workbook(path))
    assert (texts["C2"], texts["C3"]) == ("□有 ■無", "■有 □無")


def test_answers_of_two_respondents_stay_apart(tmp_path: Path) -> None:
    rows = [
        ["番号", "設問", "回答"],
        ["", "", "事業者", "受託者"],
        ["1", "鍵", "　 有", "　 無"],
        ["2", "窓", "　 有", "　 無"],
    ]
    path = _book(tmp_path, rows, ["C1:D1"])
    add_controls(path, [small(2, 3, 2, state="1"), small(3, 3, 2), small(2, 3, 3), small(3, 3, 3, state="1")])
    texts = _texts(read_workbook(path))
    assert [texts[c] for c in ("C3", "D3", "C4", "D4")] == ["■有", "□無", "□有", "■無"]


def test_linked_cells_are_states_and_no_answers(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵", None, None, True], ["2", "窓", False]])
    boxes = [
        Box((2, 10, 1, 2, 2, 60, 1, 18), "1", "対応", link="$E$2"),
        Box((2, 10, 2, 2, 2, 60, 2, 18), "", "対応", link="'Sheet'!C3"),
    ]
    add_controls(path, boxes)
    document = read_workbook(path)
    texts = _texts(document)
    assert (texts["C2"], texts["C3"]) == ("■対応", "□対応")
    assert "E2" not in texts
    assert [(c.text, c.doubt) for c in document.grids[0].aside] == [
        ("TRUE", "linked_state"),
        ("FALSE", "linked_state"),
    ]


def test_linked_cells_of_other_controls_may_be_answers(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵の数", 12], ["2", "窓", None, None, 2]])
    boxes = [
        Box((3, 10, 1, 2, 3, 60, 1, 18), kind="Spin", link="$C$2"),
        Box((2, 10, 2, 2, 2, 60, 2, 18), "", "有", "Radio", link="$E$3"),
        Box((2, 90, 2, 2, 2, 140, 2, 18), "1", "無", "Radio"),
    ]
    add_controls(path, boxes)
    document = read_workbook(path)
    texts = _texts(document)
    assert (texts["C2"], texts["C3"]) == ("12", "□有 ■無")
    assert [c.text for c in document.grids[0].aside] == ["2"]


def test_linked_cell_that_says_otherwise_makes_the_state_unknown(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵", None, None, False]])
    add_controls(path, [Box((2, 10, 1, 2, 2, 60, 1, 18), "1", "対応", link="$E$2")])
    assert _texts(read_workbook(path))["C2"] == "▣対応"


def test_large_empty_control_belongs_where_its_box_is_drawn_if_boxes_stand_there(tmp_path: Path) -> None:
    path = _book(tmp_path, [["番号", "設問", "適合", "理由"], ["1", "鍵"], ["2", "窓"]])
    wide = Box((2, 200, 2, 2, 3, 90, 2, 18), "1")
    add_controls(path, [small(2, 90, 1), wide])
    document = read_workbook(path)
    assert _texts(document)["C3"] == "☑"
    assert _codes(document) == ["box_unclear"]


def test_ticked_control_between_two_columns_of_boxes_is_unclear(tmp_path: Path) -> None:
    path = _book(tmp_path, [["番号", "設問", "適合", "不適合"], ["1", "鍵"], ["2", "窓"]])
    add_controls(path, [small(2, 90, 1), small(3, 90, 1), Box((2, 200, 2, 2, 3, 90, 2, 18), "1")])
    document = read_workbook(path)
    assert "☑" not in _texts(document).values()
    assert _codes(document) == ["box_unclear"]


def test_two_boxes_without_labels_in_one_cell_are_unclear(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵"]])
    add_controls(path, [small(2, 10, 1), small(2, 100, 1, state="1")])
    assert _texts(read_workbook(path))["C2"] == "□ ▣"


def test_lists_and_controls_without_a_place_are_told(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵"]])
    add_controls(
        path,
        [Box((2, 10, 1, 2, 2, 60, 1, 18), kind="Drop"), Box((2, 10, 1, 2, 2, 60, 1, 18), kind="Button")],
    )
    (issue,) = read_workbook(path).issues
    assert (issue.code, dict(issue.params)) == ("controls_not_read", {"count": "1"})


def test_caption_beside_printed_text(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵", "いずれか："]])
    add_controls(
        path,
        [
            Box((2, 90, 1, 2, 2, 130, 1, 18), "1", "有"),
            Box((2, 140, 1, 2, 2, 190, 1, 18), "", "無"),
        ],
    )
    assert _texts(read_workbook(path))["C2"] == "いずれか： ■有 □無"


def test_boxes_in_hidden_rows_stay_there(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵"], ["2", "窓"], ["3", "戸"]])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    book.save(path)
    add_controls(path, [small(2, 9, 1), small(2, 9, 2, state="1"), small(2, 9, 3), small(3, 9, 3)])
    texts = _texts(read_workbook(path))
    assert [texts[c] for c in ("C2", "C3", "C4", "D4")] == ["□", "☑", "□", "□"]
    assert "D3" not in texts


def test_more_boxes_than_any_form_has_are_told(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵"]])
    add_controls(path, [small(2, 9, 1, state="1")] * 4_001, "vml")
    document = read_workbook(path)
    assert "C2" not in _texts(document)
    (issue,) = document.issues
    assert (issue.code, dict(issue.params)) == ("controls_not_read", {"count": "4001"})


def test_many_boxes_over_a_long_text_are_quickly_unclear(tmp_path: Path) -> None:
    path = _book(tmp_path, [HEAD, ["1", "鍵", "有　無　" * 4_000]])
    add_controls(path, [small(2, 9, 1, state="1")] * 300, "vml")
    document = read_workbook(path)
    assert _texts(document)["C2"].startswith("▣ ▣")
    assert _codes(document) == ["box_unclear"]
