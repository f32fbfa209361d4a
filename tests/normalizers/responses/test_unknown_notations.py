"""Short texts between judgements: unclear where they judge, a value where they name or tell when."""

from __future__ import annotations

import pytest

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.responses.read_responses import read_responses

MARKS = ["○", "×", "対象外", "有", "無し", "△", "実施済", "○"]


def _read(cell: str, requirement: str, beside: list[str]) -> tuple[str, str]:
    cells = [(cell, requirement), *((mark, "棚の札があること。") for mark in beside)]
    rows = [ItemRow(str(n), q, a, "", "provider", Location()) for n, (a, q) in enumerate(cells, 1)]
    reading = read_responses(rows, (), None)[0]
    return reading.answer, reading.rule


@pytest.mark.parametrize("cell", ["本館のみ", "札を禁止", "札で代用", "鍵を貸与"])
def test_an_unknown_scrap_between_judgements_is_unclear(cell: str) -> None:
    assert _read(cell, "棚に鍵があること。", MARKS) == ("unclear", "judgements:unknown")
    assert _read(cell, "棚に鍵があること。", ["赤い札", "青い札", "白い札", "○"])[0] == "value"


@pytest.mark.parametrize("cell", ["月次で点検", "四半期ごと", "奈良県", "倉庫番の山田", "12本"])
def test_names_times_and_figures_stay_values(cell: str) -> None:
    assert _read(cell, "棚に鍵があること。", MARKS)[0] == "value"


def test_a_question_for_a_place_is_answered_by_a_text() -> None:
    assert _read("本館のみ", "鍵の保管場所", MARKS)[0] == "value"


@pytest.mark.parametrize(
    ("cell", "answer"), [("1", "yes"), ("2", "no"), ("３", "planned"), ("4", "unclear"), ("12", "unclear")]
)
def test_options_printed_in_the_question(cell: str, answer: str) -> None:
    question = "鍵を定めていますか。（1：定めている　2：定めていない　3：準備中）"
    assert _read(cell, question, ["1", "2", "2"])[0] == answer
