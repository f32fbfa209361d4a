"""What is printed of received texts cannot steer the terminal; what is piped on stays as it is."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.commands.terminal import hand_out, shown
from pipeline.texts.sanitize import sanitize_text
from tests.pipeline.received import Said, Sheet, write_sheets

STEERING = "\x1b[31m\x07\x9b\u202e\x7f\r"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet whose remarks steer a terminal."""
    said = Said("1", "鍵を二人で管理していること。", "yes", control="keys", remarks=f"良{STEERING}い\n次の行")
    return write_sheets(tmp_path_factory.mktemp("set"), Sheet("a.xlsx", [said]))


def _run(*words: str | Path, lang: str = "en") -> Result:
    env = {"CHECKSHEET_LANG": lang, "COLUMNS": "200", "TERM": "dumb"}
    return CliRunner().invoke(app, [str(word) for word in words], env=env)


def test_what_steers_is_shown_as_an_escape() -> None:
    assert sanitize_text(f"良{STEERING}い\n\t") == "良\\x1b[31m\\x07\\x9b\\u202e\\x7f\\x0dい\n\t"
    assert sanitize_text("○ 〇 ㈱ ～ 𠮷") == "○ 〇 ㈱ ～ 𠮷"
    assert [shown(value) for value in (None, 0.123456, False, {"a": "\x1b"})] == [
        "",
        "0.1235",
        "False",
        "{'a': '\\x1b'}",
    ]


def test_a_table_and_an_error_are_harmless(dataset: Path) -> None:
    for sql in ("SELECT remarks FROM latest", "SELECT remarks::DATE FROM latest", 'SELECT 1 AS "\x1b[2J"'):
        output = _run("query", sql, "--dataset", dataset).output
        assert not set(output) & set(STEERING) - set("[31m")
        assert "\\x1b" in output


def test_json_is_harmless_and_the_same_data(dataset: Path) -> None:
    result = _run("query", "SELECT remarks FROM latest", "--dataset", dataset, "--json")
    assert not set(result.output) & set(STEERING) - set("[31m")
    assert json.loads(result.stdout) == [{"remarks": f"良{STEERING}い\n次の行"}]


def test_csv_is_the_same_data_but_on_a_terminal(
    dataset: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" in _run("query", "SELECT remarks FROM latest", "--dataset", dataset, "--csv").stdout
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    hand_out("a\x1b")
    assert capsys.readouterr().out == "a\\x1b"


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "What differs between each sheet"), ("ja", "前回のシートとの違い")]
)
def test_describe_lists_the_views(dataset: Path, lang: str, told: str) -> None:
    output = _run("describe", "--dataset", dataset, lang=lang).stdout
    for name in ("answers", "problems", "sheets", "latest", "as_of", "matrix", "gaps", "coverage", "changes"):
        assert f"\n{name}  " in f"\n{output}"
    assert told in output
    assert "_succession" not in output
