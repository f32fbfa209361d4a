"""Passwords to try: from a file beside the sheets and from the environment."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.commands.terminal import read_passwords as _passwords
from pipeline.ingest import _passwords as _passwords_of_run
from pipeline.settings import Settings
from pipeline.sources.discover import discover
from pipeline.sources.passwords import LONGEST, MOST, passwords_in, passwords_of


def test_lines_of_the_file_beside_the_sheets(tmp_path: Path) -> None:
    assert passwords_in([tmp_path]) == ()
    (tmp_path / "passwords.txt").write_text("kagi 1\n\nひみつ\n", encoding="utf-8")
    assert passwords_in([tmp_path]) == ("kagi 1", "ひみつ")


def test_a_vendor_s_file_counts_only_where_a_person_names_its_folder(tmp_path: Path) -> None:
    (tmp_path / "passwords.txt").write_text("kagi 1\n", encoding="utf-8")
    folder = tmp_path / "見本社"
    folder.mkdir()
    (folder / "passwords.txt").write_text("kagi 2\nkagi 1\n", encoding="utf-8")
    settings = Settings(tmp_path, tmp_path / "out", passwords=("own",))
    assert _passwords_of_run(settings) == ("own", "kagi 1")
    named = replace(settings, password_folders=(folder,))
    assert _passwords_of_run(named) == ("own", "kagi 1", "kagi 2")
    assert passwords_of(folder / "a.xlsx", tmp_path) == ("kagi 1",)
    assert passwords_of(folder / "a.xlsx", tmp_path / "elsewhere") == ("kagi 2", "kagi 1")
    codes = {file.name: file.skip.code for file in discover(tmp_path) if file.skip}
    assert codes == {
        "passwords.txt": "password_file_ignored",
        "見本社/passwords.txt": "password_file_of_vendor",
    }


@pytest.mark.parametrize("line", ["x" * 1_000_000, "\n".join(str(n) for n in range(500_000)), "長" * 300])
def test_more_than_the_limits_is_not_tried_and_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "passwords.txt").write_text(f"kagi\n{line}\n", encoding="utf-8")
    found = passwords_in([tmp_path])
    assert found[0] == "kagi"
    assert len(found) <= MOST
    assert all(len(word) <= LONGEST for word in found)
    (file,) = discover(tmp_path)
    assert file.skip is not None
    assert file.skip.code == "password_file_too_long"


def test_a_file_of_passwords_that_cannot_be_read_ends_no_run(tmp_path: Path) -> None:
    (tmp_path / "passwords.txt").mkdir()
    assert passwords_in([tmp_path, tmp_path / "gone"]) == ()


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "passwords.txt")
    assert passwords_in([tmp_path]) == ()


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
