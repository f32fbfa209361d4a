"""Dates in names of files and folders, in every way that clerks write them, and numbers that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from normalizers.values.name_dates import Precision, date_in_name, without_dates

_DAY = dt.date(2026, 6, 12)


@pytest.mark.parametrize(
    "name",
    [
        "20260612_回答", "回答_2026-6-12", "回答2026年6月12日", "令和8年6月12日回答", "R8.6.12", "回答_R080612", "260612回答",
        "回答（２０２６年６月１２日）", "2026.06.12", "2026_06_12", "R8-6-12", "IMG_20260612_101500", "scan20260612101500",
        "20260612_様式（2025年3月7日版）", "様式2025年3月7日版_260612",
    ],
)  # fmt: skip
def test_days(name: str) -> None:
    found = date_in_name(name)
    assert found is not None
    assert (found.date, found.precision) == (_DAY, Precision.DAY)


@pytest.mark.parametrize(
    ("name", "date", "precision"),
    [
        ("令和7年度", dt.date(2025, 4, 1), Precision.YEAR),
        ("2026年度_受領", dt.date(2026, 4, 1), Precision.YEAR),
        ("R7年度", dt.date(2025, 4, 1), Precision.YEAR),
        ("令和元年度", dt.date(2019, 4, 1), Precision.YEAR),
        ("受領_2026-06", dt.date(2026, 6, 1), Precision.MONTH),
        ("2026年6月受領分", dt.date(2026, 6, 1), Precision.MONTH),
        ("202606", dt.date(2026, 6, 1), Precision.MONTH),
    ],
)
def test_months_and_business_years_are_told_as_less_sure(
    name: str, date: dt.date, precision: Precision
) -> None:
    found = date_in_name(name)
    assert found is not None
    assert (found.date, found.precision) == (date, precision)


@pytest.mark.parametrize(
    "name",
    [
        "様式_2025年3月7日版", "チェックシート_20250307版", "R7.3.7改訂", "様式 Ver.20250307", "令和7年度版", "ISO27001",
        "No.260612", "20260631", "20261301", "TEL03-1234-5678", "回答v2", "文書番号1202606121", "271399",
    ],
)  # fmt: skip
def test_editions_and_other_numbers_are_none(name: str) -> None:
    assert date_in_name(name) is None


def test_a_name_without_its_dates() -> None:
    assert without_dates("20260612_ひばりネット_R8.6.12").split("_") == [" ", "ひばりネット", " "]
