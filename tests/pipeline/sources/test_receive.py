"""Files that are handed over: their names lead nowhere else, and none takes another's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.sources.receive import add_password, safe_parts, save_received


def _hand_over(tmp_path: Path, name: str, data: bytes) -> tuple[str, bool]:
    source = tmp_path / "upload"
    source.write_bytes(data)
    saved = save_received(tmp_path / "raw", "受領_2026-06-30", name, source)
    assert not source.exists()
    return saved.path, saved.known


def test_a_file_lies_in_the_folder_of_the_day(tmp_path: Path) -> None:
    assert _hand_over(tmp_path, "例文ラボ/回答.xlsx", b"a") == ("受領_2026-06-30/例文ラボ/回答.xlsx", False)
    assert (tmp_path / "raw/受領_2026-06-30/例文ラボ/回答.xlsx").read_bytes() == b"a"


def test_the_same_bytes_are_not_kept_twice_and_others_get_a_number(tmp_path: Path) -> None:
    _hand_over(tmp_path, "回答.xlsx", b"a")
    assert _hand_over(tmp_path, "回答.xlsx", b"a") == ("受領_2026-06-30/回答.xlsx", True)
    assert _hand_over(tmp_path, "回答.xlsx", b"b") == ("受領_2026-06-30/回答 (2).xlsx", False)
    assert _hand_over(tmp_path, "回答.xlsx", b"b") == ("受領_2026-06-30/回答 (2).xlsx", True)
    assert _hand_over(tmp_path, "回答.xlsx", b"c") == ("受領_2026-06-30/回答 (3).xlsx", False)
    assert (tmp_path / "raw/受領_2026-06-30/回答.xlsx").read_bytes() == b"a"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("../../etc/passwd", ("etc", "passwd")),
        ("/etc/passwd", ("etc", "passwd")),
        ("..\\..\\a.xlsx", ("a.xlsx",)),
        ("a/./b/../c.xlsx", ("a", "b", "c.xlsx")),
        ("..", ("_",)),
        ("", ("_",)),
        ("C:\\x\\a.xlsx", ("C_", "x", "a.xlsx")),
        ("a\nb\x1b[2J.xlsx", ("a_b_[2J.xlsx",)),
        ('"引用\'符" <b>.xlsx', ('"引用\'符" <b>.xlsx',)),
    ],
)
def test_a_name_leads_nowhere_else(name: str, parts: tuple[str, ...]) -> None:
    assert safe_parts(name) == parts


def test_a_long_name_keeps_its_ending() -> None:
    [name] = safe_parts("長" * 300 + ".xlsx")
    assert name.endswith(".xlsx")
    assert len(name.encode()) <= 200


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "outside.xlsx"
    folder = tmp_path / "raw" / "受領_2026-06-30"
    folder.mkdir(parents=True)
    (folder / "回答.xlsx").symlink_to(target)
    assert _hand_over(tmp_path, "回答.xlsx", b"a") == ("受領_2026-06-30/回答 (2).xlsx", False)
    assert not target.exists()


def test_a_password_joins_the_list(tmp_path: Path) -> None:
    (tmp_path / "passwords.txt").write_bytes(b"first")
    add_password(tmp_path, "第二")
    assert (tmp_path / "passwords.txt").read_text(encoding="utf-8") == "first\n第二\n"
