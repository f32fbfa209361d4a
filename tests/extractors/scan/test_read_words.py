"""Two readings of one line: what they agree on stands, what they differ in does not."""

from __future__ import annotations

import pytest

from extractors.scan.neighbours import settle_text
from extractors.scan.read_words import agreed
from extractors.scan.recognize import ReadChar


def _reading(text: str, chance: float = 0.99, weak: dict[str, float] | None = None) -> tuple[ReadChar, ...]:
    return tuple(ReadChar(char, (weak or {}).get(char, chance), 10.0 * n) for n, char in enumerate(text))


def _text(chars: tuple[ReadChar, ...]) -> str:
    return "".join(char.char for char in chars)


def test_readings_that_agree_stand_with_the_surer_chance() -> None:
    result = agreed(_reading("対応済", 0.8), _reading("対応済", 0.95))
    assert _text(result) == "対応済"
    assert {char.chance for char in result} == {0.95}


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        ("天実施", "未実施", "〓実施"),
        ("対応", "未対応", "〓対応"),
        ("未対応", "対応", "〓対応"),
        ("不適合", "適合", "〓適合"),
        ("該当", "非該当", "〓該当"),
        ("対応可", "対応否", "対応〓"),
    ],
)
def test_a_negation_that_only_one_reading_has_is_never_passed_over(
    first: str, second: str, stands: str
) -> None:
    assert _text(agreed(_reading(first), _reading(second))) == stands
    assert _text(agreed(_reading(first, 0.999), _reading(second, 0.2))) == stands


def test_a_sure_reading_outweighs_an_unsure_one_where_nothing_is_denied() -> None:
    assert _text(agreed(_reading("毎朝点検"), _reading("毎朝占検", 0.5))) == "毎朝点検"
    assert _text(agreed(_reading("毎朝点検"), _reading("毎朝占検"))) == "毎朝〓検"


@pytest.mark.parametrize(
    ("read", "stands"),
    [
        ("デー夕復旧", "データ復旧"),
        ("口グイン", "ログイン"),
        ("入カ・出力", "入力・出力"),
        ("利用終了からー定期間", "利用終了から一定期間"),
        ("オプシヨン", "オプション"),
        ("チエックリスト", "チェックリスト"),
        ("窓口", "窓口"),
        ("一カ月以内", "一カ月以内"),
        ("センター二つ", "センター二つ"),
        ("二要素認証", "二要素認証"),
        ("ソフトウエア", "ソフトウエア"),
        ("夕方", "夕方"),
        ("八王子", "八王子"),
        ("未対応", "未対応"),
    ],
)
def test_look_alikes_are_settled_by_their_neighbours(read: str, stands: str) -> None:
    assert settle_text(read) == stands
