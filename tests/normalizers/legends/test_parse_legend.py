"""Legends of sheets, and answers read by them."""

from __future__ import annotations

import pytest

from normalizers.answers.classify import read_answer
from normalizers.answers.legend import legend_answers, mark_key
from normalizers.answers.model import AnswerValue, Context
from normalizers.legends.meaning import answer_of_meaning
from normalizers.legends.parse_legend import parse_legend

_MEANINGS = {
    "yes": "満たす 満たしている 対応 対応している 対応済 対応可 実施済み 実施している 導入済 適合 準拠 はい 有 有り あり "
    "可 可能 できる 該当する 適用している 達成 Yes Implemented 十分",
    "no": "満たさない 満たしていない 満たしていません 対応していない 未対応 対応不可 未実施 実施していない 実施なし 不適合 "
    "適合しない 未導入 いいえ 無 無し なし 不可 不可能 否 できない できません 検討中 適用していない 未達成 No",
    "partial": "要相談 一部満たす 一部対応 部分的に対応 おおむね対応 ほぼ対応 不十分 要協議 代替策あり",
    "conditional": "条件付きで満たす 条件付き オプション オプションで対応 有償 有償対応 上位プランで対応",
    "planned": "対応予定 実装予定 計画中 準備中 対応していないが予定あり",
    "not_applicable": "対象外 該当なし 該当しない 非該当 適用外 対応不要",
    "undisclosed": "非公開 非開示 開示不可",
    "skip": "回答必須 回答任意 回答不要 必須 任意 必須項目 重要",
    "unclear": "不明 未回答 別紙",
}


@pytest.mark.parametrize(
    ("meaning", "answer"), [(word, answer) for answer, words in _MEANINGS.items() for word in words.split()]
)
def test_meaning(meaning: str, answer: str) -> None:
    assert (answer_of_meaning(meaning) or "skip") == answer


@pytest.mark.parametrize(
    ("meaning", "answer"),
    [
        ("対応していない／該当しない", "no"),
        ("条件付き（備考に記載）", "conditional"),
        ("対応している（全機能）", "yes"),
        ("未対応（計画あり）", "no"),
        ("問題なし", "yes"),
        ("N/A", "not_applicable"),
        ("対応可（有償）", "conditional"),
    ],
)
def test_meaning_of_several_words(meaning: str, answer: str) -> None:
    assert answer_of_meaning(meaning) == answer


_NOT_YES = [
    "未整備",
    "対応しない",
    "実施していません",
    "不備あり",
    "改善の余地あり",
    "検討中（対応を含む）",
    "満たせない",
    "満たさず",
]
_SILENT_YES = [
    *[
        "対応せず",
        "実施せず",
        "適合せず",
        "達成できず",
        "準拠しておらず",
        "実施しなかった",
        "満たすとは言えない",
        "十分ではない",
        "十分でない",
    ],
    *["対応困難", "対応不能", "対応外", "対応終了", "導入見送り"],
    *["要対応", "要実施", "対応が必要", "対応を要する", "対応する必要がある"],
    *["対応検討", "導入検討", "取得見込み", "整備中", "対応を確認中", "実施時期未定"],
    *["問題あり", "課題あり", "リスクあり", "指摘あり", "例外あり", "制限あり", "可能性あり"],
    *["対応済み（一部除く）"],
]


@pytest.mark.parametrize("meaning", [*_NOT_YES, *_SILENT_YES])
def test_meaning_is_no_silent_yes(meaning: str) -> None:
    assert answer_of_meaning(meaning) != "yes"


