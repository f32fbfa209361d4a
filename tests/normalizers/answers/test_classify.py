"""Answer cells in, meanings out: the vocabulary of dataset.md."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from normalizers.answers.classify import read_answer
from normalizers.answers.lexicon import is_decided_token
from normalizers.answers.model import AnswerResult, Context
from normalizers.values.quantities import Quantity

_LOST = "agreeing words behind the mark or word are taken for several marks"

_CELLS: dict[str, list[str]] = {
    "yes": [
        "○", "◯", "〇", "⭕", "⭕\ufe0f", "◎", "●", "✓", "✔", "☑", "✅", "レ", "ﾚ", "Ｏ", " ○ ", "○。", "○※1", "○ (注1)",
        "有", "有り", "あり", "はい", "はい。", "可", "可能", "可能です", "適合", "対応済", "対応済み", "対応済み。",
        "実施済", "実施している",
        "取得済", "整備済み", "満たす", "遵守", "準拠", "できます", "済", "済み", "OK", "Yes", "YES.", "ＹＥＳ", "TRUE",
        "対応可能です",
        "有。専用の画面から確認", "有（監視センター）", "有　メールにて通知", "有り（管理画面）", "あり：メールで通知",
        "はい。専用窓口で受付", "可（API経由）",
        "適合（第三者が確認）", "有（2015年から実施）", "○（2015年4月より提供）", "○（令和5年度開始）", "有（2019年取得）",
        "対応済（2026年4月）", "○（最終更新 2026年4月1日）", "取得済み（2026年3月取得）",
        "対応済（2025年4月）", "取得済み：ISO/IEC 27001", "準拠（自主点検）", "可能（CSV形式）",
        "○：メール通知", "○（年1回）",
        "○ 管理画面から設定", "○（全プランで利用可能）", "✔\ufe0f済み機能", "◎（標準）", "Yes (via API)", "OK（確認済）",
        "有。5営業日前までに通知",
        "暗号化しています", "通信は暗号化している", "通信ログを取得しています。", "設定変更が可能です",
        "常時監視を実施しております",
    ],
    "no": [
        "×", "✕", "✖", "☓", "✗", "✘", "❌", "x", "X", "ｘ", "Ｘ", "無", "無し", "なし", "なし。", "いいえ", "否", "不可",
        "不適合", "未対応", "非対応",
        "対応不可", "未実施", "未取得", "対応していません", "取得していません", "取得しておりません。", "行っていない",
        "できません", "該当しません",
        "検討中", "検討中です。", "No", "NG", "×（代替手段あり）", "✕ 来年度の対応を計画中", "無（代替手段あり）",
        "なし（対応済みの計画なし）", "いいえ。代替手段あり",
        "不適合（是正中）", "未対応（予定なし）", "取得していません（2027年取得予定）", "暗号化はしておりません",
        "現在は提供しておりません", "画面からは変更できません",
        "第三者への提供実績はありません", "対応いたしかねます", "not supported", "Not implemented", "Does Not Support",
    ],
    "partial": ["△", "▲", "一部", "一部対応", "一部適合", "部分対応", "概ね対応", "要相談", "応相談", "要協議", "別途協議",
    "一部対応（ログのみ）",
        "△（要相談）", "△：窓口へ", "一部のみ実施しています", "partial", "Partially"],
    "conditional": ["条件付き", "条件付", "オプション", "オプションで対応", "有償", "有料オプション", "有償対応", "別途契約",
    "プランによる",
        "○（Enterpriseプランのみ）", "○（有償オプション）", "○ ※オプション契約が必要", "○ ただし上位プランの場合のみ",
        "有（別途契約）", "有。ただし有償", "可（有料）",
        "対応（オプション）", "条件付き（上位プラン）", "optional", "Supported only in the Gold plan"],
    "planned": ["対応予定", "実施予定", "取得予定", "対応予定です。", "予定", "計画中", "準備中", "対応予定（時期は未定）",
    "2027年4月対応予定", "取得に向けて準備中",
        "来年度に導入を予定しております", "planned"],
    "not_applicable": ["―", "—", "–", "－", "-", "−", "ー", "--", "／", "対象外", "該当なし", "該当無し", "該当しない",
    "非該当", "適用外", "N/A", "n/a", "Ｎ／Ａ",
        "対応不要", "該当なし（SaaSのため）", "Not applicable", "本サービスは対象外です"],
    "undisclosed": ["非公開", "非開示", "開示不可", "回答不可", "非公開。", "未回答（非公開）", "社外秘", "NDA締結後に開示",
    "個別にお問い合わせください",
        "お答えできません", "開示しておりません", "非公開（契約後に開示）", "セキュリティ上の理由により非公開",
        "回答を控えます", "not disclosed"],
    "unanswered": ["", " ", "　", "\n", "\t \n", "未回答", "未記入"],
    "value": ["24時間365日", "24時間365日（計画停止を除く）", "99.9%以上", "99.95%", "3世代", "72時間", "1分", "年2回",
    "5営業日前まで", "最低1ヶ月", "10GB",
        "東京都", "AES256", "TLS1.2以上", "ISO27001", "9:00〜18:00（平日）", "平日9:00-18:00", "無制限",
        "電話とメール", "2026年3月"],
    "unclear": ["○ ・ × ・ △", "○・×", "○/×", "○×", "○△", "○-", "×○", "○○", "有・無", "有／無", "はい・いいえ",
    "適合・不適合", "◇", "★", "要確認",
        "特になし", "未定", "不明", "調査中", "TBD", "？", "…", "はい、対応していません", "× ○"],
}  # fmt: skip

_WRONG = [
    *[
        (cell, "yes")
        for cell in (
            "はい、実施しています",
            "はい、可能です",
            "○ 有",
            "○ 対応済",
            "○、対応済み",
            "✔ 対応",
            "有り 可",
        )
    ],
    *[(cell, "no") for cell in ("× 未対応", "× なし", "いいえ、未対応", "X 未対応")],
    ("△ 一部対応", "partial"),
    ("― 対象外", "not_applicable"),
    ("x（未対応）", "no"),
    ("9:00～17:00", "value"),
    ("「はい」", "yes"),
]


@pytest.mark.parametrize(
    ("cell", "answer"), [*[(cell, answer) for answer, cells in _CELLS.items() for cell in cells], *_WRONG]
)
def test_answer_of_a_cell(cell: str, answer: str) -> None:
    assert read_answer(cell, Context()).answer == answer


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("", "blank"),
        ("■適合 □不適合", "options"),
        ("有", "word:有"),
        ("Ｙｅｓ", "word:yes"),
        ("〇", "mark:circle"),
        ("△", "mark:triangle"),
        ("○（一覧表を添付）", "leading:circle"),
        ("有。専用の画面から確認", "leading:有"),
        ("○・×", "several_marks"),
        ("99.9%以上", "quantity:%"),
        ("来年度に導入を予定しております", "phrase:planned"),
        ("暗号化はしておりません", "sentence:negated"),
        ("暗号化しています", "sentence:affirmed"),
        ("東京都", "sentence:text"),
        ("◇", "unknown"),
    ],
)
def test_the_rule_that_decided_is_named(cell: str, rule: str) -> None:
    assert read_answer(cell, Context()).rule == rule


@pytest.mark.parametrize(
    "cell",
    [
        *[
            "無停止",
            "無条件",
            "無償",
            "無料",
            "有無",
            "可否",
            "制約は無",
            "無制限",
            "無線LAN",
            "無線LANを利用",
        ],
        "No.3と同じ",
        "No.12参照",
        "No. 5 に記載",
        "no limit",
        "問題はありません",
        "特に問題ございません",
        "支障はありません",
        "ありorなし",
    ],
)
def test_no_silent_no(cell: str) -> None:
    assert read_answer(cell, Context()).answer != "no"
    assert read_answer(cell, Context(marks=True)).answer != "no"


@pytest.mark.parametrize(
    ("unit", "cell", "answer"),
    [
        ("有無", "有", "yes"),
        ("有無", "無", "no"),
        ("〇☓", "〇", "yes"),
        ("可否", "否", "no"),
        ("有無/時間", "有", "yes"),
        ("有無", "24時間", "value"),
        ("時間帯", "9:00～17:00", "value"),
        ("時間帯", "24時間365日", "value"),
        ("時間帯", "平日のみ", "value"),
        ("時間帯", "非公開", "undisclosed"),
        ("時間帯", "", "unanswered"),
        ("%", "99.9", "value"),
        ("%", "99.9以上", "value"),
        ("時間", "72", "value"),
        ("世代", "3", "value"),
        ("方式", "暗号化していない", "value"),
        ("方式", "暗号化しています", "value"),
        ("", "暗号化しています", "yes"),
        (None, "72", "unclear"),
    ],
)
def test_the_unit_tells_figures_from_marks(unit: str | None, cell: str, answer: str) -> None:
    assert read_answer(cell, Context(unit=unit)).answer == answer


def test_a_one_is_a_yes_only_in_a_column_of_marks() -> None:
    assert read_answer("1", Context(marks=True)).answer == "yes"
    assert read_answer("1", Context()).answer == "unclear"
    assert read_answer("0", Context()).answer == "unclear"


def test_choices_that_every_row_prints_are_not_answered() -> None:
    printed = read_answer("○ ・ ×", Context(printed=frozenset({"○ ・ ×"})))
    typed = read_answer("○ ・ ×", Context())
    assert (printed.answer, printed.rule) == ("unanswered", "printed_choices")
    assert [(o.label, o.checked) for o in printed.options] == [("○", False), ("×", False)]
    assert (typed.answer, typed.options) == ("unclear", ())


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("2027年4月対応予定", dt.date(2027, 4, 1)),
        ("対応予定（2026年9月30日）", dt.date(2026, 9, 30)),
        ("対応予定：令和9年3月", dt.date(2027, 3, 1)),
        ("対応予定（時期は未定）", None),
        ("2027年度対応予定", None),
    ],
)
def test_a_plan_with_its_date(cell: str, date: dt.date | None) -> None:
    reading = read_answer(cell, Context())
    assert (reading.answer, reading.planned, reading.planned_date) == ("planned", True, date)


@pytest.mark.parametrize(
    "cell", ["○", "対応済（2025年4月）", "未対応", "取得していません（2027年取得予定）", "2026年3月"]
)
def test_only_a_plan_has_a_date(cell: str) -> None:
    assert read_answer(cell, Context()).planned_date is None
    assert read_answer(cell, Context()).planned is False


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("99.9%以上", Quantity(99.9, "%", "min")),
        ("3世代", Quantity(3.0, "世代", "exact")),
        ("5営業日前まで", Quantity(5.0, "営業日", "min")),
        ("有（99.9%以上）", Quantity(99.9, "%", "min")),
        ("○（年1回）", Quantity(1.0, "回", "exact", "年")),
        ("24時間365日", Quantity(24.0, "時間/日", "exact")),
        ("○", None),
        ("×（3日以内）", None),
        ("非公開", None),
    ],
)
def test_the_figure_of_a_cell(cell: str, value: Quantity | None) -> None:
    assert read_answer(cell, Context()).value == value


@pytest.mark.parametrize("cell", ["○", "×", "有", "無", "はい", "対応済み。", "N/A", "―", "△", "要相談"])
def test_marks_and_words_are_decided_tokens(cell: str) -> None:
    assert is_decided_token(cell) is True


@pytest.mark.parametrize("cell", ["", " ", "24時間365日", "無償", "有無", "○×", "○（一部）", "東京都", "1"])
def test_texts_are_no_decided_tokens(cell: str) -> None:
    assert is_decided_token(cell) is False


def test_a_reading_is_frozen_and_holds_no_copy_of_the_text() -> None:
    reading = read_answer("有。①㈱ｶｸｳの窓口～", Context())
    assert reading == AnswerResult("yes", "leading:有")
    assert {f.name for f in dataclasses.fields(AnswerResult)} == {
        "answer", "rule", "options", "remark", "planned", "planned_date", "value", "caveat", "value_origin",
    }  # fmt: skip
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading.answer = "no"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("2028/3/31", "quantity:date"), ("令和8年9月", "quantity:date"), ("2026年4月1日", "quantity:date"),
        ("0:05", "quantity:clock"), ("9時00分", "quantity:clock"), ("平日9:00～18:00", "quantity:clock"),
        ("12,500", "quantity:figure"), ("0.999", "quantity:figure"),
    ],
)  # fmt: skip
def test_dates_times_and_figures_are_values(cell: str, rule: str) -> None:
    reading = read_answer(cell, Context())
    assert (reading.answer, reading.rule) == ("value", rule)


def test_bare_numbers_are_figures_in_a_column_of_figures() -> None:
    assert read_answer("24", Context(figures=True)).value == Quantity(24.0, "", "exact")
    assert read_answer("24", Context()).answer == "unclear"
