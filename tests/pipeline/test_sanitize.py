"""Text of vendors where it is shown: it does nothing there, and can be told from what it was."""

from __future__ import annotations

import ast
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.texts.sanitize import sanitize_cell, sanitize_json, sanitize_line, sanitize_text
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("回答 ○\t有\n備考", "回答 ○\t有\n備考"),
        ("\x1b[2J\x1b]0;x\x07", "\\x1b[2J\\x1b]0;x\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\rb", "a\\x0db"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("\ud83a", "\\ud83a"),
    ],
)
def test_what_acts_on_a_terminal_is_spelled_out(text: str, seen: str) -> None:
    assert sanitize_text(text) == seen


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    seen = sanitize_text(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in seen)
    assert not any(0x7F <= ord(c) < 0xA0 for c in seen)
    assert "\n" not in sanitize_line(text)


def test_a_name_adds_no_line_to_a_log() -> None:
    assert sanitize_line("a.xlsx: ok\n2026-01-01 INFO b") == "a.xlsx: ok\\n2026-01-01 INFO b"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "@SUM(A1)", "+cmd|'/C calc'!A0", "-2+3+cmd|' /C calc'!A0", "＝1+1", " =1", "\t=1", "\r=1", "-対象外", "+a"],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert sanitize_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "○", "-", "－", "--", "-1.5", "+3,000", "- 5 %", "―", "有=無", "a@b"])
def test_dashes_and_figures_stay(text: str) -> None:
    assert sanitize_cell(text) == text


@given(st.text())
def test_json_reads_back_the_same(text: str) -> None:
    told = sanitize_json(json.dumps([text], ensure_ascii=False))
    assert json.loads(told) == [text]
    assert sanitize_text(told) == told


def test_only_one_module_prints() -> None:
    """Whatever reaches a terminal goes through `tell` and `hand_out`, or is laid out by rich from harmless text."""
    found = []
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            stream = isinstance(node, ast.Attribute) and node.attr == "write" and "stdout" in ast.dump(node)
            if named or stream:
                found.append(str(path.relative_to(ROOT)))
    assert set(found) == {
        "pipeline/commands/terminal.py",
        "pipeline/align/training/train.py",
        "pipeline/align/training/train_controls.py",
    }
