"""Vendors by names of folders, and days of receipt by names, sheets and mails."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from extractors.mail.carried import MailNote
from pipeline.document.origin.folder_vendor import folders_of, vendor_of_folders
from pipeline.document.origin.received_date import DateSource, ReceivedDate, date_of_receipt
from pipeline.document.origin.vendor import VendorHints, VendorName, VendorSource, find_vendor
from pipeline.sources.discover import RawFile


@pytest.mark.parametrize(
    ("folder", "vendor"),
    [
        ("12_ひばりネット", "ひばりネット"),
        ("ひばりネット", "ひばりネット"),
        ("(12) ひばりネット様", "ひばりネット"),
        ("012ひばりネット", "ひばりネット"),
        ("No.3 ひばりネット_回答", "ひばりネット"),
        ("20260612_ひばりネット", "ひばりネット"),
        ("R8年度_ひばりネット_提出済", "ひばりネット"),
        ("03_株式会社ひばりネット", "株式会社ひばりネット"),
        ("ﾋﾊﾞﾘﾈｯﾄ", "ヒバリネット"),
        ("HIBARI NET", "HIBARI"),
    ],
)
def test_a_folder_is_called_by_its_vendor(folder: str, vendor: str) -> None:
    assert vendor_of_folders([folder]) == vendor


@pytest.mark.parametrize(
    "folder",
    [
        "受領_2026-06", "様式", "01_受領済み", "令和8年度", "2026年6月分", "回答", "チェックシート回答",
        "セキュリティチェックシート",
        "情報システム部", "新しいフォルダー (2)", "Aグループ", "第2回", "raw", "data", "委託先", "最終版", "3", "未確認",
        "人事刷新プロジェクト", "ポータル出力", "mail",
    ],
)  # fmt: skip
def test_words_of_filing_are_no_vendor(folder: str) -> None:
    assert vendor_of_folders([folder]) is None


def test_the_innermost_folder_counts_and_mails_and_archives_are_none() -> None:
    assert folders_of("つばめ/ひばり/回答.zip/やまびこ/回答.xlsx") == ["やまびこ", "ひばり", "つばめ"]
    assert vendor_of_folders(folders_of("つばめ/受領/ご回答.eml/回答.xlsx")) == "つばめ"


def test_a_mail_is_the_last_that_names_a_vendor_and_a_guess() -> None:
    mail = ("総務 花子", "Re: 株式会社ひばりネット チェックシート")
    found = find_vendor(VendorHints(mail=mail))
    assert found == VendorName("株式会社ひばりネット", VendorSource.MAIL)
    assert found.is_guess
    assert find_vendor(VendorHints(mail=mail, folders=("つばめ",))).source == VendorSource.FOLDER_NAME
    several = ("株式会社つばめ 営業", "FW: 株式会社ひばりネットの件")
    assert find_vendor(VendorHints(mail=several)) == VendorName()


@pytest.mark.parametrize(
    ("name", "printed", "expected"),
    [
        ("260612_a.xlsx", "2026年6月1日", ReceivedDate(dt.date(2026, 6, 12), DateSource.FILE_NAME)),
        ("260612/a.xlsx", "2026年6月1日", ReceivedDate(dt.date(2026, 6, 12), DateSource.FOLDER_NAME)),
        ("a.xlsx", "令和8年6月1日", ReceivedDate(dt.date(2026, 6, 1), DateSource.SHEET)),
        ("令和7年度/a.xlsx", None, ReceivedDate(dt.date(2026, 5, 5), DateSource.MAIL)),
        ("a.xlsx", "未定", ReceivedDate(dt.date(2026, 5, 5), DateSource.MAIL)),
    ],
)
def test_what_tells_the_day_of_receipt(name: str, printed: str | None, expected: ReceivedDate) -> None:
    file = RawFile(Path(name), name, 1, "00", mail=MailNote(dt.date(2026, 5, 5)))
    assert date_of_receipt(file, printed) == expected


def test_a_business_year_counts_where_nothing_else_does() -> None:
    file = RawFile(Path("a"), "令和7年度/a.xlsx", 1, "00")
    assert date_of_receipt(file, None) == ReceivedDate(dt.date(2025, 4, 1), DateSource.FOLDER_NAME)
    assert date_of_receipt(RawFile(Path("a"), "a.xlsx", 1, "00"), None) == ReceivedDate()
