"""Which controls a comparison shows; who was asked and has not answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.model import Comparison
from pipeline.assess.comparison.selection import ControlFilter, select_controls
from pipeline.assess.invited import InvitedVendor, missing_vendors, read_invited, write_invited
from pipeline.errors import InvitedUnreadable
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


def test_who_has_not_sent_a_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "invited.csv"
    twice = InvitedVendor("ゆめみ屋")
    invited = [
        InvitedVendor("株式会社かくう便"),
        InvitedVendor("みほん堂", "棚"),
        twice,
        twice,
    ]
    write_invited(path, invited)
    listed = read_invited(path)
    assert listed == invited[:3]
    assert missing_vendors(listed, [("カクウ便", None), ("みほん堂", "机"), (None, None)]) == [
        listed[1],
        listed[2],
    ]
    assert missing_vendors(listed, [("みほん堂", "棚"), ("㈱かくう便", "x"), ("ゆめみ屋", None)]) == []


def test_the_list_may_come_from_excel(tmp_path: Path) -> None:
    path = tmp_path / "invited.csv"
    path.write_bytes("service,vendor,memo\r\n棚,みほん堂,x\r\n,,\r\n".encode("cp932"))
    assert read_invited(path) == [InvitedVendor("みほん堂", "棚")]
    assert read_invited(tmp_path / "none.csv") == []
    path.write_text("name\nx\n", encoding="utf-8")
    with pytest.raises(InvitedUnreadable) as caught:
        read_invited(path)
    assert "vendor" in caught.value.text("ja")
