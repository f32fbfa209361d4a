"""Clause numbers with columns of measures; codes with their meanings, which look alike."""

from __future__ import annotations

from extractors.checklist.extract import READ_STRUCTURE
from extractors.checklist.reshape.detect_structures import structures_of
from tests.extractors.grids import grid_of, items_in, lined

CLAUSES = """
基準番号 | 港の側の対策内容 | 船の側の対策内容
港 1 | 灯を三つ点ける | 対象外（港の側の対策）
港 2 | 対象外（船の側の対策） | 綱を二本用意する
港 3 | 灯を三つ点ける | 対象外（港の側の対策）
港 3-1 | | 対象外（港の側の対策）
港 4 | 対象外（船の側の対策） | 綱を二本用意する
港 5 | 夜番を置く | 対象外（港の側の対策）
"""


def test_each_column_of_measures_answers_each_clause() -> None:
    rows = items_in(CLAUSES)
    assert [(r.item_no, r.sub_item, r.answer) for r in rows][:4] == [
        ("港 1", "港の側の対策内容", "灯を三つ点ける"),
        ("港 1", "船の側の対策内容", "対象外（港の側の対策）"),
        ("港 2", "港の側の対策内容", "対象外（船の側の対策）"),
        ("港 2", "船の側の対策内容", "綱を二本用意する"),
    ]
    assert len(rows) == 12


def test_codes_and_their_meanings_are_no_clauses() -> None:
    codes = "コード | 意味 | 直し方\n" + "\n".join(f"E{n} | 帆が{n}枚足りない | 足す" for n in range(1, 9))
    assert [s.kind for s in structures_of(grid_of(lined(codes))) if s.chance >= READ_STRUCTURE] == []