@pytest.mark.parametrize(
    ("lines", "entries"),
    [
        (
            ["○：満たす ×：満たさない △：要相談"],
            [("○", "満たす", "yes"), ("×", "満たさない", "no"), ("△", "要相談", "partial")],
        ),
        (["1:はい 2:いいえ"], [("1", "はい", "yes"), ("2", "いいえ", "no")]),
        (
            ["A：対応済 B：一部対応 C：未対応 D：対象外"],
            [
                ("A", "対応済", "yes"),
                ("B", "一部対応", "partial"),
                ("C", "未対応", "no"),
                ("D", "対象外", "not_applicable"),
            ],
        ),
        (
            ["【凡例】○：対応している、△：一部対応している、―：該当しない"],
            [
                ("○", "対応している", "yes"),
                ("△", "一部対応している", "partial"),
                ("―", "該当しない", "not_applicable"),
            ],
        ),
        (
            ["○…対応可", "×…対応不可", "△…条件付き（備考に記載）"],
            [("○", "対応可", "yes"), ("×", "対応不可", "no"), ("△", "条件付き（備考に記載）", "conditional")],
        ),
        (["「○」：適合　「×」：不適合"], [("○", "適合", "yes"), ("×", "不適合", "no")]),
        (["○→はい　×→いいえ"], [("○", "はい", "yes"), ("×", "いいえ", "no")]),
        (["○:対応/×:未対応"], [("○", "対応", "yes"), ("×", "未対応", "no")]),
        (
            ["◎：標準で対応　○：オプションで対応　×：対応不可"],
            [("◎", "標準で対応", "yes"), ("○", "オプションで対応", "conditional"), ("×", "対応不可", "no")],
        ),
        (["●：対応 ○：未対応"], [("●", "対応", "yes"), ("○", "未対応", "no")]),
        (
            ["Ａ：実施している　Ｂ：実施していない"],
            [("Ａ", "実施している", "yes"), ("Ｂ", "実施していない", "no")],
        ),
        (["○＝可 △＝個別開発"], [("○", "可", "yes"), ("△", "個別開発", "conditional")]),
        (["（○：有、×：無）"], [("○", "有", "yes"), ("×", "無", "no")]),
    ],
)
def test_parse_legend(lines: list[str], entries: list[tuple[str, str, str]]) -> None:
    assert [(m.mark, m.text, m.answer) for m in parse_legend(lines)] == entries


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [""],
        ["○：満たす"],
        ["○＝回答必須、×＝回答任意"],
        ["記入日：2026年4月1日"],
        ["記入例：○ 9:00"],
        ["受付時間は9:00～17:00とする。"],
        ["事業者名：カクウ株式会社"],
    ],
)
def test_no_legend(lines: list[str]) -> None:
    assert parse_legend(lines) == ()


def test_the_first_telling_of_a_mark_counts() -> None:
    legend = parse_legend(["○：対応 ×：未対応", "○：未対応"])
    answers = legend_answers(legend)
    assert (answers["circle"], answers["cross"]) == ("yes", "no")


@pytest.mark.parametrize(
    ("left", "right"), [("○", "〇"), ("○", "◯"), ("×", "✕"), ("Ａ", "a"), ("１", "①"), ("―", "-")]
)
def test_prints_of_one_mark_share_a_key(left: str, right: str) -> None:
    assert mark_key(left) == mark_key(right)


@pytest.mark.parametrize(("left", "right"), [("○", "●"), ("○", "◎"), ("△", "×"), ("A", "B")])
def test_different_marks_have_different_keys(left: str, right: str) -> None:
    assert mark_key(left) != mark_key(right)


_SHEETS = {
    "marks": "○：満たす ×：満たさない △：条件付き",
    "numbers": "1:はい 2:いいえ",
    "letters": "A：対応済 B：一部対応 C：未対応",
    "turned": "○：未対応 ×：対応済",
    "strange": "○：個別開発 ×：対応不可",
}


def _read(sheet: str, cell: str) -> tuple[str, str]:
    reading = read_answer(cell, Context(legend=legend_answers(parse_legend([_SHEETS[sheet]]))))
    return reading.answer, reading.rule


@pytest.mark.parametrize(
    ("sheet", "cell", "answer"),
    [
        ("marks", "○", "yes"),
        ("marks", "◯ 管理画面から", "yes"),
        ("marks", "△", "conditional"),
        ("marks", "△（窓口へ連絡）", "conditional"),
        ("marks", "×", "no"),
        ("marks", "✕", "no"),
        ("marks", "○（有償）", "conditional"),
        ("marks", "はい", "yes"),
        ("marks", "未対応", "no"),
        ("numbers", "1", "yes"),
        ("numbers", "１", "yes"),
        ("numbers", "①", "yes"),
        ("numbers", "1.", "yes"),
        ("numbers", "2", "no"),
        ("numbers", "2（計画あり）", "no"),
        ("numbers", "3", "unclear"),
        ("numbers", "12", "unclear"),
        ("numbers", "1年", "value"),
        ("letters", "A", "yes"),
        ("letters", "ａ", "yes"),
        ("letters", "A。毎月実施", "yes"),
        ("letters", "B", "partial"),
        ("letters", "C（検討中）", "no"),
        ("letters", "A（有償オプション）", "conditional"),
        ("letters", "D", "unclear"),
        ("turned", "○", "no"),
        ("turned", "×", "yes"),
        ("strange", "○", "conditional"),
        ("strange", "×", "no"),
    ],
)
def test_the_legend_outranks_the_general_vocabulary(sheet: str, cell: str, answer: str) -> None:
    assert _read(sheet, cell)[0] == answer


