"""Plans beside a no, in remarks, and cells that are nothing but a later date; figures that only the remark holds."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.answers.model import AnswerResult
from normalizers.responses.read_responses import read_responses


def _read(question: str, cell: str, remark: str = "") -> AnswerResult:
    row = ItemRow("1", question, cell, remark, "provider", Location())
    return read_responses([row], (), None)[0]


@pytest.mark.parametrize(
    ("cell", "remark", "answer", "day"),
    [
        ("×", "2026年12月予定", "no", dt.date(2026, 12, 1)),
        ("無（2027年4月開始予定）", "", "no", dt.date(2027, 4, 1)),
        ("No. Alarms are planned for December 2026.", "", "no", dt.date(2026, 12, 1)),
        ("×", "来年度から実施予定", "no", None),
    ],
)
def test_a_no_that_will_change(cell: str, remark: str, answer: str, day: dt.date | None) -> None:
    result = _read("検知器を設置していること。", cell, remark)
    assert (result.answer, result.planned, result.planned_date) == (answer, True, day)


@pytest.mark.parametrize("remark", ["対応予定なし", "予定はありません", "検討中", "昨年に廃止"])
def test_no_plan_is_none(remark: str) -> None:
    assert not _read("検知器を設置していること。", "×", remark).planned


def test_a_later_date_alone_is_a_plan_unless_the_date_was_asked() -> None:
    assert _read("検知器の設置", "2027年10月頃").planned_date == dt.date(2027, 10, 1)
    assert _read("直近の点検日", "2027年10月1日").answer == "value"


def test_the_figure_of_the_remark_where_the_item_asks_for_one() -> None:
    result = _read("控えの世代数", "○", "14世代")
    assert result.value is not None
    assert (result.value.number, result.value_origin) == (14.0, "remarks")
    assert _read("控えを取っていること。", "○", "14世代").value is None


@pytest.mark.parametrize(
    ("cell", "answer"), [("\ufeff有", "yes"), ("○\u200b", "yes"), ("#REF!", "unclear"), ("#N/A", "unclear")]
)
def test_what_nobody_sees_hides_no_answer_and_errors_are_none(cell: str, answer: str) -> None:
    assert _read("検知器を設置していること。", cell).answer == answer
