"""What a sheet says about itself: title, vendor, service, date, legend."""

from __future__ import annotations

import pytest

from extractors.checklist.model import Meta
from extractors.checklist.outside_tables.legend_lines import legend_lines, legend_marks
from extractors.checklist.outside_tables.metadata import read_metadata, title_of
from tests.extractors.grids import found_in, grid_of, hide, lined


def _meta(drawing: str) -> Meta:
    return read_metadata(grid_of(lined(drawing)).cells)


def test_labels_with_values_in_the_same_cell() -> None:
    meta = _meta("架空の安全表\n会社名：㈱架空堂\n■サービス名: カクウ帳\n記入日：2026年6月5日")
    assert meta == Meta("㈱架空堂", "カクウ帳", "架空の安全表", "2026年6月5日")


def test_labels_with_values_in_the_next_cell() -> None:
    meta = _meta("事業者名 | 架空堂株式会社\nシステム名： | カクウ帳\n回答日 | 2026/6/5")
    assert (meta.vendor, meta.service, meta.date) == ("架空堂株式会社", "カクウ帳", "2026/6/5")


def test_several_labels_in_one_cell() -> None:
    meta = _meta("会社名：架空堂\\nサービス名：カクウ帳")
    assert (meta.vendor, meta.service) == ("架空堂", "カクウ帳")


@pytest.mark.parametrize(
    "value", ["", "＿＿＿＿", "○○株式会社", "（記入してください）", "サービス名", "年　月　日"]
)
def test_placeholders_are_no_values(value: str) -> None:
    assert _meta(f"会社名 | {value} | 担当").vendor is None


def test_first_telling_counts() -> None:
    assert _meta("会社名：架空堂\n会社名：夢見野").vendor == "架空堂"


@pytest.mark.parametrize(
    "text",
    [
        "安全表 第3版（2026年6月5日）", "安全表 第3版（2026年6月）", "安全表 2025年3月7日版",
        "更新日：2025年3月7日改訂",
        "鍵は2026年6月5日に替えた", "改訂日：2025年3月7日",
    ],
)  # fmt: skip
def test_the_day_of_an_edition_is_none(text: str) -> None:
    assert _meta(text).date is None


def test_the_day_of_answering_counts_before_that_of_the_paper() -> None:
    assert _meta("作成日：2026年4月1日\n回答日：2026年6月5日").date == "2026年6月5日"
    assert _meta("作成日：2026年4月1日\n回答日：　年　月　日").date == "2026年4月1日"


def test_several_labels_on_one_line_and_values_behind_a_space() -> None:
    meta = _meta("回答日：2026年6月5日　会社名：㈱架空堂　サービス名：カクウ帳")
    assert (meta.date, meta.vendor, meta.service) == ("2026年6月5日", "㈱架空堂", "カクウ帳")
    assert _meta("受託者名　架空堂").vendor == "架空堂"
    assert _meta("委託先：　株式会社架空堂").vendor == "株式会社架空堂"
    assert _meta("会社名のとおりに書く").vendor is None


@pytest.mark.parametrize(
    "line",
    [
        "会社名：株式会社カクウ　作業内容：ビラの印刷　点検日：2026年6月1日",
        "受託者名：株式会社カクウ　　印刷部　　2026年6月1日",
        "まぼろし産業株式会社　購買部　／　貴社名：株式会社カクウ",
        "ご回答会社：株式会社カクウ　／　整理番号：A-12",
        "部署：印刷部　　サービス名：カクウ帳　　提供者：株式会社カクウ",
        "会社名 | 株式会社カクウ　部門：印刷部",
    ],
)
def test_a_name_ends_where_something_else_is_told(line: str) -> None:
    assert _meta(f"架空の安全表\n{line}").vendor == "株式会社カクウ"


def test_a_contractor_is_the_vendor_where_no_other_label_names_one() -> None:
    assert _meta("受託者名：夢見野\n会社名：架空堂").vendor == "架空堂"
    assert _meta("委託先：未定").vendor is None


