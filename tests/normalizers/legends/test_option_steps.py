"""Ticked choices that no word knows, as steps of a scale that ends in a denial."""

from __future__ import annotations

import pytest

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.responses.read_responses import read_responses


@pytest.mark.parametrize(
    ("cell", "answer", "caveat"),
    [
        ("☑全ての棟　□一部　□なし", "yes", "全ての棟"),
        ("□常に掛ける　☑頼まれれば掛ける　□掛けない", "conditional", ""),
        ("□毎日　☑初日のみ　□行っていない", "partial", ""),
        ("□二重丸　☑丸一つ　□掲げていない", "value", ""),
        ("☑東の棟　□西の棟　□南の棟", "value", ""),
        ("□加盟　☑未加盟", "no", ""),
        ("□あった　☑なかった", "no", ""),
    ],
)
def test_a_step_of_a_scale(cell: str, answer: str, caveat: str) -> None:
    row = ItemRow("1", "倉庫の見回りについて", cell, "", "provider", Location())
    (result,) = read_responses([row], (), None)
    assert (result.answer, result.caveat) == (answer, caveat)
