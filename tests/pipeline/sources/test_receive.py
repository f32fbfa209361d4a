"""Files that are handed over: their names lead nowhere else, and none takes another's place."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
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


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_two_that_come_at_once_under_one_name_are_both_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """Both saw that the name was free, and the second took the place of the first."""
    if not links:
        monkeypatch.delattr("os.link")
        monkeypatch.setattr("os.link", _no_links, raising=False)
    sources = [tmp_path / f"upload-{number}" for number in range(16)]
    for number, source in enumerate(sources):
        source.write_bytes(b"%d" % number)
    start = threading.Barrier(len(sources))

    def hand_over(source: Path) -> str:
        start.wait()
        return save_received(tmp_path / "raw", "受領", "回答.csv", source).path

    with ThreadPoolExecutor(len(sources)) as threads:
        paths = list(threads.map(hand_over, sources))
    kept = {path: (tmp_path / "raw" / path).read_bytes() for path in paths}
    assert sorted(kept.values()) == sorted(b"%d" % number for number in range(16))
    assert len(list((tmp_path / "raw/受領").iterdir())) == 16


def _no_links(*_: object) -> None:
    raise OSError(95, "Operation not supported")


def test_a_disk_that_fills_up_leaves_nothing_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, target: Path) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.move", full)
    with pytest.raises(OSError, match="No space"):
        _hand_over(tmp_path, "回答.xlsx", b"a")
    assert [path for path in (tmp_path / "raw").rglob("*") if path.is_file()] == []


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
