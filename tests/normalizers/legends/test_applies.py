"""当てはまらない and 該当しない in legends: a no beside their contrary, else not for whoever answers."""

from __future__ import annotations

import pytest

from normalizers.legends.meaning import answers_of_entries


@pytest.mark.parametrize(
    ("entries", "answer"),
    [
        ([("○", "実施"), ("×", "未実施"), ("－", "当てはまらない")], "not_applicable"),
        ([("△", "一部のみ対応"), ("－", "業務に当てはまらない場合")], "not_applicable"),
        ([("－", "あてはまりません")], "not_applicable"),
        ([("1", "当てはまる"), ("2", "やや当てはまる"), ("3", "当てはまらない")], "no"),
        ([("1", "該当する"), ("2", "該当しない")], "no"),
        ([("○", "済"), ("／", "該当しない")], "not_applicable"),
    ],
)
def test_what_does_not_apply(entries: list[tuple[str, str]], answer: str) -> None:
    assert answers_of_entries(entries)[-1] == answer
