"""A remembered reading is the same as one made anew: what is left out of its key does not matter to any rule."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from normalizers.answers.classify import narrowed, read_anew, read_answer
from normalizers.answers.legend import legend_answers
from normalizers.answers.model import Context
from normalizers.legends.parse_legend import parse_legend

_PARTS = st.sampled_from(
    [
        "○", "〇", "×", "△", "―", "有", "無", "はい", "A", "ｂ", "1", "２", "99.9", "4", "3世代", "2028年", "令和10年4月", "から",
        "導入", "■", "□", "▣", "適合", "不適合", "（", "）", "、", "。", " ", "・", "予定", "実施",
        "しています", "していません", "のみ",
        "約", "以上", "該当なし", "通信を", "暗号化", "R10.4", "元", "時間", "規定なし", "同上", "です", "9:00～18:00", "％",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PARTS, max_size=5).map("".join)
_LEGENDS = [
    "", "○：未対応 ×：対応", "A：対応 B：未対応", "1：はい 2：いいえ", "◎：実施済 ○：一部実施 ×：未実施", "有：全て 無：一部",
]  # fmt: skip
_CONTEXTS = st.builds(
    Context,
    legend=st.sampled_from(_LEGENDS).map(lambda line: legend_answers(parse_legend([line]) if line else ())),
    unit=st.sampled_from([None, "有無", "時間", "稼働率(%)", "〇×", "目標値"]),
    marks=st.booleans(),
    boxes=st.booleans(),
    printed=st.sampled_from([frozenset(), frozenset({"○・×"}), frozenset({"有・無", "○ ×"})]),
    sheet=st.sampled_from([None, dt.date(2025, 4, 1), dt.date(2029, 1, 1)]),
    figures=st.booleans(),
)


@given(_TEXTS, _CONTEXTS)
def test_memory_changes_no_reading(text: str, context: Context) -> None:
    assert read_answer(text, context) == read_anew(text, context)


@given(st.text(max_size=12), _CONTEXTS)
def test_nor_that_of_any_text(text: str, context: Context) -> None:
    assert read_answer(text, context) == read_anew(text, context)


def test_dates_legends_and_units_that_cannot_matter_share_one_reading() -> None:
    one = Context({"circle": "partial"}, "時間", sheet=dt.date(2026, 1, 1))
    other = Context({"cross": "yes"}, "稼働率(%)", sheet=dt.date(2025, 1, 1))
    assert narrowed("要相談", one) is narrowed("要相談", one)
    assert narrowed("要相談", one) == narrowed("要相談", other)
    assert narrowed("○", one) != narrowed("○", other)
    assert narrowed("99.9", one) != narrowed("99.9", other)
    assert narrowed("2028年導入", one) != narrowed("2028年導入", other)


def test_printed_choices_are_told_apart_from_contradictions() -> None:
    assert read_answer("○・×", Context(printed=frozenset({"○・×"}))).answer == "unanswered"
    assert read_answer("○・×", Context()).answer == "unclear"
