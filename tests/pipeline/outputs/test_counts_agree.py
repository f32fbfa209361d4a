"""The figures that an analyst reads are the same in ingest, compare, report, judge, a query, the app's screens and the docs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.selection import ControlFilter, select_controls
from pipeline.cli import app
from pipeline.query.query import query
from pipeline.query.received_files import read_file_lines
from pipeline.query.totals import Totals, count_dataset
from tests.conftest import ROOT, SHARED
from tests.recipes import PAGE, recipes

_HEADER = 3  # rows over the first row of a list in the workbook


def _run(*words: str | Path) -> str:
    env = {"CHECKSHEET_LANG": "en", "COLUMNS": "200", "TERM": "dumb"}
    result = CliRunner().invoke(app, [str(word) for word in words], env=env)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result.stdout


def _figures(text: str, pattern: str) -> list[int]:
    match = re.search(pattern, re.sub(r"\s+", " ", text))
    assert match, (pattern, text)
    return [int(figure) for figure in match.groups()]


def _rows(sheet: openpyxl.worksheet.worksheet.Worksheet) -> int:
    rows = sheet.iter_rows(min_row=_HEADER + 1, values_only=True)
    return sum(any(value is not None for value in row) for row in rows)


def _the_summary_agrees(summary: str, totals: Totals) -> None:
    t = totals
    assert _figures(summary, r"(\d+) of (\d+) files read, (\d+) answers,") == [
        t.files_read,
        t.files,
        t.answers,
    ]
    assert _figures(summary, r"answers: (\d+) filled in, (\d+) blank, (\d+) printed by the form \((\d+) services of (\d+) ") == [
        t.answered, t.unanswered, t.preprinted, t.services, t.vendors,
    ]  # fmt: skip
    assert _figures(summary, r"; (\d+) of (\d+) controls of the catalogue asked") == [t.controls, t.catalogue]
    words = re.search(r"of these: ([^.]*?) (?:\d+ of the forms')", re.sub(r"\s+", " ", summary))
    assert words
    assert sum(map(int, re.findall(r" (\d+)", words.group(1)))) == t.answers


def _queries_agree(dataset: Path, totals: Totals) -> None:
    standing = "replaced_at IS NULL AND NOT removed"
    asked = {
        "SELECT count(*) FROM latest": totals.answers,
        "SELECT count(*) FROM latest WHERE answer <> 'unanswered' AND NOT preprinted": totals.answered,
        "SELECT count(*) FROM latest WHERE answer = 'unanswered'": totals.unanswered,
        f"SELECT sum(items) FROM sheets WHERE {standing}": totals.answers,
        f"SELECT sum(answered) FROM sheets WHERE {standing}": totals.answered,
        f"SELECT count(*) FROM sheets WHERE {standing}": totals.sheets,
        "SELECT count(DISTINCT (vendor_key, service_key)) FROM latest": totals.services,
        "SELECT count(DISTINCT control_id) FROM latest WHERE domain <> 'new'": totals.controls,
        "SELECT count(DISTINCT control_id) FROM matrix WHERE domain <> 'new'": totals.controls,
        "SELECT count(*) FROM controls WHERE domain <> 'new'": totals.catalogue,
        "SELECT count(*) FROM gaps": totals.gaps,
        "SELECT sum(answers) FROM coverage JOIN (SELECT DISTINCT path FROM latest) USING (path)": totals.answers,
        "SELECT count(*) FROM documents WHERE replaced_by IS NULL AND status NOT IN ('removed', 'ignored')": totals.files,
    }
    assert {sql: query(dataset, sql).rows[0][0] for sql in asked} == asked
    assert totals.answered + totals.unanswered + totals.preprinted == totals.answers
    parts = (totals.files_read, totals.files_to_confirm, totals.files_without_list, totals.files_not_read,
             totals.files_duplicate, totals.files_carrying)  # fmt: skip
    assert sum(parts) == totals.files


def _the_workbook_agrees(dataset: Path, folder: Path, totals: Totals) -> None:
    told = _run("compare", "--dataset", dataset, "--out", folder / "out.xlsx")
    pattern = r"(\d+) services of (\d+) vendors: (\d+) answers on (\d+) controls, (\d+) gaps \((\d+) answers\), (\d+) things"
    *figures, asks = _figures(told, pattern)
    t = totals
    assert figures == [t.services, t.vendors, t.answers, t.controls, t.gap_lines, t.gaps]
    book = openpyxl.load_workbook(folder / "out.xlsx")
    subtitle = str(book["Comparison"]["A2"].value)
    shown = _figures(subtitle, r"(\d+) services of (\d+) vendors · (\d+) controls .*? · (\d+) answers")
    assert shown == [t.services, t.vendors, t.controls, t.answers]
    assert (_rows(book["Gaps"]), _rows(book["Ask again"])) == (t.gap_lines, asks)
    customers = query(dataset, "SELECT count(*) FROM _turned WHERE respondent = 'customer' "
                      "AND replaced_at IS NULL AND NOT removed").rows[0][0]  # fmt: skip
    assert _rows(book["Sources"]) + _rows(book["Without a control"]) == t.answers + customers
    assert f"{t.controls} of {t.catalogue} controls" in " ".join(
        str(cell.value) for row in book["Legend"].iter_rows() for cell in row
    )


def _the_page_agrees(dataset: Path, folder: Path, totals: Totals) -> None:
    told = _run("report", "--dataset", dataset, "--out", folder / "out.html")
    t = totals
    pattern = r"(\d+) services of (\d+) vendors: (\d+) answers on (\d+) controls, (\d+) files"
    assert _figures(told, pattern) == [t.services, t.vendors, t.answers, t.controls, t.files]
    page = (folder / "out.html").read_text(encoding="utf-8")
    tiles = dict(re.findall(r"<dt>(.*?)</dt>\s*<dd>(\d+)</dd>", page, re.DOTALL))
    assert {name: int(figure) for name, figure in tiles.items() if name != "questions to ask"} == {
        "files received": t.files, f"files read ({t.files_in_part} of them in part)": t.files_read,
        "files not read": t.files_not_read, f"services of {t.vendors} vendors": t.services, "answers": t.answers,
        f"of these filled in ({t.unanswered} blank)": t.answered, f"controls asked, of {t.catalogue}": t.controls,
        f"gaps ({t.gaps} answers)": t.gap_lines,
    }  # fmt: skip


def _the_screens_agree(dataset: Path, totals: Totals) -> None:
    """What the screens of the app show: files received, controls by services, answers behind the cells."""
    lines = [line for line in read_file_lines(dataset) if not line.noise]
    assert len(lines) == totals.files - totals.files_duplicate - totals.files_carrying
    read = [line for line in lines if line.status in {"ok", "partial"} and not line.blank_form]
    assert sum(line.items for line in read) == totals.answers
    comparison = build_comparison(dataset)
    assert len(comparison.parties) == totals.services
    asked = {control.control_id for control in select_controls(comparison, ControlFilter(), ())}
    listed = query(dataset, "SELECT DISTINCT control_id FROM matrix").rows
    assert asked == {control for (control,) in listed}
    gaps = select_controls(comparison, ControlFilter(gaps=True), ())
    shown = {control.control_id for control in gaps}
    told = query(dataset, "SELECT DISTINCT control_id FROM gaps WHERE control_id IS NOT NULL").rows
    assert {control for (control,) in told} <= shown


def _all_agree(raw: Path, folder: Path, *options: str) -> Totals:
    dataset = folder / "set"
    summary = _run("ingest", raw, "--out", dataset, "--workers", "1", *options)
    totals = count_dataset(dataset).totals
    assert json.loads(_run("query", "SELECT * FROM totals", "--json", "--dataset", dataset)) == [
        asdict(totals)
    ]
    _the_summary_agrees(summary, totals)
    _queries_agree(dataset, totals)
    _the_workbook_agrees(dataset, folder, totals)
    _the_page_agrees(dataset, folder, totals)
    _the_screens_agree(dataset, totals)
    verdicts = json.loads(
        _run(
            "judge",
            "--dataset",
            dataset,
            "--policy",
            ROOT / "pipeline" / "assess" / "policy_example.toml",
            "--json",
        )
    )
    assert len(verdicts["verdicts"]) == totals.services
    return totals


@pytest.mark.slow
def test_the_samples(tmp_path: Path) -> None:
    totals = _all_agree(ROOT / "data" / "raw", tmp_path)
    assert (totals.files, totals.vendors, totals.answers, totals.answered) == (7, 4, 147, 140)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"`totals` ({totals.answers} answers, {totals.answered} of them filled in)" in readme


@pytest.mark.slow
@pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="needs ../shared/corpus")
def test_the_corpus(tmp_path: Path) -> None:
    totals = _all_agree(SHARED / "corpus", tmp_path, "--no-scans")
    assert totals.answers > 1000


def test_the_docs_tell_how_to_count() -> None:
    assert any("FROM totals" in recipe.sql for recipe in recipes(PAGE.read_text(encoding="utf-8")))
