"""Folding compares and never decides: it is idempotent, turns no mark of denial into a yes, and leaves what is shown alone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.answers.classify import read_answer
from normalizers.answers.lexicon import answer_words, core_of
from normalizers.answers.model import Context
from normalizers.text import fold, shape_of
from normalizers.values.organisations import organisation_key
from normalizers.vocabulary import load
from pipeline.assemble.rows import answer_row
from pipeline.document.records import checklist_to_records
from tests.pipeline.make import answers

_SHAPES: dict[str, list[str]] = load("normalizers", "marks.toml")["shapes"]
_DENIED = [mark for shape in ("cross", "triangle", "dash") for mark in _SHAPES[shape]]
_NO_WORDS = [
    word for word, answer in answer_words().items() if answer in {"no", "not_applicable", "undisclosed"}
]
_ROUND = [
    ("", ""),
    ("（", "）"),
    ("【", "】"),
    ("「", "」"),
    (" ", "　"),
    ("", "。"),
    ("", "です"),
    ("", "\ufe0f"),
    ("(", ")"),
]
_WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
_REMARKS = st.lists(
    st.sampled_from(["（", "）", "代替", "策", "あり", "対応済み", "予定", "です", "が", "、", "。", "有", "○", "現在",
     "実施しています", "\n"]),
    max_size=6,
).map("".join)  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=30),
    st.lists(st.sampled_from(_DENIED + _NO_WORDS + ["①", "㈱", "ｶﾞ", "が", "⻑", "～", "ー"])).map("".join),
)


@given(_TEXTS)
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert core_of(core_of(text)) == core_of(text)
    assert shape_of(f" {text}　") == shape_of(text)


@given(_TEXTS)
def test_the_key_of_an_organisation_is_folded_once_for_all(name: str) -> None:
    key = organisation_key(name)
    assert key == fold(key)
    assert organisation_key(f"{name} ") == key


@settings(max_examples=300)
@given(st.sampled_from(_DENIED + _NO_WORDS), st.sampled_from(_ROUND), st.booleans(), st.booleans())
def test_no_print_of_a_denial_is_a_yes(sign: str, around: tuple[str, str], wide: bool, marks: bool) -> None:
    cell = around[0] + (sign.translate(_WIDE) if wide else sign) + around[1]
    assert read_answer(cell, Context(marks=marks)).answer != "yes"


@settings(max_examples=300)
@given(st.sampled_from(_DENIED + _NO_WORDS), _REMARKS)
def test_no_remark_makes_a_yes_of_a_denial(sign: str, remark: str) -> None:
    glued = ("",) if (len(sign) > 1 and answer_words()[sign] != "undisclosed") or shape_of(sign) else ()
    for between in (*glued, "（", "。", " ", "、", "ですが、"):
        assert read_answer(sign + between + remark, Context()).answer != "yes"


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXTS, min_size=1, max_size=3))
def test_what_is_shown_stays_as_printed(cells: list[str]) -> None:
    records = checklist_to_records(answers(*cells), ()).records
    assert [answer_row("x", (1, n), r)["answer_raw"] for n, r in enumerate(records, 1)] == cells
