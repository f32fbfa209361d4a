"""What holds for any text: no error, a known answer, no yes out of nothing, nothing changed."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from normalizers.answers.classify import read_answer
from normalizers.answers.model import ANSWERS, Context
from normalizers.text import fold
from normalizers.vocabulary import load

_TABLE = load("normalizers.answers", "lexicon.toml")
_MARKS = load("normalizers", "marks.toml")
_YES_WORDS = {fold(word) for word in _TABLE["words"]["yes"]}
_YES_MARKS = {
    m for shape, marks in _MARKS["shapes"].items() if _TABLE["shapes"][shape] == "yes" for m in marks
}
_TICKED = set(_MARKS["boxes"]["ticked"])
_AFFIRMING = load("normalizers.language", "predicates.toml")["affirming"]
_ACTIONS = {*_AFFIRMING["nouns"], *_AFFIRMING["bare"]}
_AFFIRMED = re.compile("[てで](?:い|お|る|ござ|あ)|[いえ]る$|ます$|でき|いただけ|可")

_PIECES = [
    "していない", "していません", "できません", "ありません", "しない", "ない", "せず", "未定", "未", "不", "非", "無",
    "無償", "無し", "いいえ", "検討中", "予定", "要相談", "一部", "オプション",
    "×", "✕", "△", "―", "-", "□", "☐", "◇", "。", "、", "（", "）", "・", "／", "：", "※", " ", "　", "\n", "→", "社", "年",
    "月", "時間", "99.9", "%", "3", "2027", "株式会社",
    "お客様", "弊社", "別紙", "こと", "ため", "N/A", "1", "No.", "TLS", "A", "①", "㈱", "ｶﾅ",
]  # fmt: skip
_CELLS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="○〇×△□■☑有無可否適合不対応済未はいえを。、（）・/ 　\n：年月%9", max_size=16),
    st.lists(st.sampled_from(_PIECES), max_size=9).map("".join),
)
_CONTEXTS = st.builds(
    Context,
    legend=st.dictionaries(
        st.sampled_from(["circle", "cross", "triangle", "1", "a"]), st.sampled_from(ANSWERS), max_size=3
    ),
    unit=st.sampled_from([None, "", "有無", "○×", "時間帯", "%"]),
    marks=st.booleans(),
    boxes=st.booleans(),
    printed=st.just(frozenset({"○ ・ ×", "有・無"})),
)


def _has_a_yes_sign(text: str) -> bool:
    key, wide = fold(text), unicodedata.normalize("NFKC", text)
    return (
        any(word in key for word in _YES_WORDS)
        or any(char in _YES_MARKS | _TICKED for char in text + wide)
        or any(_AFFIRMED.search(form) for form in (text, wide, key))
        or any(action in form for action in _ACTIONS for form in (text, wide, key))
    )


@settings(max_examples=400, deadline=None)
@given(_CELLS, _CONTEXTS)
@example("\ufeff", Context())
@example("○\u200b", Context())
@example("（" * 200 + "○", Context())
@example("有" * 5000, Context())
def test_any_cell_gives_a_known_answer_and_a_rule(text: str, context: Context) -> None:
    reading = read_answer(text, context)
    assert reading.answer in ANSWERS
    assert reading.rule
    assert reading.planned == (reading.answer == "planned")


@settings(max_examples=400, deadline=None)
@given(_CELLS.filter(lambda text: not _has_a_yes_sign(text)))
@example("無償")
@example("要確認◇")
@example("取引先は国外")
def test_no_yes_without_a_known_yes_sign(text: str) -> None:
    assert read_answer(text, Context()).answer != "yes"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join), st.booleans())
def test_pieces_of_denials_never_make_a_yes(text: str, boxes: bool) -> None:
    assert read_answer(text, Context(boxes=boxes)).answer != "yes"


@settings(max_examples=200, deadline=None)
@given(_CELLS, _CONTEXTS)
@example("■適合①㈱ｶｸｳ～ □不適合\n備考：½と…", Context())
def test_what_a_reading_shows_is_printed_in_the_cell(text: str, context: Context) -> None:
    reading = read_answer(text, context)
    printed = "\n".join(text.splitlines())
    assert all(option.label in text for option in reading.options)
    assert reading.remark in printed


@settings(max_examples=200, deadline=None)
@given(_CELLS, _CONTEXTS)
def test_the_same_cell_is_always_read_alike(text: str, context: Context) -> None:
    assert read_answer(text, context) == read_answer(text, context)


@settings(max_examples=200, deadline=None)
@given(_CELLS)
def test_white_space_around_a_mark_or_text_changes_no_answer_to_yes(text: str) -> None:
    bare = read_answer(text.strip(), Context()).answer
    assert bare == "yes" or read_answer(f" {text.strip()}　", Context()).answer != "yes"


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=" \t\n\r　", max_size=8))
def test_blank_is_unanswered(text: str) -> None:
    assert read_answer(text, Context()).answer == "unanswered"
