"""Texts into clauses, and what each clause says: denied or not, whether something is there, how it is meant."""

from __future__ import annotations

import pytest

from normalizers.language.grammar.clause import read_clauses
from normalizers.language.grammar.moods import Mood


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("名簿、帳簿を保管しています", ["名簿、帳簿を保管しています"]),
        ("年1回点検し、記録している", ["年1回点検し", "記録している"]),
        ("定めておりませんが平均2時間です", ["定めておりませんが", "平均2時間です"]),
        ("来客に対し、札を渡しています", ["来客に対し、札を渡しています"]),
        ("本館は可、別館は不可", ["本館は可", "別館は不可"]),
        ("施錠済み。鍵は金庫に保管。", ["施錠済み", "鍵は金庫に保管"]),
        ("実施済（本館のみ）", ["実施済", "本館のみ"]),
        ("", []),
    ],
)
def test_where_a_clause_ends(text: str, clauses: list[str]) -> None:
    assert [clause.text for clause in read_clauses(text)] == clauses


@pytest.mark.parametrize(
    ("text", "denied", "exists"),
    [
        ("札を渡しています", False, False),
        ("札を渡しておりません", True, False),
        ("札を渡しておらず", True, False),
        ("未実施", True, False),
        ("体制あり", False, True),
        ("過去1年間は無", True, True),
        ("原則無", True, True),
        ("届出は0件", True, True),
        ("届出は10件", False, True),
        ("部外者が入れないようにしています", True, False),
        ("点検しなければならない", False, False),
        ("We do not keep keys", True, False),
        ("Keys are kept no longer than a day", True, False),
        ("Delivered no later than noon", False, False),
    ],
)
def test_what_is_denied_and_what_is_there(text: str, denied: bool, exists: bool) -> None:
    clause = read_clauses(text)[0]
    assert (clause.denied, clause.exists) == (denied, exists)


def test_a_denial_inside_is_told_apart_from_the_one_at_the_end() -> None:
    clause = read_clauses("届け出ていない車両はありません")[0]
    assert (clause.denied, clause.inner) == (True, True)


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("来年度から実施", Mood.PLANNED),
        ("本館のみ実施", Mood.PARTIAL),
        ("有償にて実施", Mood.CONDITIONAL),
        ("検討しています", Mood.CONSIDERED),
        ("お客様にて実施", Mood.CUSTOMER),
        ("別紙のとおり", Mood.ELSEWHERE),
    ],
)
def test_how_a_clause_is_meant(text: str, mood: Mood) -> None:
    assert mood in read_clauses(text)[0].moods


def test_a_consent_of_the_customer_is_no_act_of_the_customer() -> None:
    assert Mood.CUSTOMER not in read_clauses("お客様の承諾なく開けません")[0].moods
