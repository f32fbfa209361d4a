"""What the terminal shows after a run: a line a file, totals, and what to do next."""

from __future__ import annotations

import io
import re
import shlex
from pathlib import Path

import pytest
from rich.console import Console

from normalizers.vocabulary import load
from pipeline.analyse.query import query
from pipeline.discover import RawFile
from pipeline.document import Outcome
from pipeline.forms import Form, forms_of
from pipeline.ingest import Run, Settings, ingest
from pipeline.problems import LANGUAGES, Problem
from pipeline.records import ChecklistRecords, checklist_to_records
from pipeline.summary import print_summary
from tests.pipeline.make import answers

WORDS = load("pipeline", "summary.toml")


def _outcome(name: str, status: str = "ok", lists: tuple[ChecklistRecords, ...] = (), *codes: str) -> Outcome:
    file = RawFile(Path(name), name, 1, "0" * 64)
    return Outcome(
        file, status, "text/plain", checklists=lists, problems=tuple(map(Problem, codes)), seconds=0.25
    )


def _shown(outcomes: list[Outcome], language: str = "en", out: Path = Path("data/parquet")) -> str:
    forms: list[tuple[Form, ...]] = [tuple(forms_of(outcome.checklists)) for outcome in outcomes]
    console = Console(file=io.StringIO(), width=160, color_system=None)
    settings = Settings(Path("data/raw"), out, language=language)
    print_summary(console, Run(tuple(outcomes), tuple(forms), 5, 3), settings, 1.25)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _list(*texts: str, kind: str = "") -> ChecklistRecords:
    read = checklist_to_records(answers(*texts), ())
    return ChecklistRecords(read.checklist, kind or read.kind, read.legend, read.records)


def test_both_languages_have_the_same_words() -> None:
    assert set(WORDS) == set(LANGUAGES)
    assert set(WORDS["en"]) == set(WORDS["ja"])
    for key, text in WORDS["en"].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", WORDS["ja"][key])), key


def test_a_line_a_file_with_its_counts() -> None:
    line = next(
        row
        for row in _shown([_outcome("a.xlsx", "ok", (_list("○", "", "×"),), "number_gap")]).splitlines()
        if "a.xlsx" in row
    )
    assert re.split(r"\s*│\s*", line.strip()) == ["a.xlsx", "read", "みほん点検表", "3", "2", "", "1", "0.2"]


@pytest.mark.parametrize("status", ["ok", "partial", "no_checklist", "encrypted", "failed", "duplicate"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_has_its_word(status: str, language: str) -> None:
    assert WORDS[language][f"status_{status}"] in _shown([_outcome("a.xlsx", status)], language)


def test_totals_count_answers_of_vendors_only() -> None:
    text = _shown(
        [
            _outcome("a.xlsx", "ok", (_list("○", "○", "×"), _list("○", "△", kind="example"))),
            _outcome("b.pdf", "partial", (_list("×"),)),
            _outcome("c.pdf", "failed"),
        ]
    )
    assert "2 of 3 files read, 4 answers, 1.2 s" in text
    assert "answers: yes 2, no 2" in text
    assert "3 of the forms' 5 items aligned with a control" in text


def test_a_blank_form_is_called_one() -> None:
    assert "read (blank form)" in _shown([_outcome("a.xlsx", "ok", (_list("", ""),))])
    assert "読込済 (未記入)" in _shown([_outcome("a.xlsx", "ok", (_list("", ""),))], "ja")


def test_what_was_lost_comes_first() -> None:
    text = _shown(
        [_outcome("a.pdf", "failed", (), "file_damaged"), _outcome("b.pdf", "partial", (), "shapes_not_read")]
    )
    steps = [line.strip() for line in text.splitlines() if re.match(r"\s+\d\. ", line)]
    assert [step[:3] for step in steps] == ["1. ", "2. ", "3. ", "4. "]
    assert "Files that could not be read: 1" in steps[0]
    assert "Files read in part: 1" in steps[1]
    assert "Places to look at: 2" in steps[2]
    assert "Ask the dataset" in steps[3]


def test_an_empty_folder_says_where_to_put_the_sheets() -> None:
    assert "Put the received sheets into data/raw and run again." in _shown([])
    assert "受領したシートを data/raw に置いて" in _shown([], "ja")


def test_names_with_brackets_are_no_markup() -> None:
    assert "[red]a[/red].xlsx" in _shown([_outcome("[red]a[/red].xlsx")])


def _commands(text: str) -> list[list[str]]:
    return [
        shlex.split(line[line.index("checksheet") :])
        for line in text.splitlines()
        if "checksheet query" in line
    ]


def test_the_commands_it_shows_can_be_run(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    ingest(Settings(tmp_path / "raw", tmp_path / "out", workers=1))
    commands = _commands(_shown([_outcome("a.pdf", "failed", (), "file_damaged")], out=tmp_path / "out"))
    assert len(commands) == 2
    for command in commands:
        assert command[:2] == ["checksheet", "query"]
        assert command[3:] == ["--dataset", str(tmp_path / "out")]
        assert query(tmp_path / "out", command[2]).rows == ()


def test_the_usual_output_folder_is_not_named() -> None:
    assert all(len(command) == 3 for command in _commands(_shown([_outcome("a.pdf")])))


def test_a_folder_with_a_space_is_quoted() -> None:
    commands = _commands(_shown([_outcome("a.pdf")], out=Path("my data/out")))
    assert [command[-2:] for command in commands] == [["--dataset", "my data/out"]]
