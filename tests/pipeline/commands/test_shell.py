"""The prompt: statements over many lines, commands with a dot, errors told and lived through."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.commands import shell
from pipeline.commands.shell import Session, run_session, split_statements
from pipeline.query.query import connect
from tests.pipeline.received import Said, Sheet, write_sheets


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One sheet whose remark steers a terminal."""
    said = Said("1", "鍵を二人で管理していること。", "no", "×", "keys", remarks="\x1b]0;owned\x07")
    return write_sheets(tmp_path_factory.mktemp("set"), Sheet("a.xlsx", [said]))


def _run(dataset: Path, typed: str, lang: str = "en") -> Result:
    env = {"CHECKSHEET_LANG": lang, "COLUMNS": "200", "TERM": "dumb"}
    return CliRunner().invoke(app, ["shell", "--dataset", str(dataset)], input=typed, env=env)


@pytest.mark.parametrize(
    ("text", "statements", "rest"),
    [
        ("SELECT 1;", ["SELECT 1"], ""),
        ("SELECT 1; SELECT 2;\n", ["SELECT 1", "SELECT 2"], ""),
        ("SELECT 1", [], "SELECT 1"),
        ("SELECT 1; SELECT", ["SELECT 1"], " SELECT"),
        ("SELECT ';' AS a;", ["SELECT ';' AS a"], ""),
        ("SELECT 'it''s;", [], "SELECT 'it''s;"),
        ('SELECT 1 AS ";";', ['SELECT 1 AS ";"'], ""),
        ("SELECT 1 -- one; two\n;", ["SELECT 1 -- one; two"], ""),
        ("SELECT /* ; */ 1;", ["SELECT /* ; */ 1"], ""),
        ("SELECT /* ;", [], "SELECT /* ;"),
        ("SELECT 1; -- done; really", ["SELECT 1"], ""),
        ("/* open ;", [], "/* open ;"),
        (";;\n;", [], ""),
        ("", [], ""),
    ],
)
def test_where_a_statement_ends(text: str, statements: list[str], rest: str) -> None:
    assert split_statements(text) == (statements, rest)


def test_statements_over_many_lines(dataset: Path) -> None:
    result = _run(
        dataset, "SELECT vendor,\n  answer\nFROM latest\n;\nSELECT 7 AS seven; SELECT 8 AS eight;\n"
    )
    assert result.exit_code == 0
    assert "株式会社ためし" in result.stdout
    assert result.stdout.count("1 rows") == 3


def test_the_last_statement_needs_no_semicolon(dataset: Path) -> None:
    assert "7" in _run(dataset, "SELECT 7").stdout


def test_an_error_is_told_and_the_session_goes_on(dataset: Path) -> None:
    result = _run(
        dataset,
        "SELEC 1;\nSELECT nope FROM latest;\nSELECT * FROM read_text('/etc/hostname');\nSELECT 7 AS seven;\n",
    )
    assert result.exit_code == 0
    assert result.stdout.count("could not be run") == 3
    assert "seven" in result.stdout
    assert "Traceback" not in result.output


def test_the_commands_with_a_dot(dataset: Path) -> None:
    result = _run(
        dataset, ".tables\n.schema gaps\n.schema nothing\n.schema\n.help\n.foo\n.quit\nSELECT 7 AS seven;\n"
    )
    for name in ("answers", "rescued", "matrix", "as_of(day)", "changes", "polarity_unclear", "Ctrl-D"):
        assert name in result.stdout
    assert "_voices" not in result.stdout
    assert "no table or view nothing" in result.stdout
    assert ".foo is no command" in result.stdout
    assert "seven" not in result.stdout


def test_it_speaks_japanese(dataset: Path) -> None:
    result = _run(dataset, ".tables\n.help\nSELEC;\n", "ja")
    assert "現在有効な回答" in result.stdout
    assert "セミコロン" in result.stdout
    assert "問い合わせを実行できません" in result.stdout


def test_texts_cannot_steer_the_terminal(dataset: Path) -> None:
    result = _run(dataset, "SELECT remarks FROM latest;\nSELECT remarks::DATE FROM latest;\n")
    assert not set(result.output) & set("\x1b\x07")
    assert "\\x1b]0;owned" in result.stdout


def test_long_results_are_cut(dataset: Path) -> None:
    assert "first 500 rows" in _run(dataset, "SELECT * FROM range(501);\n").stdout
    assert "500 rows" in _run(dataset, "SELECT * FROM range(500);\n").stdout


def test_what_is_made_lasts_for_the_session_and_harms_no_file(dataset: Path) -> None:
    before = {path: path.read_bytes() for path in dataset.rglob("*") if path.is_file()}
    result = _run(
        dataset, "CREATE TABLE mine AS SELECT 7 AS seven;\nSELECT * FROM mine;\nDROP TABLE answers CASCADE;\n"
    )
    assert "seven" in result.stdout
    assert {path: path.read_bytes() for path in dataset.rglob("*") if path.is_file()} == before


def test_no_dataset(tmp_path: Path) -> None:
    result = _run(tmp_path, "SELECT 1;")
    assert result.exit_code == 2
    assert "checksheet ingest" in result.stderr


def _typist(*lines: str | type[BaseException]) -> Callable[[str], str]:
    waiting: Iterator[str | type[BaseException]] = iter(lines)

    def read_line(_: str) -> str:
        line = next(waiting)
        if isinstance(line, str):
            return line
        raise line

    return read_line


def test_control_c_forgets_what_was_typed(dataset: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with connect(dataset) as connection:
        run_session(
            Session(connection, _typist("SELECT 1 +", KeyboardInterrupt, "SELECT 5 AS five;", EOFError), "en")
        )
    assert "five" in capsys.readouterr().out


def test_control_c_stops_a_query(capsys: pytest.CaptureFixture[str]) -> None:
    class Stopped:
        def execute(self, _: str) -> None:
            raise KeyboardInterrupt

    run_session(Session(Stopped(), _typist("SELECT 1;", EOFError), "en"))  # type: ignore[arg-type]
    assert "Stopped." in capsys.readouterr().out


def test_a_person_gets_a_greeting_and_a_history(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("readline")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "stdin", type("Typing", (), {"isatty": staticmethod(lambda: True)})())
    monkeypatch.setattr("builtins.input", _typist("SELECT 5 AS five;", EOFError))
    shell.shell_command(dataset, "en")
    told = capsys.readouterr().out
    assert "Ctrl-D leaves" in told
    assert "five" in told
    assert (tmp_path / "checksheet" / "history").stat().st_mode & 0o777 == 0o600
