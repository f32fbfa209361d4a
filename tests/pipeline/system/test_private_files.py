"""Files of a run are its user's own, whatever the machine's habit; a team may share them with its group."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.system.atomic_write import replace_file
from pipeline.system.private_files import close_folder, mask_of, private_files
from tests.pipeline.make import sheet_rows, write_workbook
from tests.pipeline.rerun import quick


def _mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.fixture
def wide_open() -> object:
    """A machine on which everybody may read and write what anybody makes."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("wide_open")
@pytest.mark.parametrize(("setting", "bits"), [("", 0o077), ("077", 0o077), ("007", 0o007)])
def test_nothing_of_a_run_is_for_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, bits: int
) -> None:
    quick(monkeypatch)
    raw, out = tmp_path / "raw", tmp_path / "data" / "out"
    raw.mkdir()
    write_workbook(raw / "a.xlsx", {"一覧": sheet_rows(["○", "×", "○"], "備考")})
    words = ["ingest", str(raw), "--out", str(out)]
    assert CliRunner().invoke(app, words, env={"CHECKSHEET_UMASK": setting}).exit_code == 0
    made = [out, *out.rglob("*")]
    assert len(made) > 20
    assert [path.name for path in made if _mode(path) & bits] == []
    assert {_mode(path) for path in made if path.is_file()} == {0o666 & ~bits}
    assert os.umask(0) == 0  # the habit of the process that called is what it was


@pytest.mark.usefixtures("wide_open")
def test_folders_that_an_early_version_left_open_are_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    (tmp_path / "raw").mkdir()
    write_workbook(tmp_path / "raw" / "a.xlsx", {"一覧": sheet_rows(["○", "×", "○"], "備考")})
    (tmp_path / "out" / ".store").mkdir(parents=True)
    CliRunner().invoke(app, ["ingest", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert _mode(tmp_path / "out" / ".store") == 0o700


@pytest.mark.usefixtures("wide_open")
def test_temporary_files_are_private_before_they_have_their_name(tmp_path: Path) -> None:
    with private_files():
        replace_file(tmp_path / "new" / "a.csp", b"answers")
    assert (_mode(tmp_path / "new"), _mode(tmp_path / "new" / "a.csp")) == (0o700, 0o600)
    close_folder(tmp_path / "gone")


@pytest.mark.parametrize(
    ("text", "mask"), [("077", 0o077), ("007", 0o007), ("022", 0o022), ("0", 0), ("700", None), ("9", None), ("", None)]
)  # fmt: skip
def test_a_mask_never_takes_the_owner_s_rights(text: str, mask: int | None) -> None:
    assert mask_of(text) == mask


def test_a_setting_that_is_no_mask_is_told() -> None:
    result = CliRunner().invoke(app, ["describe"], env={"CHECKSHEET_UMASK": "rw-r--r--"})
    assert result.exit_code == 2
    assert "rw-r--r--" in result.stderr
