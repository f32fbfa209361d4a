"""Legends of scans of which a mark or a colon could not be read: nothing is assumed of marks that say yes."""

from __future__ import annotations

import pytest

from normalizers.answers.legend import legend_answers, mark_key
from normalizers.legends.parse_legend import parse_legend


@pytest.mark.parametrize(
    ("lines", "mark", "answer"),
    [
        (["◎：満たす", "〓：有償で満たす", "×：満たさない"], "○", "unclear"),
        (["◎：満たす", "〓：有償で満たす", "×：満たさない"], "◎", "yes"),
        (["◎：満たす", "〓：有償で満たす", "×：満たさない"], "×", "no"),
        (["〓：有償で満たす"], "○", "unclear"),
        (["〓：有償で満たす"], "×", None),
        (["○：満たす　△：一部満たす　×：満たさない　一〓該当しない"], "×", "no"),
        (["○：満たす　×：満たさない"], "◎", None),
    ],
)
def test_a_mark_that_may_be_the_unread_one_is_unclear(
    lines: list[str], mark: str, answer: str | None
) -> None:
    assert legend_answers(parse_legend(lines)).get(mark_key(mark)) == answer
