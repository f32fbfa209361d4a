"""The commands: what they print, and the code that they end with."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import COMMANDS, CommandEntry, app, load_command
from pipeline.dataset.data_dictionary import columns_markdown
from pipeline.dataset.schema import TABLES
from tests.conftest import ROOT
from tests.pipeline.datasets import write_dataset
from tests.pipeline.make import in_process, table

RUNNER = CliRunner()


def _run(*words: str | Path, lang: str = "en_US.UTF-8") -> Result:
    env = {"CHECKSHEET_LANG": "", "LC_ALL": "", "LANG": lang, "COLUMNS": "200", "TERM": "dumb"}
    return RUNNER.invoke(app, [str(word) for word in words], env=env)


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A raw folder with a letter, which is no sheet; it is read in this process."""
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "letter.txt").write_text("拝啓\n\n敬具\n", encoding="utf-8")
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A dataset without rows."""
    write_dataset(tmp_path / "set", {})
    return tmp_path / "set"


def test_a_good_run_ends_with_zero(raw: Path, tmp_path: Path) -> None:
    result = _run("ingest", raw, "--out", tmp_path / "out", "--workers", "1")
    assert result.exit_code == 0
    assert "letter.txt" in result.stdout
    assert "0 of 1 files read" in result.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        f"{entry.name}.parquet" for entry in TABLES
    } | {"ingest.log", "manifest.json", ".lock", ".snapshots", ".store"}


def test_a_run_with_a_bad_file_ends_with_zero_and_with_one_where_that_is_strict(
    raw: Path, tmp_path: Path
) -> None:
    (raw / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    result = _run("ingest", raw, "--out", tmp_path / "out", "--workers", "1")
    assert result.exit_code == 0
    assert _run("ingest", raw, "--out", tmp_path / "out", "--workers", "1", "--strict").exit_code == 1
    assert "not read" in result.stdout
    assert "Files that could not be read: 1" in result.stdout
    assert [row["code"] for row in table(tmp_path / "out", "problems")] == ["file_damaged", "no_checklist"]


def test_a_missing_folder_ends_with_two_and_a_sentence(tmp_path: Path) -> None:
    result = _run("ingest", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr.strip().endswith(
        "nowhere is no folder. Name the folder that holds the received sheets."
    )
    assert "Traceback" not in result.output


def test_an_output_that_cannot_be_written_ends_with_two(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    result = _run("ingest", raw, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "The dataset could not be written" in result.stderr


@pytest.mark.parametrize(
    "words", [["--workers", "0"], ["--timeout", "0"], ["--lang", "fr"], ["--no-such-option"]]
)
def test_a_wrong_option_ends_with_two(raw: Path, tmp_path: Path, words: list[str]) -> None:
    result = _run("ingest", raw, "--out", tmp_path / "out", *words)
    assert result.exit_code == 2
    assert words[0] in result.stderr


def test_an_unknown_command_ends_with_two() -> None:
    assert _run("ingset").exit_code == 2


def test_without_words_the_help_is_shown() -> None:
    result = _run()
    assert all(word in result.output for word in ("ingest", "query", "describe"))


def test_the_version_is_that_of_the_package() -> None:
    result = _run("--version")
    assert (result.exit_code, result.stdout) == (0, f"checksheet {version('checksheet')}\n")


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_the_table_says_of_a_command_what_the_command_says_itself(entry: CommandEntry) -> None:
    command = load_command(entry)
    assert command.name in {entry.name, ""}  # a group has its name from the table alone
    assert " ".join((command.help or "").split("\n\n")[0].split()) == entry.help
    listed = " ".join(_run("--help").stdout.split())
    assert f"{entry.name} {entry.help}" in listed


def test_the_groups_list_their_commands() -> None:
    assert all(word in _run("review", "--help").stdout for word in ("export", "import"))
    assert "suggest" in _run("catalogue", "--help").stdout


HEAVY = {
    "duckdb", "jinja2", "lxml", "msoffcrypto", "numpy", "openpyxl", "pandas", "pdfplumber", "pyarrow", "pymupdf", "rapidfuzz",
    "rich", "scipy", "sklearn", "sudachipy", "xlsxwriter",
}  # fmt: skip


def _imported(words: list[str], tmp_path: Path) -> set[str]:
    """The heavy libraries that a process of its own has imported once the command has ended."""
    script = (
        "import atexit, sys\n"
        "from pipeline.cli import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return HEAVY & set(done.stderr.split())


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_and_version_import_no_heavy_library(tmp_path: Path, words: list[str]) -> None:
    assert _imported(words, tmp_path) == set()


def test_a_query_imports_no_library_that_it_does_not_need(empty: Path, tmp_path: Path) -> None:
    words = ["query", "SELECT 1", "--dataset", str(empty)]
    assert _imported(words, tmp_path) <= {"duckdb", "numpy", "pyarrow", "rich"}


def test_the_log_holds_a_line_a_file_and_the_tables_no_time(raw: Path, tmp_path: Path) -> None:
    _run("ingest", raw, "--out", tmp_path / "out", "--workers", "1")
    log = (tmp_path / "out" / "ingest.log").read_text(encoding="utf-8")
    assert "letter.txt: no_checklist in 0." in log


@pytest.mark.parametrize(
    ("words", "lang", "expected"),
    [
        (["--lang", "ja"], "en_US.UTF-8", "1 ファイル中 0 ファイルを読み込み"),
        (["--lang", "en"], "ja_JP.UTF-8", "0 of 1 files read"),
        ([], "ja_JP.UTF-8", "1 ファイル中 0 ファイルを読み込み"),
        ([], "C.UTF-8", "0 of 1 files read"),
        ([], "", "0 of 1 files read"),
    ],
)
def test_messages_come_in_the_language_asked_for(
    raw: Path, tmp_path: Path, words: list[str], lang: str, expected: str
) -> None:
    result = _run("ingest", raw, "--out", tmp_path / "out", "--workers", "1", *words, lang=lang)
    assert expected in result.stdout
    message = table(tmp_path / "out", "problems")[0]["message"]
    assert ("見つかりませんでした" in message) == ("ファイル" in expected)


def test_the_environment_names_a_language_before_the_locale(raw: Path, tmp_path: Path) -> None:
    words = ["ingest", str(raw), "--out", str(tmp_path / "out"), "--workers", "1"]
    env = {"CHECKSHEET_LANG": "ja", "LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8"}
    assert "ファイル中" in RUNNER.invoke(app, words, env=env).stdout


def test_query_prints_a_table(empty: Path) -> None:
    result = _run("query", "SELECT 'あ' AS kana, NULL AS nothing, '[bold]x' AS raw", "--dataset", empty)
    assert result.exit_code == 0
    assert all(word in result.stdout for word in ("kana", "あ", "[bold]x", "1 rows"))
    assert "None" not in result.stdout


def test_query_prints_csv(empty: Path) -> None:
    result = _run("query", "SELECT 'あ, い' AS a, NULL AS b, 1.5 AS c", "--dataset", empty, "--csv")
    assert list(csv.reader(io.StringIO(result.stdout))) == [["a", "b", "c"], ["あ, い", "", "1.5"]]


def test_query_prints_json(empty: Path) -> None:
    result = _run("query", "SELECT 'あ' AS a, NULL AS b, [1] AS c", "--dataset", empty, "--json")
    assert json.loads(result.stdout) == [{"a": "あ", "b": None, "c": [1]}]


def test_query_says_what_is_wrong_and_ends_with_one(empty: Path) -> None:
    result = _run("query", "SELECT * FROM read_text('/etc/hostname')", "--dataset", empty)
    assert result.exit_code == 1
    assert result.stderr.startswith("The query could not be run: Permission Error: Cannot access file")
    assert result.stdout == ""


@pytest.mark.parametrize("words", [["query", "SELECT 1"], ["describe"]])
def test_without_a_dataset_the_command_ends_with_two(tmp_path: Path, words: list[str]) -> None:
    result = _run(*words, "--dataset", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "There is no dataset" in result.stderr
    assert "Run `checksheet ingest` first" in result.stderr


def test_csv_and_json_together_are_refused(empty: Path) -> None:
    result = _run("query", "SELECT 1", "--dataset", empty, "--csv", "--json")
    assert (result.exit_code, result.stderr) == (2, "Choose one of --csv, --json and --xlsx.\n")


def test_describe_lists_all_tables_and_columns(empty: Path) -> None:
    result = _run("describe", "--dataset", empty)
    assert result.exit_code == 0
    for entry in TABLES:
        assert f"{entry.name}  0 rows. {entry.about}" in result.stdout
        assert all(f"  {name}" in result.stdout for name in entry.schema.names)


def test_describe_prints_the_markdown_of_the_docs(tmp_path: Path) -> None:
    result = _run("describe", "--markdown", "--dataset", tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (0, columns_markdown())


@pytest.mark.slow
def test_the_package_can_be_run_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "describe", "--markdown"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, columns_markdown(), "")


@pytest.mark.slow
def test_the_samples_from_end_to_end(samples: Path, tmp_path: Path) -> None:
    result = _run("ingest", samples, "--out", tmp_path / "out", "--workers", "2")
    assert result.exit_code == 0
    assert "7 of 7 files read, 147 answers" in result.stdout  # without the questions of a blank form
    asked = _run(
        "query",
        "SELECT answer, count(*) AS n FROM answers GROUP BY 1",
        "--dataset",
        tmp_path / "out",
        "--json",
    )
    counts = {row["answer"]: row["n"] for row in json.loads(asked.stdout)}
    assert sum(counts.values()) == 171
    assert counts["unclear"] == 2
