"""The backup of a user's data: what is in it, and that a zip from elsewhere writes nothing."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from pipeline.errors import BackupUnreadable
from pipeline.sources.backup import restore_backup, write_backup


def _data(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    for name in (
        "raw/社甲/回答.xlsx",
        "review/answers.csv",
        "policy.toml",
        "parquet/answers.parquet",
        "explain/a.png",
    ):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name, encoding="utf-8")
    (data / "review/.lock").write_text("", encoding="utf-8")
    (data / "raw/link").symlink_to("/etc/hostname")
    return data


def _files(data: Path) -> dict[str, str]:
    return {
        p.relative_to(data).as_posix(): p.read_text("utf-8")
        for p in data.rglob("*")
        if p.is_file() and not p.is_symlink()
    }


def test_what_is_made_anew_is_not_in_it(tmp_path: Path) -> None:
    data = _data(tmp_path)
    assert write_backup(data, tmp_path / "b.zip") == 3
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert set(archive.namelist()) == {"raw/社甲/回答.xlsx", "review/answers.csv", "policy.toml"}


@pytest.mark.parametrize(
    "name",
    [
        b"\x89\xf1\x93\x9a.csv",
        b"\\x89.csv",
        b"a\\b.csv",
        b"..\\x.csv",
        "回答.tmp".encode(),
        b"x.lock",
        b"\\x2e\\x2e",
        b"a\n\x1b.csv",
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_every_name_comes_back_as_it_was(tmp_path: Path, name: bytes) -> None:
    """A name of a Windows of Japan ended the backup, one with a backslash made it one that could not be restored."""
    data = _data(tmp_path)
    path = os.fsencode(data) + b"/raw/" + name
    Path(os.fsdecode(path)).write_bytes(b"kept")
    write_backup(data, tmp_path / "b.zip")
    restore_backup(tmp_path / "other", tmp_path / "b.zip")
    assert Path(os.fsdecode(os.fsencode(tmp_path / "other") + b"/raw/" + name)).read_bytes() == b"kept"


def test_what_is_replaced_is_kept(tmp_path: Path) -> None:
    data = _data(tmp_path)
    write_backup(data, tmp_path / "b.zip")
    (data / "review/answers.csv").write_text("new", encoding="utf-8")
    (data / "raw/社乙.xlsx").write_text("later", encoding="utf-8")
    replaced = restore_backup(data, tmp_path / "b.zip")
    files = _files(data)
    assert files["review/answers.csv"] == "review/answers.csv"
    assert "raw/社乙.xlsx" not in files
    assert files[f"{replaced.name}/raw/社乙.xlsx"] == "later"
    assert files[f"{replaced.name}/review/answers.csv"] == "new"
    assert files["parquet/answers.parquet"] == "parquet/answers.parquet"
    assert write_backup(data, tmp_path / "again.zip") == 3


@pytest.mark.parametrize(
    "names",
    [["../raw/x"], ["/raw/x", "raw/y"], ["raw/../../x"], ["elsewhere.txt"], ["raw\\..\\x", "raw/a"], ["raw/a", ".lock"],
     ["raw/a", "parquet/answers.parquet"], ["raw/a", "\\x2e\\x2e/x"], ["raw/a", "raw/\\x2e\\x2e/\\x2e\\x2e/x"],
     ["raw/a", "\\x2fetc/x"]],
)  # fmt: skip
def test_a_foreign_zip_writes_nothing(tmp_path: Path, names: list[str]) -> None:
    data = _data(tmp_path)
    before = _files(tmp_path)
    path = tmp_path / "b.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    with pytest.raises(BackupUnreadable):
        restore_backup(data, path)
    path.unlink()
    assert _files(tmp_path) == before


def test_a_broken_zip_is_told(tmp_path: Path) -> None:
    data = _data(tmp_path)
    (tmp_path / "b.zip").write_bytes(b"no zip")
    with pytest.raises(BackupUnreadable) as caught:
        restore_backup(data, tmp_path / "b.zip")
    assert "b.zip" in caught.value.text("ja")