def test_values_under_their_labels() -> None:
    meta = _meta("会社名 | 回答日 | 担当\n株式会社架空堂 | 2026/6/5 | 見本花子")
    assert (meta.vendor, meta.date) == ("株式会社架空堂", "2026/6/5")


@pytest.mark.parametrize(
    ("drawing", "title"),
    [
        ("※注意\n会社名：架空堂\n架空の安全表", "架空の安全表"),
        ("鍵を見ること。\n架空の安全表", "架空の安全表"),
        ("架空の安全表\\n（第3版）", "架空の安全表"),
        ("表", None),
    ],
)
def test_title(drawing: str, title: str | None) -> None:
    assert title_of(grid_of(lined(drawing)).cells) == title


def test_hidden_cells_are_no_title() -> None:
    grid = hide(grid_of(lined("旧い安全表\n架空の安全表")), rows=[0])
    assert title_of(grid.cells) == "架空の安全表"


def test_legend_in_one_line() -> None:
    line = "凡例 ○：ある ×：ない △：春から"
    assert legend_lines(grid_of([["架空の安全表"], [line], ["鍵：夜も"]]).cells) == [line]
    assert legend_marks([line]) == {"○", "×", "△"}


def test_legend_of_numbers_and_letters() -> None:
    assert legend_marks(["選択肢 1:はい 2:いいえ"]) == {"1", "2"}
    assert legend_marks(["A：ある、B：ない"]) == {"A", "B"}


def test_legend_as_a_table() -> None:
    cells = grid_of(lined("記号 | 意味\n◯ | 毎晩掛けている\n✕ | 掛けていない\n△ | 春から掛ける")).cells
    assert legend_lines(cells) == ["◯：毎晩掛けている", "✕：掛けていない", "△：春から掛ける"]


def test_one_mark_beside_a_text_is_no_legend() -> None:
    assert legend_lines(grid_of(lined("○ | 毎晩掛けている")).cells) == []


def test_side_legend_table_belongs_to_the_list() -> None:
    (checklist,) = found_in("""
番号 | 設問 | 回答 | 備考 | | 記号 | 意味
1 | 鍵を掛けているか | ○ | 夜も | | ○ | 毎晩している
2 | 戸を閉めているか | × | 予定 | | × | していない
3 | 窓を閉めているか | △ | 春から | | △ | 相談による
""").checklists
    assert checklist.legend_lines == ("○：毎晩している", "×：していない", "△：相談による")
    assert [(row.answer, row.remarks) for row in checklist.rows] == [
        ("○", "夜も"),
        ("×", "予定"),
        ("△", "春から"),
    ]


def test_vendor_and_legend_over_a_list() -> None:
    found = found_in("""
架空の安全表 | < | <
会社名：架空堂 | < | <
○：ある ×：ない | < | <
番号 | 設問 | 回答
1 | 鍵を掛けているか | ○
2 | 戸を閉めているか | ×
""")
    assert (found.meta.vendor, found.meta.title) == ("架空堂", "架空の安全表")
    assert found.checklists[0].legend_lines == ("○：ある ×：ない",)
    assert found.checklists[0].title == "架空の安全表"


@pytest.mark.parametrize(
    ("line", "vendor"),
    [
        ("提案者：株式会社架空堂", "株式会社架空堂"),
        ("回答者：架空堂株式会社", "架空堂株式会社"),
        ("回答者：架空 太郎", None),
        ("受託者：株式会社架空堂", "株式会社架空堂"),
    ],
)
def test_who_answers_is_the_vendor_where_a_company_answers(line: str, vendor: str | None) -> None:
    found = found_in(f"{line}\n番号 | 設問 | 回答\n1 | 鍵を掛けているか | ○\n2 | 窓を閉めているか | ×")
    assert found.meta.vendor == vendor
