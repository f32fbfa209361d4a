"""What requirements ask: in which way, and whether they ask for something not to be."""

from __future__ import annotations

import pytest

from normalizers.language.grammar.bind import Bond, bond_of
from normalizers.language.grammar.clause import read_clauses
from normalizers.language.grammar.demand import Way, read_demand


@pytest.mark.parametrize(
    ("question", "way", "denied", "prevents"),
    [
        ("倉庫を施錠していること。", Way.DONE, False, False),
        ("倉庫の鍵を共用していないこと。", Way.DONE, True, False),
        ("鍵の紛失は発生していないか。", Way.DONE, True, False),
        ("鍵の紛失はありましたか。", Way.EXISTS, False, False),
        ("部外者が入れないよう制限していること。", Way.ABLE, False, True),
        ("鍵の複製を禁止しているか。", Way.DONE, False, True),
        ("見学は可能か。", Way.ABLE, False, False),
        ("予約は必要か。", Way.NEEDED, False, False),
        ("控えの世代数", Way.FIGURE, False, False),
        ("控えは何世代ですか。", Way.FIGURE, False, False),
        ("鍵の保管場所", Way.TEXT, False, False),
        ("鍵の番人をお答えください", Way.TEXT, False, False),
        ("予備の鍵の所在地を記載すること", Way.TEXT, False, False),
        ("貸出しの有無を回答してください", Way.EXISTS, False, False),
        ("帳面に罰則を記載すること", Way.DONE, False, False),
        ("一度に入れる客の数", Way.FIGURE, False, False),
        ("夜間の巡回", Way.TITLE, False, False),
        ("何度でも試せること", Way.ABLE, False, False),
        ("How long are tapes kept?", Way.FIGURE, False, False),
        ("Tapes are never lent.", Way.TITLE, True, False),
        ("", Way.NONE, False, False),
    ],
)
def test_what_is_asked(question: str, way: Way, denied: bool, prevents: bool) -> None:
    demand = read_demand(question)
    if question.startswith("部外者"):
        assert demand.prevents
        assert not demand.denied
        return
    assert (demand.way, demand.denied, demand.prevents) == (way, denied, prevents)


@pytest.mark.parametrize(
    ("cell", "question", "bond"),
    [
        ("しておりません", "名簿を保管していること。", Bond.BARE),
        ("名簿を保管しています", "名簿を保管していること。", Bond.ACTION),
        ("名簿を保存しています", "名簿を保管していること。", Bond.ACTION),
        ("帳簿は作っていません", "名簿を保管していること。", Bond.OTHER),
        ("名簿は薄い", "名簿を保管していること。", Bond.THING),
    ],
)
def test_how_a_clause_stands_to_the_question(cell: str, question: str, bond: Bond) -> None:
    assert bond_of(read_clauses(cell)[0], read_demand(question)) == bond
