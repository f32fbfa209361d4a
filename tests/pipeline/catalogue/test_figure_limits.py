"""Figures against what a buyer wants at least or at most."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalizers.values.quantities import Quantity
from pipeline.align.match import Candidate
from pipeline.catalogue.figure_limits import FigureLimits
from pipeline.catalogue.load import load_controls
from pipeline.errors import ControlsUnreadable

UPTIME = FigureLimits(99.9, None, "per cent")
RECOVERY = FigureLimits(None, 4.0, "hours")


@pytest.mark.parametrize(
    ("limits", "value", "expected"),
    [
        (UPTIME, Quantity(99.95, "%", "exact"), True),
        (UPTIME, Quantity(99.9, "%", "min"), True),
        (UPTIME, Quantity(99.5, "%", "min"), False),
        (UPTIME, Quantity(99.95, "%", "max"), None),
        (UPTIME, Quantity(99.0, "%", "max"), False),
        (UPTIME, Quantity(99.95, "%", "about"), None),
        (UPTIME, Quantity(3, "時間", "exact"), None),
        (RECOVERY, Quantity(240, "分", "max"), True),
        (RECOVERY, Quantity(5, "時間", "max"), False),
        (RECOVERY, Quantity(3, "時間", "min"), None),
        (RECOVERY, Quantity(5, "時間", "min"), False),
        (RECOVERY, Quantity(2, "営業日", "exact"), None),
        (FigureLimits(2, 5, "count"), Quantity(3, "世代", "exact"), True),
        (FigureLimits(2, 5, "count"), Quantity(6, "世代", "exact"), False),
    ],
)
def test_a_figure_within_limits(limits: FigureLimits, value: Quantity, expected: bool | None) -> None:
    figure = (*value.canonical, value.bound)
    assert limits.hold(figure) is expected
    match = Candidate("uptime", 0.9, "fuzzy", "same", "equal", True, "value", True, limits)
    assert match.favourable("value", figure) is expected
    assert match.favourable("value") is None
    assert match.favourable("undisclosed", figure) is None


def test_without_limits_no_figure_is_good_or_bad() -> None:
    match = Candidate("uptime", 0.9, "fuzzy", "same", "equal", True, "value", True)
    assert match.favourable("value", (99.99, "per cent", "exact")) is None


def _own(folder: Path, words: str) -> Path:
    text = f'[[controls]]\nid = "rooms"\nname_ja = "部屋"\ndefinition_ja = "部屋の数を示すこと。"\n{words}\n'
    (folder / "own.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_users_limits_are_kept_in_the_unit_of_comparison(tmp_path: Path) -> None:
    own = _own(tmp_path, 'desired = "value"\nunit = "分"\ndesired_max = 90')
    assert load_controls(own)[-1].limits == FigureLimits(None, 1.5, "hours")


@pytest.mark.parametrize(
    "words",
    [
        'desired = "yes"\nunit = "%"\ndesired_min = 99',
        'desired = "value"\ndesired_min = 99',
        'desired = "value"\nunit = "furlong"\ndesired_min = 99',
        'desired = "value"\nunit = "%"\ndesired_min = "much"',
    ],
)
def test_limits_that_cannot_be_understood_are_an_error(tmp_path: Path, words: str) -> None:
    with pytest.raises(ControlsUnreadable, match="desired_min") as told:
        load_controls(_own(tmp_path, words))
    assert told.value.code == "limits_unknown"
