"""Passwords to try: from a file beside the sheets and from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.commands.terminal import read_passwords as _passwords
from pipeline.sources.discover import discover, passwords_beside


def test_lines_of_the_file_beside_the_sheets(tmp_path: Path) -> None:
    assert passwords_beside(tmp_path) == ()
    (tmp_path / "passwords.txt").write_text("kagi 1\n\nひみつ\n", encoding="utf-8")
    assert passwords_beside(tmp_path) == ("kagi 1", "ひみつ")
    (tmp_path / "見本社").mkdir()
    (tmp_path / "見本社" / "passwords.txt").write_text("kagi 2\nkagi 1\n", encoding="utf-8")
    assert passwords_beside(tmp_path) == ("kagi 1", "ひみつ", "kagi 2")


def test_the_file_itself_is_no_sheet(tmp_path: Path) -> None:
    (tmp_path / "passwords.txt").write_text("kagi\n")
    (file,) = discover(tmp_path)
    assert file.skip is not None
    assert file.skip.code == "password_file_ignored"


@pytest.mark.parametrize(
    ("told", "tried"),
    [("", ()), ("kagi", ("kagi",)), ("a,b", ("a,b", "a", "b")), ("a,b\nc", ("a,b", "c"))],
)
def test_environment(monkeypatch: pytest.MonkeyPatch, told: str, tried: tuple[str, ...]) -> None:
    monkeypatch.setenv("CHECKSHEET_PASSWORDS", told)
    assert _passwords() == tried
