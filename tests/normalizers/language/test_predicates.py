"""How sentences end: denied, denied twice, affirmed, or nothing of the kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.language.predicates import read_predicate


@pytest.mark.parametrize(
    ("sentence", "word", "denials"),
    [
        ("庭の手入れは行っていません", "行っ", 1),
        ("鍵を保管していない", "保管", 1),
        ("鍵の用意がない", "用意", 1),
        ("未暗号化", "未暗号化", 1),
        ("変更は不可です", "不可", 1),
        ("お受けしかねます", "受け", 1),
        ("池は凍らず", "凍ら", 1),
        ("保管していないわけではない", "保管", 2),
        ("保管している", "保管", 0),
        ("未満", "未満", 0),
        ("無料", "無料", 0),
    ],
)
def test_the_predicate(sentence: str, word: str, denials: int) -> None:
    found = read_predicate(sentence)
    assert found is not None
    assert (found.word, found.denials) == (word, denials)


@pytest.mark.parametrize(
    ("sentence", "subject"),
    [
        ("障害は発生していません", "障害"),
        ("制限はありません", "制限"),
        ("事故なし", "事故"),
        ("特に問題ございません", "問題"),
    ],
)
def test_what_is_said_not_to_be_there(sentence: str, subject: str) -> None:
    found = read_predicate(sentence)
    assert found is not None
    assert found.subject.endswith(subject)


@pytest.mark.parametrize("sentence", ["", "。", "×", "あ" * 201])
def test_no_predicate(sentence: str) -> None:
    assert read_predicate(sentence) is None


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    found = read_predicate(text)
    assert found is None or found.denials >= 0
