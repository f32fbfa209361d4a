"""What the product asks of object storage, asked of a real server."""

from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.dataset.objects.lease import LOCK, lock_storage
from pipeline.dataset.objects.raw_copy import fetch_raw, local_names
from pipeline.dataset.objects.s3 import open_storage
from pipeline.dataset.storage import Conflict
from pipeline.errors import DatasetBusy, RawFolderMissing, StorageError

pytestmark = pytest.mark.slow


def test_an_object_is_written_on_a_condition(place: str) -> None:
    storage = open_storage(f"{place}/dataset")
    tag = storage.create("a/一 b#?.txt", b"1")
    with pytest.raises(Conflict):
        storage.create("a/一 b#?.txt", b"2")
    assert storage.create("a/一 b#?.txt", b"1") == tag, (
        "the same bytes: the answer to the first time was lost"
    )
    storage.replace("a/一 b#?.txt", b"3", tag)
    with pytest.raises(Conflict):
        storage.replace("a/一 b#?.txt", b"4", tag)
    with pytest.raises(Conflict):
        storage.replace("nothing", b"4", tag)
    assert storage.read("a/一 b#?.txt")[0] == b"3"
    assert [entry.key for entry in storage.list()] == ["a/一 b#?.txt"]
    assert [entry.key for entry in open_storage(place).list("dataset")] == ["dataset/a/一 b#?.txt"]
    storage.delete("a/一 b#?.txt")
    storage.delete("a/一 b#?.txt")
    with pytest.raises(FileNotFoundError):
        storage.read("a/一 b#?.txt")


def test_of_many_writers_one_gets_the_lock(place: str) -> None:
    storage, inside, most = open_storage(place), 0, 0
    guard, errors = threading.Lock(), []

    def write() -> None:
        nonlocal inside, most
        try:
            with lock_storage(storage, wait=60) as lease:
                with guard:
                    inside += 1
                    most = max(most, inside)
                lease.check()
                with guard:
                    inside -= 1
        except (DatasetBusy, StorageError) as error:
            errors.append(error)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, errors) == (1, [])
    assert list(storage.list()) == []


def test_a_held_lock_ends_the_command_with_a_sentence(place: str, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with lock_storage(open_storage(f"{place}/dataset")):
        done = CliRunner().invoke(
            app, ["ingest", str(tmp_path / "raw"), "--out", f"{place}/dataset", "--lang", "ja"]
        )
    assert done.exit_code == 2
    assert "書き込み中です" in done.output
    assert "期限は 20" in done.output


def test_a_lock_tells_who_holds_it_and_ends_by_itself(place: str) -> None:
    storage = open_storage(place)
    now = dt.datetime.now(dt.UTC)
    told = {
        "owner": "x",
        "pid": 7,
        "host": "elsewhere",
        "until": (now + dt.timedelta(seconds=60)).isoformat(),
    }
    storage.create(LOCK, json.dumps(told).encode())
    with pytest.raises(DatasetBusy, match="process 7 on elsewhere"), lock_storage(storage, wait=0):
        pass
    storage.delete(LOCK)
    storage.create(LOCK, json.dumps(told | {"until": now.isoformat()}).encode())
    with lock_storage(storage, wait=0) as lease:
        lease.check()
        storage.delete(LOCK)
        with pytest.raises(DatasetBusy):
            lease.check()


def test_a_lock_is_renewed_while_its_writer_works(place: str) -> None:
    storage = open_storage(place)
    with lock_storage(storage, lasts=2) as lease:
        with pytest.raises(DatasetBusy), lock_storage(storage, wait=4):
            pass
        lease.check()


def test_the_copy_of_a_raw_folder_follows_it(place: str, tmp_path: Path) -> None:
    storage = open_storage(f"{place}/raw")
    with pytest.raises(RawFolderMissing):
        fetch_raw(storage, tmp_path)
    for key in ("見本社/a.csv", "b.csv", "folder", "folder/c.csv"):
        storage.create(key, key.encode())
    folder = fetch_raw(storage, tmp_path)
    assert {path.read_bytes().decode() for path in folder.rglob("*") if path.is_file()} == {
        "見本社/a.csv", "b.csv", "folder", "folder/c.csv",
    }  # fmt: skip
    before = (folder / "b.csv").stat().st_mtime_ns
    storage.delete("見本社/a.csv")
    storage.delete("folder/c.csv")
    storage.replace("folder", b"other", storage.read("folder")[1])
    fetch_raw(storage, tmp_path)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        "b.csv": b"b.csv",
        "folder": b"other",
    }
    assert (folder / "b.csv").stat().st_mtime_ns == before


def test_no_key_leads_out_of_the_folder() -> None:
    keys = [
        "../out.csv",
        "/etc/x.csv",
        "a//b.csv",
        "./a.csv",
        "n" * 300 + ".csv",
        "a",
        "a/b",
        "x\0y.csv",
        "ok/見本.csv",
    ]
    names = local_names(keys)
    assert len(set(names.values())) == len(keys)
    assert names["ok/見本.csv"] == "ok/見本.csv"
    for key in keys[:6]:
        assert "/" not in names[key]
        assert names[key] not in {"", ".", ".."}
        assert len(names[key].encode()) < 255


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_wrong_is_a_sentence(place: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*words: str) -> str:
        done = CliRunner().invoke(app, [*words, "--lang", language])
        assert done.exit_code == 2
        assert isinstance(done.exception, SystemExit), done.exception
        assert "Traceback" not in done.output
        return done.output

    none = run("ingest", "s3://no-such-bucket/raw", "--out", f"{place}/dataset")
    assert "s3://no-such-bucket/raw" in none
    assert {"en": "no bucket", "ja": "バケットがありません"}[language] in none
    assert f"{place}/raw" in run("ingest", f"{place}/raw", "--out", f"{place}/dataset")
    assert f"{place}/dataset" in run("query", "SELECT 1", "--dataset", f"{place}/dataset")
    assert {"en": "a folder of this machine", "ja": "このマシンのフォルダー"}[language] in run(
        "watch", f"{place}/raw"
    )
    open_storage(f"{place}/raw").create("a.csv", b"x")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "reader")
    closed = {"en": "does not let this user in", "ja": "アクセス権がありません"}[language]
    assert closed in run("ingest", f"{place}/raw", "--out", f"{place}/dataset")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not this one")
    assert closed in run("query", "SELECT 1", "--dataset", f"{place}/dataset")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert {"en": "does not answer", "ja": "接続できません"}[language] in run("ingest", f"{place}/raw")
