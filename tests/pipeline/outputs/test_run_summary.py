"""What the terminal shows after a run: a line a file, totals, and what to do next."""

from __future__ import annotations

import io
import re
import shlex
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from normalizers.vocabulary import load
from pipeline.incremental.run_report import FileSummary, RunReport
from pipeline.ingest import ingest
from pipeline.outputs.run_summary import print_summary
from pipeline.problems import LANGUAGES
from pipeline.query.query import query
from pipeline.query.totals import DatasetCounts, Totals
from pipeline.settings import Settings

WORDS = load("pipeline.outputs", "run_summary.toml")
COUNTS = DatasetCounts(
    Totals(files=3, files_read=2, files_in_part=1, files_not_read=1, vendors=1, services=2, answers=4, answered=3,
           unanswered=1, controls=3, catalogue=9),
    {"a.xlsx": (3, 2)},
    {"yes": 2, "no": 2},
)  # fmt: skip


def _line(name: str, status: str = "ok", problems: int = 0) -> FileSummary:
    return FileSummary(name, status, problems=problems, seconds=0.25)


def _list(name: str, kind: str = "filled") -> FileSummary:
    return FileSummary(name, "ok", (kind,), ("みほん点検表",), 1, 0.25, 0.98)


def _shown(
    lines: list[FileSummary],
    language: str = "en",
    out: Path = Path("data/parquet"),
    run: RunReport | None = None,
    counts: DatasetCounts = COUNTS,
) -> str:
    console = Console(file=io.StringIO(), width=160, color_system=None)
    settings = Settings(Path("data/raw"), out, language=language)
    print_summary(console, replace(run or RunReport((), 5, 3), lines=tuple(lines)), counts, settings, 1.25)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_both_languages_have_the_same_words() -> None:
    assert set(WORDS) == set(LANGUAGES)
    assert set(WORDS["en"]) == set(WORDS["ja"])
    for key, text in WORDS["en"].items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", WORDS["ja"][key])), key


def test_a_line_a_file_with_its_counts() -> None:
    line = next(row for row in _shown([_list("a.xlsx")]).splitlines() if "a.xlsx" in row)
    assert re.split(r"\s*│\s*", line.strip()) == [
        "a.xlsx",
        "read",
        "みほん点検表",
        "3",
        "2",
        "98%",
        "1",
        "0.2",
    ]


@pytest.mark.parametrize(
    "status",
    ["ok", "partial", "to_confirm", "no_checklist", "encrypted", "failed", "duplicate", "removed"],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_has_its_word(status: str, language: str) -> None:
    assert WORDS[language][f"status_{status}"] in _shown([_line("a.xlsx", status)], language)


def test_totals_count_files_and_answers() -> None:
    text = _shown([_line("a.xlsx"), _line("b.pdf", "partial"), _line("c.pdf", "failed")])
    assert "2 of 3 files read, 4 answers, 1.2 s" in text
    assert "files that could not be read: 1" in text
    assert "copies" not in text
    assert "answers: 3 filled in, 1 blank, 0 printed by the form (2 services of 1 vendors)" in text
    assert "of these: yes 2, no 2" in text
    assert "3 of the forms' 5 items aligned with a control; 3 of 9 controls of the catalogue asked" in text
    assert "はい 2、いいえ 2" in _shown([_line("a.xlsx")], "ja")


def test_what_was_taken_over_is_counted_and_not_listed() -> None:
    same = replace(_line("same.xlsx"), seconds=None)
    text = _shown([same, _line("new.xlsx")], run=RunReport((), 0, 0, unchanged=1, replaced=2, removed=3))
    assert "same.xlsx" not in text
    assert "new.xlsx" in text
    assert "files unchanged, their rows taken over: 1" in text
    assert "older versions kept: 2" in text
    assert "files no longer in the folder, kept as removed (--prune drops them): 3" in text


def test_what_cannot_be_read_is_listed_in_every_run() -> None:
    assert "locked.xlsx" in _shown([replace(_line("locked.xlsx", "encrypted"), seconds=None)])


def test_a_blank_form_is_called_one() -> None:
    assert "read (blank form)" in _shown([_list("a.xlsx", "blank")])
    assert "読込済 (未記入)" in _shown([_list("a.xlsx", "blank")], "ja")


def test_what_was_lost_comes_first() -> None:
    text = _shown([_line("a.pdf", "failed", 1), _line("b.pdf", "partial", 1)])
    steps = [line.strip() for line in text.splitlines() if re.match(r"\s+\d\. ", line)]
    assert [step[:3] for step in steps] == ["1. ", "2. ", "3. ", "4. "]
    assert "Files that could not be read: 1" in steps[0]
    assert "Files read in part: 1" in steps[1]
    assert "Places to look at: 2" in steps[2]
    assert "Ask the dataset" in steps[3]


@pytest.mark.parametrize(
    ("count", "language", "expected"),
    [
        (0, "en", ""),
        (1, "en", "1 form to confirm: checksheet layouts"),
        (2, "en", "2 forms to confirm: checksheet layouts"),
        (2, "ja", "確認待ちの様式 2 件: checksheet layouts"),
    ],
)
def test_forms_to_confirm_are_a_next_step(count: int, language: str, expected: str) -> None:
    text = _shown([_line("a.xlsx", "to_confirm")], language, run=RunReport((), 0, 0, to_confirm=count))
    assert (expected in text) if expected else ("checksheet layouts" not in text)


def test_decisions_that_no_document_follows_are_told() -> None:
    text = _shown([_line("a.xlsx")], run=RunReport((), 0, 0, unused_layouts=("1f2e", "3d4c")))
    assert "that no document follows: 1f2e, 3d4c." in text


def test_an_empty_folder_says_where_to_put_the_sheets() -> None:
    assert "Put the received sheets into data/raw and run again." in _shown([])
    assert "受領したシートを data/raw に置いて" in _shown([], "ja")


def test_names_with_brackets_are_no_markup() -> None:
    assert "[red]a[/red].xlsx" in _shown([_line("[red]a[/red].xlsx")])


def _commands(text: str) -> list[list[str]]:
    return [
        shlex.split(line[line.index("checksheet") :])
        for line in text.splitlines()
        if "checksheet query" in line
    ]


def test_the_commands_it_shows_can_be_run(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    ingest(Settings(tmp_path / "raw", tmp_path / "out", workers=1))
    commands = _commands(_shown([_line("a.pdf", "failed", 1)], out=tmp_path / "out"))
    assert len(commands) == 2
    for command in commands:
        assert command[:2] == ["checksheet", "query"]
        assert command[3:] == ["--dataset", str(tmp_path / "out")]
        assert query(tmp_path / "out", command[2]).rows == ()


def test_the_usual_output_folder_is_not_named() -> None:
    assert all(len(command) == 3 for command in _commands(_shown([_line("a.pdf", problems=1)])))


def test_a_folder_with_a_space_is_quoted() -> None:
    commands = _commands(_shown([_line("a.pdf")], out=Path("my data/out")))
    assert [command[-2:] for command in commands] == [["--dataset", "my data/out"]]
