"""Prose beside its question: what is sure is stored, what is likely carries a caveat, anything else is unclear."""

from __future__ import annotations

import pytest

from normalizers.answers.classify import read_answer
from normalizers.answers.lexicon import refuses_but_for_strays
from normalizers.answers.model import AnswerResult, AnswerValue, Context
from normalizers.prose.prose_model import READ_ANSWERS, load_model, shares_of
from normalizers.prose.read_prose import decide, read_prose, read_statement
from normalizers.prose.told_facts import tells_burden, tells_who


def _read(cell: str, question: str, unit: str | None = None) -> AnswerResult:
    return read_prose(cell, question, unit, read_answer(cell, Context(unit=unit)))


@pytest.mark.parametrize(
    ("cell", "question", "answers"),
    [
        ("体制あり", "夜間に連絡を受ける体制があるか。", {"yes"}),
        ("2024年6月に設置済", "検知器の設置", {"yes"}),
        ("一部は設置、地下は未設置", "検知器の設置", {"partial"}),
        ("順次設置しており令和9年3月に完了予定", "検知器の設置", {"planned", "partial"}),
        ("ご依頼に応じて有償で対応可", "夜間の巡回を行えること。", {"conditional"}),
        ("書庫を持たないため該当しません", "書庫を施錠しているか。", {"not_applicable"}),
        ("お答えできません", "金庫の所在地", {"undisclosed"}),
        ("2027年4月の改装で対応します。", "足元が明るいと分かる表示ができますか。", {"planned"}),
        ("口頭で引き継ぐのみで記録はしていません", "作業を記録しているか。", {"no", "partial", "unclear"}),
        ("平日9時から17時", "受付の時間帯", {"value"}),
        ("上限はありません", "利用者の人数", {"value"}),
        ("Not yet, planned for 2027", "Are the doors alarmed?", {"planned", "no"}),
    ],
)
def test_what_a_cell_says_of_its_question(cell: str, question: str, answers: set[str]) -> None:
    assert _read(cell, question).answer in answers


def test_a_question_for_none_leaves_the_cell_as_it_is() -> None:
    alone = read_answer("札を配っている", Context())
    assert read_prose("札を配っている", "", None, alone) is alone
    assert _read("24時間以内", "復旧", "時間").answer == AnswerValue.VALUE


def test_beside_a_number_alone_prose_tells_a_measure_and_a_word_answers() -> None:
    measure = "荷室の温度を端末で記録"
    assert read_statement(measure, read_answer(measure, Context())).answer == AnswerValue.VALUE
    for word in ("対象外", "未対応", "?"):
        alone = read_answer(word, Context())
        assert read_statement(word, alone) is alone


def test_existence_is_asked_by_the_unit() -> None:
    assert _read("過去1年間は無", "停電の実績", "有無").answer == AnswerValue.NO


def test_a_figure_that_is_denied_is_none() -> None:
    assert _read("監視していますが、24時間ではございません。", "夜間も監視しているか。").value is None


def test_a_likely_yes_has_a_caveat_and_an_unlikely_no_is_unclear() -> None:
    model = load_model()
    shares = dict.fromkeys(READ_ANSWERS, 0.0)
    assert decide(shares | {AnswerValue.YES: model.plain_from + 0.01}, model) == (AnswerValue.YES, False)
    assert decide(shares | {AnswerValue.YES: model.plain_from - 0.01}, model) == (AnswerValue.YES, True)
    assert decide(shares | {AnswerValue.YES: model.yes_from - 0.01}, model) == (AnswerValue.UNCLEAR, False)
    assert decide(shares | {AnswerValue.NO: model.no_from - 0.01}, model) == (AnswerValue.UNCLEAR, False)


def test_the_shares_are_one_together() -> None:
    shares = shares_of("札を配っている", "札を配っているか。", None, "sentence:text>value")
    assert sum(shares.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("stray", ["゛", "ｗ", "ー", "1", "※1", "…", "？", "ヨ", "\ue000", "_", "⁉"])
@pytest.mark.parametrize("word", ["いいえ", "いえ", "未対応", "×", "なし", "できない", "対象外"])
def test_a_refusal_with_a_strange_character_beside_it_is_no_yes(word: str, stray: str) -> None:
    for question in ("門を二人で閉めているか。", "見張りを外に頼んでいるか。", "帳面を残していること。"):
        assert _read(word + stray, question).answer != AnswerValue.YES
        assert _read(stray + word, question).answer != AnswerValue.YES


@pytest.mark.parametrize(
    "unseen", ["\u3164", "\uffa0", "\u2800", "\u034f", "\u180e", "\u061c", "\ufe0f", "\U000e0020"]
)
def test_what_nobody_sees_beside_a_word_changes_nothing(unseen: str) -> None:
    assert _read(f"いい{unseen}え{unseen}", "門を閉めているか。").answer == AnswerValue.NO
    assert _read(f"{unseen}はい", "門を閉めているか。").answer == AnswerValue.YES
    assert _read(unseen * 2, "門を閉めているか。").answer == AnswerValue.UNANSWERED


@pytest.mark.parametrize("cell", ["問題なし", "ミスなし", "Noted", "異常なし"])
def test_a_word_of_its_own_is_no_refusal_with_something_beside_it(cell: str) -> None:
    assert not refuses_but_for_strays(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "前の係が決めたはずで、書類を探しています",
        "たぶん施錠しています",
        "施錠していますが、記録は見つからず確認しています",
    ],
)
def test_a_guess_is_never_a_plain_yes(cell: str) -> None:
    result = read_prose(cell, "倉庫の施錠の手順を定めているか。", None, read_answer(cell, Context()))
    assert result.answer != "yes" or result.caveat


@pytest.mark.parametrize("cell", ["数の相違あり", "指摘事項が2件あります", "異常がある。"])
def test_a_burden_that_is_there_affirms_nothing_else(cell: str) -> None:
    assert _read(cell, "鍵の数を台帳と合わせていること").answer != AnswerValue.YES
    assert not tells_burden("相違あり", "台帳との相違があるか")


def test_a_figure_that_nobody_asked_for_is_no_plain_yes() -> None:
    result = _read("週に一度", "鍵を戸棚にしまっていること")
    assert result.answer != AnswerValue.YES or result.caveat


def test_who_it_is_neither_refuses_nor_limits() -> None:
    answers = {AnswerValue.YES, AnswerValue.VALUE, AnswerValue.UNCLEAR}
    assert _read("当番長：倉庫係長", "当番長を置いていること").answer in answers
    assert not tells_who("当番長：なし", "当番長を置いていること")


@pytest.mark.parametrize(
    ("cell", "question"),
    [
        ("原則として貸しておりませんが、館長が認めた場合に貸すことがあります。", "鍵を貸していないこと。"),
        ("人数による制限は設けておりません。", "大勢の入場を認めていないこと。"),
    ],
)
def test_what_takes_a_denial_back_is_no_plain_yes(cell: str, question: str) -> None:
    result = _read(cell, question)
    assert result.answer != "yes" or result.caveat


def test_how_smoothly_something_is_done_denies_nothing() -> None:
    assert _read("滞りなく点検しております", "倉庫を点検しているか。").answer == "yes"
    assert _read("◇◇◇◇◇◇", "倉庫を点検しているか。").answer == "unclear"
    assert _read("12本", "鍵の本数").answer == "value"
