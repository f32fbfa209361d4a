"""A folder as it arrives, read as a user reads it: every sheet found, nothing counted twice, nothing called damaged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from normalizers.values.organisations import organisation_key
from pipeline.assemble.rows import Row
from pipeline.incremental.run_report import RunReport
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.pipeline.arrivals.make_folder import EXPECTED, PASSWORD, UNREADABLE, make_folder
from tests.pipeline.arrivals.odd_things import ODD_EXPECTED, ODD_NOISE, ODD_UNREADABLE, add_odd_things
from tests.pipeline.make import table
from tests.pipeline.rerun import check_whole

pytestmark = pytest.mark.slow
REQUESTS = """vendor,service,form,due
㈱ひばりネット,ひばり人事,,2026-06-30
有限会社やまびこ書庫,,様式/委託先安全確認シート_2025年3月7日版.xlsx,
株式会社かりん,,,2026年6月20日
株式会社あけぼの倉庫,,,
"""


@dataclass(frozen=True)
class Arrived:
    """The folder, the run over it and its tables."""

    folder: Path
    settings: Settings
    report: RunReport
    documents: list[Row]
    problems: list[Row]

    def of_vendor(self, vendor: str) -> list[Row]:
        """The documents of a vendor in any spelling."""
        return [row for row in self.documents if row["vendor_key"] == organisation_key(vendor)]


@pytest.fixture(scope="module")
def arrived(tmp_path_factory: pytest.TempPathFactory) -> Arrived:
    folder = tmp_path_factory.mktemp("arrivals")
    make_folder(folder / "raw")
    add_odd_things(folder / "raw")
    expected = folder / "expected.csv"
    expected.write_bytes(REQUESTS.encode("cp932"))
    settings = Settings(folder / "raw", folder / "out", workers=1, language="ja", expected=expected)
    report = ingest(settings)
    documents, problems = table(folder / "out", "documents"), table(folder / "out", "problems")
    return Arrived(folder, settings, report, documents, problems)


def test_every_vendors_sheets_are_found_and_counted_once(arrived: Arrived) -> None:
    answers = Counter(row["document_id"] for row in table(arrived.folder / "out", "answers"))
    blank = {
        row["document_id"] for row in table(arrived.folder / "out", "checklists") if row["kind"] == "blank"
    }
    sheets: dict[str, list[int]] = {}
    for row in arrived.documents:
        if row["document_id"] in answers and row["duplicate_of"] is None and row["document_id"] not in blank:
            sheets.setdefault(row["vendor_key"], []).append(answers[row["document_id"]])
    wanted = {organisation_key(name): counts for name, counts in (EXPECTED | ODD_EXPECTED).items()}
    assert {vendor: (len(counts), sum(counts)) for vendor, counts in sheets.items()} == wanted
    check_whole(arrived.folder / "out")


def test_what_cannot_be_read_is_told_for_what_it_is_with_its_vendor(arrived: Arrived) -> None:
    codes = {row["path"]: row["code"] for row in arrived.problems}
    unreadable = UNREADABLE | ODD_UNREADABLE
    rows = {
        name: [row for row in arrived.of_vendor(name) if row["status"] != "ignored"] for name in unreadable
    }
    told = {name: {codes[row["path"]] for row in entries} for name, entries in rows.items()}
    assert told == {name: {code} for name, code in unreadable.items()}


def test_nothing_is_called_damaged_and_only_the_locked_one_asks_for_a_password(arrived: Arrived) -> None:
    codes = Counter(row["code"] for row in arrived.problems)
    assert codes["file_damaged"] == codes["internal_error"] == codes["file_unsupported"] == 0
    assert [row["path"] for row in arrived.documents if row["status"] == "encrypted"] == [
        "株式会社しおさい/回答.zip/回答.xlsx"
    ]
    assert PASSWORD not in "".join(row["message"] for row in arrived.problems)


def test_what_was_carried_stands_under_its_container(arrived: Arrived) -> None:
    nested = "受領_R080611/かささぎ.zip/提出/様式一式.zip/回答.pdf"
    containers = {row["path"]: row["container"] for row in arrived.documents}
    assert containers[nested] == "受領_R080611/かささぎ.zip/提出/様式一式.zip"
    assert containers[containers[nested]] == "受領_R080611/かささぎ.zip"
    assert containers["受領_R080611/かささぎ.zip"] is None
    assert containers["受領_R080611/やまびこ書庫_一式.zip/やまびこ書庫/チェックシート回答.xlsx"]
    assert "ふくろう通信株式会社_回答.pdf" in containers  # its name is of bytes that are no UTF-8


@pytest.mark.parametrize(
    ("end", "date", "date_source", "vendor_source"),
    [
        ("回答.eml/安全確認シート.xlsx", "2026-06-12", "mail", "sheet"),
        ("安全確認シートの件.msg/回答.xlsx", "2026-06-10", "mail", "mail"),
        ("ご回答.eml/本文.html", "2026-06-12", "mail", "mail"),
        ("経費_2026-6-10.pdf", "2026-06-10", "file_name", "sheet"),
        ("様式一式.zip/回答.pdf", "2026-06-11", "folder_name", "sheet"),
        ("スキャン_20260610.pdf", "2026-06-10", "file_name", "sheet"),
        ("かわせみ株式会社.xlsx", "2026-06-03", "sheet", "sheet"),
        ("まつぼっくり印刷株式会社_260608.csv", "2026-06-08", "file_name", "file_name"),
        ("2025年3月7日版.xlsx", None, None, None),
        ("17_かえで/回答.rtf", None, None, "folder_name"),
    ],
)
def test_dates_and_vendors_say_what_tells_them(
    arrived: Arrived, end: str, date: str | None, date_source: str | None, vendor_source: str | None
) -> None:
    [row] = [row for row in arrived.documents if row["path"].endswith(end)]
    assert (
        row["received_at"] and row["received_at"].isoformat(),
        row["date_source"],
        row["vendor_source"],
    ) == (
        date,
        date_source,
        vendor_source,
    )


def test_noise_is_ignored_and_its_words_are_kept(arrived: Arrived) -> None:
    ignored = {row["path"].rpartition("/")[2] for row in arrived.documents if row["status"] == "ignored"}
    assert {
        "logo.png",
        "smime.p7s",
        "Thumbs.db",
        "desktop.ini",
        "passwords.txt",
        "本文.txt",
    } | ODD_NOISE <= ignored
    texts = "".join(row["text"] for row in table(arrived.folder / "out", "rescued"))
    assert "後日お送りします。" in texts


def test_what_is_sent_again_is_told_once_and_a_mails_own_text_never_as_put_here_by_mistake(
    arrived: Arrived,
) -> None:
    copies = {row["path"] for row in arrived.problems if row["code"] == "file_duplicate"}
    assert copies == {
        "12_ひばりネット/安全確認シート_ひばり人事 - コピー.xlsx",
        "受信/再送_回答.eml/回答 (1).xlsx",
    }


def test_an_archive_of_nothing_is_told_as_empty(arrived: Arrived) -> None:
    codes = {row["path"]: row["code"] for row in arrived.problems}
    assert codes["空.zip"] == codes["メール/チェックシートの件.eml"] == "container_empty"


def test_editions_of_one_service_are_told_as_counted_twice(arrived: Arrived) -> None:
    twice = [row["path"] for row in arrived.problems if row["code"] == "form_received_twice"]
    assert twice == ["こもれび会計/安全確認シート_第1版.xlsx"]


def test_who_was_asked_is_compared_with_what_came(arrived: Arrived) -> None:
    states = {sheet.request.vendor: str(sheet.state) for sheet in arrived.report.expected}
    assert states == {
        "㈱ひばりネット": "received",
        "有限会社やまびこ書庫": "received",
        "株式会社かりん": "nothing",
        "株式会社あけぼの倉庫": "unusable",
    }


def test_a_second_run_reads_nothing_again(arrived: Arrived) -> None:
    before = {path.name: path.read_bytes() for path in (arrived.folder / "out").glob("*.parquet")}
    report = ingest(arrived.settings)
    assert [line.name for line in report.lines if line.seconds is not None] == []
    assert {path.name: path.read_bytes() for path in (arrived.folder / "out").glob("*.parquet")} == before


def test_a_password_that_comes_later_opens_what_was_locked(arrived: Arrived) -> None:
    ingest(replace(arrived.settings, passwords=("nobody-knows",)))
    rows = {row["path"]: row for row in table(arrived.folder / "out", "documents")}
    opened = rows["株式会社しおさい/回答.zip/回答.xlsx"]
    assert (opened["status"], opened["version"], opened["vendor"]) == ("ok", 1, "株式会社しおさい")
    check_whole(arrived.folder / "out")
