"""Words of requirements for aligning items."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalizers.language.tokens import content_words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("サーバのログ", "サーバーのログ"),
        ("ユーザの管理", "ユーザーの管理"),
        ("問合せ窓口", "問い合わせ窓口"),
        ("情報の取扱い", "情報の取り扱い"),
        ("ＩＳＯの認証", "ISOの認証"),
        ("利⽤停⽌", "利用停止"),
        ("ﾛｸﾞの保管", "ログの保管"),
    ],
)
def test_prints_of_one_word_are_one(left: str, right: str) -> None:
    assert content_words(left) == content_words(right)
    assert content_words(left)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("サーバのログを取得していること", ["サーバー", "ログ", "取得"]),
        ("取得を行っていないこと", ["取得", "ない"]),
        ("暗号化していない", ["暗号", "化", "ない"]),
        ("非公開", ["非", "公開"]),
        ("問合せ窓口", ["問い合わせ", "窓口"]),
        ("不正アクセス", ["不正", "アクセス"]),
        ("こと", []),
        ("", []),
        (" 　\n", []),
        ("。、（）", []),
    ],
)
def test_content_words(text: str, words: list[str]) -> None:
    assert content_words(text) == words


def test_negation_tells_two_requirements_apart() -> None:
    assert content_words("ログを取得すること") != content_words("ログを取得しないこと")


def test_a_very_long_text_is_no_error() -> None:
    assert content_words("暗号化" * 20_000)[:2] == ["暗号", "化"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_words_without_white_space_only(text: str) -> None:
    assert all(word.strip() for word in content_words(text))
