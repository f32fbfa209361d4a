"""Which controls a comparison shows."""

from __future__ import annotations

import pytest

from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.model import Comparison
from pipeline.assess.comparison.selection import ControlFilter, select_controls
from tests.pipeline.assess.made import Given, Paper, control, dataset


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """Two vendors on three controls."""
    papers = [
        Paper("甲.xlsx", "かくう便", answers=(
            Given("c1", "yes", "○", favourable=True), Given("c2", "yes", "○", favourable=True, level="mandatory"),
            Given("c3", "yes", "○", "ﾛｸﾞあり", favourable=True))),
        Paper("乙.xlsx", "みほん堂", answers=(
            Given("c1", "yes", "○", favourable=True), Given("c2", "no", "×", favourable=False),
            Given("c3", "yes", "○", favourable=True))),
    ]  # fmt: skip
    controls = [control("c1"), control("c2", "network"), control("c3", name="出入りの記録")]
    return build_comparison(dataset(tmp_path_factory.mktemp("set"), papers, controls))


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (ControlFilter(), ["c1", "c3", "c2"]),
        (ControlFilter(domain="network"), ["c2"]),
        (ControlFilter(mandatory=True), ["c2"]),
        (ControlFilter(differing=True), ["c2"]),
        (ControlFilter(gaps=True), ["c2"]),
        (ControlFilter(text="ろぐ"), ["c3"]),
        (ControlFilter(text="記録 出入り"), ["c3"]),
        (ControlFilter(text="どこにもない"), []),
        (ControlFilter(domain="backup", gaps=True), []),
    ],
)
def test_a_filter_chooses_controls(comparison: Comparison, wanted: ControlFilter, ids: list[str]) -> None:
    assert [c.control_id for c in select_controls(comparison, wanted)] == ids


def test_gaps_are_those_of_the_vendors_shown(comparison: Comparison) -> None:
    names = {party.name: index for index, party in enumerate(comparison.parties)}
    assert select_controls(comparison, ControlFilter(gaps=True), (names["かくう便"],)) == []
    assert len(select_controls(comparison, ControlFilter(gaps=True), (names["みほん堂"],))) == 1
