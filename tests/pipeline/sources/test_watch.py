"""A watched folder: files are taken when they have stopped growing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.sources.watch import Patience, Settling, Size, is_remote, watch_folder

QUICK = Patience(quiet=0.3, longest=5.0, beat=0.1)


def _settling(sizes: dict[str, Size | None]) -> Settling:
    return Settling(Patience(quiet=3, longest=60), lambda path: sizes[path])


def test_nothing_seen_is_never_ripe() -> None:
    assert not _settling({}).is_settled(1000)


def test_files_are_ripe_after_a_quiet_while() -> None:
    settling = _settling({"a": (5, 1)})
    settling.add_changed(["a"], 10)
    assert [settling.is_settled(now) for now in (10, 12.9, 13)] == [False, False, True]
    settling.clear()
    assert not settling.is_settled(100)


def test_a_file_that_grows_untold_is_waited_for() -> None:
    sizes: dict[str, Size | None] = {"a": (5, 1)}
    settling = _settling(sizes)
    settling.add_changed(["a"], 0)
    sizes["a"] = (9, 2)
    assert not settling.is_settled(4)
    assert [settling.is_settled(6), settling.is_settled(7)] == [False, True]


def test_a_file_that_never_stops_growing_is_taken_in_the_end() -> None:
    sizes: dict[str, Size | None] = {"a": (0, 0)}
    settling = _settling(sizes)
    settling.add_changed(["a"], 0)
    taken = []
    for now in range(1, 62):
        sizes["a"] = (now, now)
        taken.append(settling.is_settled(now))
    assert taken.index(True) == 59


def test_a_file_that_goes_away_counts_as_a_change() -> None:
    sizes: dict[str, Size | None] = {"a": (5, 1)}
    settling = _settling(sizes)
    settling.add_changed(["a"], 0)
    sizes["a"] = None
    assert [settling.is_settled(4), settling.is_settled(7)] == [False, True]


@pytest.mark.parametrize(
    ("kind", "remote"),
    [
        ("ext4", False), ("nfs4", True), ("cifs", True), ("smb3", True), ("fuse.sshfs", True), ("tmpfs", False),
        ("overlay", False), ("9p", True),
    ],
)  # fmt: skip
def test_a_share_is_told_by_its_file_system(tmp_path: Path, kind: str, remote: bool) -> None:
    mounts = tmp_path / "mounts"
    folder = tmp_path / "受領 箱"
    folder.mkdir()
    place = str(folder.resolve()).replace(" ", r"\040")
    mounts.write_text(f"/dev/sda / ext4 rw 0 0\nserver:/x {place} {kind} rw 0 0\n", encoding="utf-8")
    assert is_remote(folder, mounts) is remote
    assert is_remote(folder, tmp_path / "none") is False


class _Watched:
    """Counts the moments of a folder in a thread of its own."""

    def __init__(self, folder: Path, patience: Patience) -> None:
        self.moments: list[float] = []
        self.stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(folder, patience))
        self._thread.start()
        time.sleep(0.5)

    def _run(self, folder: Path, patience: Patience) -> None:
        for _ in watch_folder(folder, patience, self.stop):
            self.moments.append(time.monotonic())

    def wait_for(self, count: int) -> None:
        end = time.monotonic() + 15
        while len(self.moments) < count and time.monotonic() < end:
            time.sleep(0.05)
        assert len(self.moments) == count

    def end(self) -> None:
        self.stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture(params=[False, True], ids=["told", "polled"])
def watched(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[_Watched]:
    folder = tmp_path / "raw"
    folder.mkdir()
    found = _Watched(folder, Patience(0.3, 5.0, 0.1, poll=request.param))
    yield found
    found.end()


@pytest.mark.slow
def test_a_file_written_in_pieces_is_one_moment(watched: _Watched, tmp_path: Path) -> None:
    with (tmp_path / "raw" / "回答.csv").open("w", encoding="utf-8") as stream:
        for number in range(8):
            stream.write(f"{number},問い\n")
            stream.flush()
            time.sleep(0.15)
        last = time.monotonic()
    watched.wait_for(1)
    assert watched.moments[0] > last
    (tmp_path / "raw" / "下").mkdir()
    (tmp_path / "raw" / "下" / "次.csv").write_text("1,問い\n", encoding="utf-8")
    watched.wait_for(2)
    (tmp_path / "raw" / "回答.csv").unlink()
    watched.wait_for(3)


@pytest.mark.slow
def test_a_folder_that_goes_away_is_waited_for(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    watched = _Watched(folder, QUICK)
    try:
        folder.rename(tmp_path / "away")
        time.sleep(1.0)
        assert watched.moments == []
        (tmp_path / "away").rename(folder)
        watched.wait_for(1)
        (folder / "a.csv").write_text("1,問い\n", encoding="utf-8")
        watched.wait_for(2)
    finally:
        watched.end()


def test_no_folder_to_begin_with_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="none"):
        next(watch_folder(tmp_path / "none", QUICK, threading.Event()))
