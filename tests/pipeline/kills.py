"""Runs that are killed, in processes of their own: at every step that touches the disk, or at random moments.

    python -m tests.pipeline.kills steps FOLDER
    python -m tests.pipeline.kills random FOLDER COUNT SEED

Prints what was done as JSON; ends with an error where a dataset was broken, or a row lost or doubled.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipeline.dataset.tables import read_table
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.pipeline.rerun import check_whole, quick, sheet

_WRITES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.truncate",
    "os.utime",
    "shutil.copyfile",
}
_FINISHED, _BROKEN = 0, 3


@dataclass
class Scene:
    """A raw folder that changes, its dataset, and how many rows the bytes of each sheet ever put there have."""

    folder: Path
    chance: random.Random
    rows: dict[str, int] = field(default_factory=dict)  # SHA-256 → rows

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def put(self, name: str) -> None:
        """A sheet of other bytes than all before under a name."""
        count = self.chance.randint(1, 6)
        path = sheet(
            self.folder / "raw" / name, [self.chance.choice("○×△") for _ in range(count)], str(len(self.rows))
        )
        self.rows[hashlib.sha256(path.read_bytes()).hexdigest()] = count

    def change(self) -> None:
        """One new, changed, copied, renamed or removed file."""
        names = sorted(path.name for path in (self.folder / "raw").iterdir())
        kind = (
            self.chance.choice(["new", "new", "changed", "removed", "renamed"]) if len(names) > 3 else "new"
        )
        new = f"{len(self.rows):04d}.csv"
        if kind == "new":
            self.put(new)
            return
        name = self.chance.choice(names)
        if kind == "changed":
            self.put(name)
        elif kind == "removed":
            (self.folder / "raw" / name).unlink()
        else:
            (self.folder / "raw" / name).rename(self.folder / "raw" / f"moved {new}")

    def check(self) -> None:
        """Every row of every document is there once, and no document that was ever complete is lost."""
        for plain in self.out.glob("*.parquet"):
            pq.read_table(plain)  # a plain name never leads to half a file
        told: dict[str, list[int]] = {}
        for row in read_table(self.out, "answers").select(["document_id", "row"]).to_pylist():
            told.setdefault(row["document_id"], []).append(row["row"])
        ids = {sha256[:16]: count for sha256, count in self.rows.items()}
        for document, numbers in told.items():
            assert numbers == list(range(1, ids[document] + 1)), (document, numbers)
        documents = {row["document_id"] for row in read_table(self.out, "documents").to_pylist()}
        assert set(told) == documents, set(told) ^ documents
        noted = self.folder / "known.json"  # documents that a complete dataset held
        known = set(json.loads(noted.read_text())) if noted.exists() else set()
        assert known <= documents, known - documents
        noted.write_text(json.dumps(sorted(documents)))

    def check_complete(self) -> None:
        """After a complete run: all files of the folder, all tables fit together, no litter."""
        self.check()
        check_whole(self.out)
        paths = {path.name for path in (self.folder / "raw").iterdir()}
        rows = read_table(self.out, "documents").to_pylist()
        assert {row["path"] for row in rows if row["status"] != "removed" and not row["replaced_by"]} == paths
        assert list(self.out.rglob("*.tmp")) == []
        assert len(list((self.out / ".snapshots").iterdir())) <= 2


def forked(work: Callable[[], None], killed_after: float | None = None) -> int:
    """Run `work` in a child; its exit code, or minus the signal that ended it."""
    child = os.fork()
    if not child:
        code = _BROKEN
        try:
            work()
            code = _FINISHED
        except (Exception, SystemExit):  # noqa: BLE001  told, since nobody above will
            traceback.print_exc()
        finally:
            os._exit(code)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(step: int) -> None:
    """Kill this process when it is about to touch the disk for the n-th time."""
    done = 0

    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal done
        opened = (
            event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if opened or event in _WRITES:
            done += 1
            if done == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def steps(folder: Path) -> dict[str, int]:
    """Kill a run that adds a file at its first step, at its second, and so on, until one gets through."""
    scene = Scene(folder, random.Random(1))
    settings = Settings(folder / "raw", folder / "out", workers=1)
    (folder / "raw").mkdir(parents=True)
    for number in range(3):
        scene.put(f"{number:04d}.csv")
    assert forked(lambda: ingest(settings) and None) == _FINISHED  # type: ignore[func-returns-value]
    assert forked(scene.check_complete) == _FINISHED
    step = 1
    scene.put("0000.csv")
    while forked(lambda step=step: (killed_at(step), ingest(settings))) == -signal.SIGKILL:  # type: ignore[misc]
        step += 1
        assert forked(scene.check) == _FINISHED
        scene.put(f"{len(scene.rows) % 5:04d}.csv")
    assert forked(lambda: ingest(settings) and None) == _FINISHED  # type: ignore[func-returns-value]
    assert forked(scene.check_complete) == _FINISHED
    return {"kills": step - 1, "sheets": len(scene.rows)}


def at_random(folder: Path, count: int, seed: int) -> dict[str, int]:
    """Kill `count` runs at random moments, half of them towards the end; every fifth run is let through."""
    scene = Scene(folder, random.Random(seed))
    settings = Settings(folder / "raw", folder / "out", workers=1)
    for number in range(8):
        scene.put(f"{number:04d}.csv")
    start = time.perf_counter()
    assert forked(lambda: ingest(settings) and None) == _FINISHED  # type: ignore[func-returns-value]
    long = time.perf_counter() - start
    kills = finished = 0
    while kills < count:
        scene.change()
        late = scene.chance.random() < 0.5
        moment = long * scene.chance.uniform(0.5 if late else 0.0, 1.1)
        ended = forked(lambda: ingest(settings) and None, moment)  # type: ignore[func-returns-value]
        kills += ended == -signal.SIGKILL
        finished += ended == _FINISHED
        long *= (
            0.85 if ended == _FINISHED else 1.05
        )  # how long a run takes depends on what else the machine does
        assert ended != _BROKEN
        assert forked(scene.check) == _FINISHED
        if (kills + finished) % 5 == 0:
            assert forked(lambda: ingest(settings) and None) == _FINISHED  # type: ignore[func-returns-value]
            assert forked(scene.check_complete) == _FINISHED
    assert forked(lambda: ingest(settings) and None) == _FINISHED  # type: ignore[func-returns-value]
    assert forked(scene.check_complete) == _FINISHED
    return {"kills": kills, "finished": finished, "sheets": len(scene.rows)}


def main(words: list[str]) -> None:
    """See the top of the file."""
    with pytest.MonkeyPatch.context() as patch:
        quick(patch)
        folder = Path(words[1])
        done = steps(folder) if words[0] == "steps" else at_random(folder, int(words[2]), int(words[3]))
    print(json.dumps(done))


if __name__ == "__main__":
    main(sys.argv[1:])
