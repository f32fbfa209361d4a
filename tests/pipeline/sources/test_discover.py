"""What the raw folder holds, and why some of it is passed over."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest

from pipeline.errors import RawFolderMissing
from pipeline.sources.discover import RawFile, discover


def _by_name(raw: Path) -> dict[str, RawFile]:
    return {file.name: file for file in discover(raw)}


def _code(file: RawFile) -> str | None:
    return file.skip.code if file.skip else None


def _assert_never_opened(file: RawFile) -> None:
    """Its size and hash are stand-ins: nothing was read of it."""
    name = hashlib.sha256(file.name.encode("utf-8")).hexdigest()
    assert (file.readable, file.size, file.sha256) == (False, 0, name)


def test_files_of_all_folders_come_in_order_of_their_relative_path(tmp_path: Path) -> None:
    for name in ("い社/2.txt", "い社/1.txt", "あ社.txt", "う社/深い/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    assert [file.name for file in discover(tmp_path)] == [
        "あ社.txt",
        "い社/1.txt",
        "い社/2.txt",
        "う社/深い/3.txt",
    ]


def test_the_id_is_the_start_of_the_hash_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"made up")
    file = _by_name(tmp_path)["a.txt"]
    assert file.sha256 == hashlib.sha256(b"made up").hexdigest()
    assert file.document_id == file.sha256[:16]
    assert (file.size, file.skip, file.duplicate_of) == (7, None, None)


def test_the_same_bytes_twice_are_read_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(b"same")
    files = _by_name(tmp_path)
    assert files["a.txt"].skip is None
    for name in ("b.txt", "c.txt"):
        skip = files[name].skip
        assert files[name].duplicate_of == "a.txt"
        assert skip is not None
        assert (skip.code, skip.params["other"]) == ("file_duplicate", "a.txt")


def test_a_lock_file_with_the_bytes_of_a_sheet_takes_nothing_from_it(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"same")
    (tmp_path / "~$x.xlsx").write_bytes(b"same")
    (tmp_path / ".x.xlsx").write_bytes(b"same")
    assert _by_name(tmp_path)["x.xlsx"].skip is None
    assert [f.duplicate_of for f in discover(tmp_path)] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("~$x.xlsx", "lock_file_ignored"),
        (".x.xlsx", "hidden_file_ignored"),
        ("Thumbs.db", "hidden_file_ignored"),
        ("desktop.ini", "hidden_file_ignored"),
    ],
)
def test_what_is_no_received_sheet_is_passed_over_with_a_reason(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    file = _by_name(tmp_path)[name]
    assert (_code(file), file.readable, file.size) == (code, True, 1)
    assert file.sha256 == hashlib.sha256(b"x").hexdigest()


def test_a_file_without_bytes_is_told_as_empty(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    (tmp_path / "b.pdf").touch()
    assert [(f.skip.code if f.skip else None, f.duplicate_of) for f in discover(tmp_path)] == [
        ("file_empty", None)
    ] * 2


def test_a_link_out_of_the_folder_is_passed_over_and_never_opened(tmp_path: Path) -> None:
    raw, outside = tmp_path / "raw", tmp_path / "outside.txt"
    raw.mkdir()
    outside.write_bytes(b"private")
    (raw / "link.txt").symlink_to(outside)
    file = _by_name(raw)["link.txt"]
    assert _code(file) == "link_ignored"
    _assert_never_opened(file)


def test_a_link_inside_the_folder_is_a_duplicate_of_its_target(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("made up")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert _by_name(tmp_path)["b.txt"].duplicate_of == "a.txt"


def test_a_link_to_nothing_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    file = _by_name(tmp_path)["gone.pdf"]
    assert _code(file) == "link_ignored"
    _assert_never_opened(file)


@pytest.mark.parametrize("target", ["outside", "raw/inside"])
def test_a_link_to_a_folder_has_its_row_and_is_not_followed(tmp_path: Path, target: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (tmp_path / target).mkdir()
    (raw / "link").symlink_to(tmp_path / target)
    (tmp_path / target / "a.txt").write_text("made up")
    files = _by_name(raw)
    assert list(files) == (["inside/a.txt", "link"] if "inside" in target else ["link"])
    assert _code(files["link"]) == "link_ignored"
    _assert_never_opened(files["link"])


def test_a_link_to_itself_does_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("made up")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    assert list(_by_name(tmp_path)) == ["a.txt", "loop.txt"]


def test_a_pipe_does_not_stop_the_run(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    found: list[RawFile] = []
    thread = threading.Thread(target=lambda: found.extend(discover(tmp_path)), daemon=True)
    thread.start()
    thread.join(0.2)
    stuck = thread.is_alive()
    if stuck:
        os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        thread.join(5)
    assert not stuck
    assert [(file.name, _code(file)) for file in found] == [("pipe.txt", "special_file_ignored")]
    _assert_never_opened(found[0])


def test_a_raw_folder_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(RawFolderMissing, match="nowhere"):
        discover(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(RawFolderMissing, match="file"):
        discover(tmp_path / "file")


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert discover(tmp_path) == []


COPIES = (
    "回答 - コピー.xlsx",
    "回答 - コピー (2).xlsx",
    "回答のコピー.xlsx",
    "Copy of 回答.xlsx",
    "回答(1).xlsx",
    "回答 （2）.xlsx",
)


@pytest.mark.parametrize("copy", COPIES)
def test_of_two_equal_files_the_one_that_is_called_no_copy_is_the_original(tmp_path: Path, copy: str) -> None:
    (tmp_path / "い社").mkdir()
    for name in (copy, "い社/回答.xlsx"):
        (tmp_path / name).write_bytes(b"same")
    files = _by_name(tmp_path)
    assert (files["い社/回答.xlsx"].skip, files[copy].duplicate_of) == (None, "い社/回答.xlsx")
    (tmp_path / "い社" / "回答.xlsx").unlink()
    assert _by_name(tmp_path)[copy].skip is None