def test_the_rule_names_the_legend_and_its_mark() -> None:
    assert _read("letters", "B") == ("partial", "legend:b")
    assert _read("turned", "○") == ("no", "legend:circle")


_UNDER_A_LEGEND = [
    ("marks", "○○社"),
    ("marks", "○×"),
    ("marks", "○-"),
    ("marks", "△×"),
    ("marks", "○ ・ ×"),
    ("numbers", "1/2"),
    ("numbers", "1・2"),
    ("letters", "A社"),
    ("letters", "AES"),
    ("letters", "A/B"),
    ("letters", "A or C"),
    ("turned", "○（対応済）"),
    ("marks", "○（未対応）"),
    ("numbers", "1.5時間"),
    ("numbers", "1～3営業日"),
    ("numbers", "1-2"),
    ("numbers", "1、2"),
    ("numbers", "1,2"),
    ("letters", "A B"),
    ("letters", "A、C"),
    ("letters", "A-1"),
]


@pytest.mark.parametrize(("sheet", "cell"), _UNDER_A_LEGEND)
def test_no_silent_yes_under_a_legend(sheet: str, cell: str) -> None:
    assert _read(sheet, cell)[0] != "yes"


@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("○＝不備あり ×＝不備なし", ["no", "yes"]),
        ("○：未実施　×：実施済み", ["no", "yes"]),
        ("○＝違反あり、×＝違反なし", ["no", "yes"]),
        (
            "○：該当するリスクあり（要件を満たしていない）　×：該当するリスクなし（要件を満たしている）",
            ["no", "yes"],
        ),
        ("○：該当するリスクあり　×：該当するリスクなし", ["unclear", "unclear"]),
        ("○：事故あり　×：事故なし", ["unclear", "unclear"]),
        ("○：利用不可　×：利用可", ["no", "yes"]),
        ("レ：できていない項目", ["no"]),
        ("○印：問題あり", ["unclear"]),
        ("1=なし 2=あり", ["no", "yes"]),
        ("1.いいえ　2.はい", ["no", "yes"]),
        ("1.はい 2.いいえ 3.該当なし", ["yes", "no", "not_applicable"]),
        ("◎=標準 ○=有償オプション △=カスタマイズ ×=不可", ["yes", "conditional", "conditional", "no"]),
        ("ア：実施済 イ：一部実施 ウ：未実施 エ：該当なし", ["yes", "partial", "no", "not_applicable"]),
        ("対象外＝該当する業務がない、○＝適合、×＝不適合", ["yes", "no"]),
        ("1.東京 2.大阪", []),
    ],
)
def test_legends_that_turn_marks_round(line: str, answers: list[str]) -> None:
    assert [entry.answer for entry in parse_legend([line])] == answers


def test_a_mark_that_is_explained_without_an_answer_is_unclear() -> None:
    legend = legend_answers(parse_legend(["問題がある場合は○、必須項目の場合は×"]))
    assert read_answer("×", Context(legend=legend)).answer == "unclear"


@pytest.mark.parametrize("words", ["第2四半期", "2031年度上期", "Q4 FY31", "来期末まで", "next quarter"])
def test_nothing_but_a_time_is_never_a_yes(words: str) -> None:
    assert answer_of_meaning(words) in {AnswerValue.PLANNED, AnswerValue.UNCLEAR}


def test_what_runs_is_so_and_what_is_being_made_is_not_yet() -> None:
    assert answer_of_meaning("稼働中である") == AnswerValue.YES
    assert answer_of_meaning("構築中である") == AnswerValue.PLANNED
