"""Words, marks and colours of comparisons and reports: the same in both languages, readable, unlike each other."""

from __future__ import annotations

from string import Formatter
from typing import Any

import pytest

from normalizers.vocabulary import load
from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import ControlLine
from pipeline.outputs.comparison.book import sheet_name
from pipeline.outputs.html_report.words import guidance

FILES = (
    ("pipeline.assess.comparison", "comparison.toml"),
    ("pipeline.outputs.comparison", "compare.toml"),
    ("pipeline.outputs.html_report", "report.toml"),
    ("pipeline.commands.texts", "compare.toml"),
)


def _flat(table: dict[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found |= _flat(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return found


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(("package", "name"), FILES)
def test_both_languages_say_the_same(package: str, name: str) -> None:
    table = load(package, name)
    english, japanese = _flat(table["en"]), _flat(table["ja"])
    assert english.keys() == japanese.keys()
    assert [key for key in english if not english[key].strip() or not japanese[key].strip()] == []
    assert [key for key in english if _holes(english[key]) != _holes(japanese[key])] == []


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_state_has_a_word_and_a_meaning_of_its_own(language: str) -> None:
    table = load("pipeline.assess.comparison", "comparison.toml")[language]
    assert set(table["states"]) == set(table["meanings"]) == set(state_styles())
    assert len(set(table["states"].values())) == len(state_styles())
    assert len({Labels(language).shown(state) for state in state_styles()}) == len(state_styles())


def test_marks_differ_and_ink_can_be_read() -> None:
    marks = [style.mark for style in state_styles().values()]
    assert len(set(marks)) == len(marks)
    for state, style in state_styles().items():
        light = sorted((_luminance(style.fill), _luminance(style.ink)))
        assert (light[1] + 0.05) / (light[0] + 0.05) >= 4.5, state


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_names_of_sheets_are_taken_by_excel(language: str) -> None:
    words = load("pipeline.outputs.comparison", "compare.toml")[language]
    names = [text for key, text in words.items() if key.startswith("sheet_")]
    assert len({name.lower() for name in names}) == len(names)
    assert [name for name in names if sheet_name(name) != name] == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a/b:c*[d]?\\e", "a b c  d   e"), ("'引用'", "引用"), ("あ" * 40, "あ" * 31), ("", "-")],
)
def test_a_name_of_a_sheet_is_made_fit(name: str, kept: str) -> None:
    assert sheet_name(name) == kept


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_problem_has_something_to_do(language: str) -> None:
    codes = load("pipeline.texts", "messages.toml")
    assert [
        code for code in codes if len(guidance(code, language)) < 7 or "{" in guidance(code, language)
    ] == []
    assert guidance("no_such_code", language) == ""


def test_names_of_controls_and_domains() -> None:
    grouped = ControlLine("new:1", "new", "共通の問い", "", "問い", "value")
    assert Labels("en").control(grouped) == "共通の問い"
    assert (Labels("en").domain("backup"), Labels("ja").domain("backup")) == ("Backup", "バックアップ")
    assert Labels("ja").domain("自社の分野") == "自社の分野"
