"""Sheets much older than the newest one of the folder are told, by dates in the files and never by today's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from extractors.checklist.model import Meta
from pipeline.assemble.documents.sheet_age import OLD_AFTER, find_old_sheets, months_between
from pipeline.document.origin.received_date import date_of_receipt
from pipeline.document.process import DocumentResult
from pipeline.document.records import checklist_to_records
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile
from tests.pipeline.make import answers, table
from tests.pipeline.rerun import again, quick, same_tables, sheet, told


def _outcome(name: str, printed: str | None = None, reply: str = "○") -> DocumentResult:
    file = RawFile(Path(name), name, 1, "ab" * 32)
    return DocumentResult(
        file,
        "ok",
        "text/plain",
        checklists=(checklist_to_records(answers(reply, reply), ()),),
        meta=Meta(date=printed),
    )


def _old(*outcomes: DocumentResult, months: int = OLD_AFTER) -> list[str]:
    return list(find_old_sheets(_dates(*outcomes), months))


def _dates(*outcomes: DocumentResult) -> dict[str, dt.date]:
    dates = {outcome.file.name: date_of_receipt(outcome.file, outcome.meta.date).date for outcome in outcomes}
    return {name: date for name, date in dates.items() if date}


def test_a_sheet_over_a_year_older_than_the_newest_is_told() -> None:
    found = _old(_outcome("20240110_a.csv"), _outcome("20250201_b.csv"), _outcome("20260201_c.csv"))
    assert found == ["20240110_a.csv"]


def test_the_printed_date_counts_where_the_name_has_none() -> None:
    assert _old(_outcome("a.csv", "2023年5月1日"), _outcome("b.csv", "2025年6月")) == ["a.csv"]


def test_the_number_of_months_can_be_told() -> None:
    sheets = (_outcome("20250101_a.csv"), _outcome("20250801_b.csv"))
    assert _old(*sheets) == []
    assert _old(*sheets, months=6) == ["20250101_a.csv"]


def test_sheets_without_a_date_and_blank_forms_have_no_age(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    for name, reply in {
        "a": "○",
        "20200101_b": "",
        "20240101_c": "×",
        "20250601_d": "○",
        "20290101_e": "",
    }.items():
        sheet(tmp_path / "raw" / f"{name}.csv", [reply] * 3)
    again(tmp_path)
    found = [row for row in table(tmp_path / "out", "problems") if row["code"] == "sheet_old"]
    assert [row["path"] for row in found] == ["20240101_c.csv"]
    assert dict(told(tmp_path, "path", "message"))["20240101_c.csv"] == found[0]["message"]


def test_ages_are_told_anew_when_the_newest_sheet_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    sheet(tmp_path / "raw" / "20240101_a.csv", ["○"] * 3)
    again(tmp_path)
    assert table(tmp_path / "out", "problems") == []
    newest = sheet(tmp_path / "raw" / "20260101_b.csv", ["×"] * 3)
    again(tmp_path)
    again(tmp_path, "fresh")
    assert [row["code"] for row in table(tmp_path / "out", "problems")] == ["sheet_old"]
    assert same_tables(tmp_path / "out", tmp_path / "fresh") == []
    newest.unlink()
    again(tmp_path, prune=True)
    assert table(tmp_path / "out", "problems") == []
    assert told(tmp_path, "path", "message") == [("20240101_a.csv", "")]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ((2025, 1, 31), (2026, 1, 31), 12), ((2025, 1, 31), (2026, 1, 30), 11),
        ((2026, 3, 1), (2026, 3, 31), 0), ((2024, 12, 1), (2026, 1, 1), 13),
    ],
)  # fmt: skip
def test_whole_months(first: tuple[int, int, int], last: tuple[int, int, int], months: int) -> None:
    assert months_between(dt.date(*first), dt.date(*last)) == months


def test_the_message_names_both_dates_and_the_newest_sheet() -> None:
    old = find_old_sheets(_dates(_outcome("20240110_a.csv"), _outcome("20260201_c.csv")))["20240110_a.csv"]
    message = message_of(old, "20240110_a.csv", "en")
    assert "2024-01-10" in message
    assert "24 months older than the newest sheet (20260201_c.csv, 2026-02-01)" in message
