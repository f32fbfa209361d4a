"""People's corrections of vendors outrank what was found; one that fits no file is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.checklist.model import Meta
from extractors.issue import Issue
from pipeline.document.process import DocumentResult
from pipeline.errors import VendorsUnreadable
from pipeline.ingest import ingest
from pipeline.review.vendors import apply_corrections, read_corrections, unused_corrections
from pipeline.settings import Settings
from pipeline.sources.discover import RawFile
from tests.pipeline.make import table

HEADER = "path,vendor,service,note\n"


def _outcome(name: str) -> DocumentResult:
    file = RawFile(Path(name), name, 1, "ab" * 32)
    return DocumentResult(file, "ok", "text/plain", meta=Meta("見つけた社", "見つけた帳"))


def _corrected(tmp_path: Path, lines: str, name: str) -> tuple[str | None, str | None]:
    path = tmp_path / "vendors.csv"
    path.write_text(HEADER + lines, encoding="utf-8")
    meta = apply_corrections(_outcome(name), read_corrections(path)).meta
    return meta.vendor, meta.service


@pytest.mark.parametrize(
    ("lines", "name", "expected"),
    [
        ("a.xlsx,からくり堂,,\n", "a.xlsx", ("からくり堂", "見つけた帳")),
        ("a.xlsx,,からくり帳,\n", "a.xlsx", ("見つけた社", "からくり帳")),
        ("箱,からくり堂,,\n", "箱/中/a.xlsx", ("からくり堂", "見つけた帳")),
        ("箱/,からくり堂,,\n", "箱/a.xlsx", ("からくり堂", "見つけた帳")),
        ("箱\\a.xlsx,からくり堂,,\n", "箱/a.xlsx", ("からくり堂", "見つけた帳")),
        ("*からくり*.xlsx,からくり堂,,\n", "箱/からくり_回答.xlsx", ("からくり堂", "見つけた帳")),
        ("か\u3099らくり.xlsx,がらくり堂,,\n", "がらくり.xlsx", ("がらくり堂", "見つけた帳")),
        ("a[1].xlsx,からくり堂,,\n", "a[1].xlsx", ("からくり堂", "見つけた帳")),
        ("*,みな,,\na.xlsx,からくり堂,,\n", "a.xlsx", ("からくり堂", "見つけた帳")),
        ("箱,からくり堂,,\n", "箱庭/a.xlsx", ("見つけた社", "見つけた帳")),
        ("A.xlsx,からくり堂,,\n", "a.xlsx", ("見つけた社", "見つけた帳")),
    ],
)
def test_a_correction_outranks_what_was_found(
    tmp_path: Path, lines: str, name: str, expected: tuple[str, str]
) -> None:
    assert _corrected(tmp_path, lines, name) == expected


def test_a_corrected_guess_is_no_guess(tmp_path: Path) -> None:
    path = tmp_path / "vendors.csv"
    path.write_text(HEADER + "a.xlsx,からくり堂,,\n", encoding="utf-8")
    guessed = replace(_outcome("a.xlsx"), issues=(Issue("vendor_guessed"), Issue("no_checklist")))
    found = apply_corrections(guessed, read_corrections(path))
    assert [problem.code for problem in found.issues] == ["no_checklist"]
    assert unused_corrections(["a.xlsx"], read_corrections(path)) == []


def test_no_file_of_corrections_corrects_nothing(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "vendors.csv") == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("path,vendor\na,b\n", "the column service is missing"),
        (HEADER + "a.xlsx,,,\n", "line 2: write a path, and a vendor or a service"),
        (HEADER + ",からくり堂,,\n", "line 2"),
        ("", "the column path is missing"),
    ],
)
def test_a_broken_file_of_corrections_says_where(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "vendors.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VendorsUnreadable, match=why):
        read_corrections(path)


def test_a_file_as_excel_in_japan_saves_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "vendors.csv"
    path.write_bytes((HEADER + "①/a.xlsx,からくり堂㈱,,\n").replace("\n", "\r\n").encode("cp932"))
    assert [(entry.path, entry.vendor) for entry in read_corrections(path)] == [("①/a.xlsx", "からくり堂㈱")]


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "vendors.csv"
    path.write_bytes((HEADER + "a.xlsx,からくり堂,,\n").encode("utf-16"))
    with pytest.raises(VendorsUnreadable):
        read_corrections(path)


def test_the_dataset_holds_the_corrected_vendor_its_key_and_the_run_tells_lines_without_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.csv").write_text(
        "会社名：見つけた社\nNo.,確認事項,回答,備考\n"
        + "".join(f"{n},鍵を{n}人で管理していること。,○,\n" for n in range(1, 6)),
        encoding="utf-8",
    )
    vendors = tmp_path / "vendors.csv"
    vendors.write_text(HEADER + "a.csv,㈱からくり堂,からくり帳,\nno.csv,x,,\n", encoding="utf-8")
    run = ingest(Settings(raw, tmp_path / "out", workers=1, vendors=vendors))
    row = table(tmp_path / "out", "documents")[0]
    assert (row["vendor"], row["vendor_key"], row["service"]) == ("㈱からくり堂", "カラクリ堂", "からくり帳")
    assert [(c.line, c.path) for c in run.unused] == [(3, "no.csv")]
    vendors.write_text(HEADER + "a.csv,別の社,,\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.document.extraction.read", None)  # corrected without reading the file again
        run = ingest(Settings(raw, tmp_path / "out", workers=1, vendors=vendors))
    row = table(tmp_path / "out", "documents")[0]
    assert (row["vendor"], row["service"], run.unused) == ("別の社", None, ())
