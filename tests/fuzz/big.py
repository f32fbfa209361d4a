"""Hostile and broken files by the thousand beside twenty good sheets in one run: `python -m tests.fuzz.big --files 2000`.

Seven of eight are broken sheets, the eighth is a broken mail, archive or picture; with `--hostile` the files of tests/hostile
lie beside them. The good ones are the shipped samples and made-up lists; what a run over them alone gives is what they have
to give. Prints how the files ended, the seconds, and the memory of the run itself and of the largest process that read any.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.dataset.tables import read_table
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.conftest import ROOT
from tests.fuzz.carriers import write_carriers, write_pictures
from tests.fuzz.run import FINDINGS, broken_files, sources
from tests.hostile.memory import peak_of_children
from tests.hostile.test_files import ENDLESS, FILES
from tests.pipeline.make import sheet_rows, write_workbook

GOOD = 20
_MARKS = ("○", "×", "△", "有", "無", "対象外", "99.9%以上", "24時間365日")
_OWN = (
    "answer_raw",
    "answer",
    "remarks",
    "requirement",
    "item_no",
    "section",
    "source",
    "item_id",
    "confidence",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What came of the run: documents by status (what a mail or an archive carries counts too), findings, good documents that
    are not as alone, files without a row in `documents`, seconds, megabytes of the largest reading process and of the run.
    """

    statuses: dict[str, int]
    findings: tuple[str, ...]
    wrong: tuple[str, ...]
    lost: tuple[str, ...]
    seconds: float
    megabytes: int
    megabytes_of_run: int


def make_good(folder: Path) -> None:
    """Twenty good sheets: the shipped ones, and made-up lists of different answers."""
    shipped = sorted(path for path in (ROOT / "data" / "raw").rglob("*") if path.is_file())[:7]
    for path in shipped:
        shutil.copyfile(path, folder / f"good-{path.name}")
    for number in range(GOOD - len(shipped)):
        replies = [_MARKS[(number + n) % len(_MARKS)] for n in range(6 + number)]
        write_workbook(
            folder / f"good-made-{number:02}.xlsx", {"一覧": sheet_rows(replies, f"備考 {number}")}
        )


def make_broken(folder: Path, count: int, seed: int = 0) -> None:
    """Broken files of the seeds from `seed` on: one of eight a mail, an archive or a picture, the others sheets."""
    folder.mkdir()
    with tempfile.TemporaryDirectory() as seeds:
        carriers = [*write_carriers(Path(seeds)), *write_pictures(Path(seeds))]
        for originals, share in ((carriers, count // 8), (sources(), count - count // 8)):
            for _ in islice(broken_files(folder, originals, seed), share):
                pass
            seed += share


def make_hostile(folder: Path) -> None:
    """Each file of tests/hostile once."""
    folder.mkdir()
    makers = {name: entry[0] for name, entry in FILES.items()} | {
        f"endless-{n}": m for n, m in ENDLESS.items()
    }
    for name, maker in makers.items():
        (folder / name).write_bytes(maker())


def run_beside(place: Path, count: int, workers: int = 2, seed: int = 0, hostile: bool = False) -> Report:
    """Read `count` broken files, the hostile ones where asked for, and the good ones in one run, below the folder `place`."""
    alone, mixed = place / "alone", place / "mixed"
    for folder in (alone, mixed):
        folder.mkdir()
        make_good(folder)
    make_broken(mixed / "broken", count, seed)
    if hostile:
        make_hostile(mixed / "hostile")
    ingest(Settings(alone, place / "alone-out", workers))
    start = time.perf_counter()
    with peak_of_children() as peak:
        run = ingest(Settings(mixed, place / "mixed-out", workers, timeout=120))
    seconds = time.perf_counter() - start
    return Report(
        dict(Counter(line.status for line in run.lines)),
        _findings(place / "mixed-out"),
        _wrong(place / "alone-out", place / "mixed-out"),
        _lost(mixed, place / "mixed-out"),
        seconds,
        peak.kilobytes // 1024,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


def _findings(dataset: Path) -> tuple[str, ...]:
    """Faults of the program, and of what is only broken also what was ended; a hostile file may be ended by its limits."""
    problems = read_table(dataset, "problems").to_pylist()
    return tuple(
        f"{row['path']}: {row['message']}"
        for row in problems
        if row["code"] in ({"internal_error"} if row["path"].startswith("hostile/") else FINDINGS)
    )


def _wrong(alone: Path, mixed: Path) -> tuple[str, ...]:
    """The good sheets of which status or answers differ from what a run over them alone gave."""
    wanted, given = _sheets(alone), _sheets(mixed)
    return tuple(sorted(name for name, rows in wanted.items() if given.get(name) != rows))


def _lost(folder: Path, dataset: Path) -> tuple[str, ...]:
    """The files below `folder` that no row of `documents` tells of."""
    told = {row["path"] for row in read_table(dataset, "documents").to_pylist()}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return tuple(sorted(files - told))


def _sheets(dataset: Path) -> dict[str, list[Any]]:
    """Each good sheet's path → its status and the rows of its answers."""
    rows: dict[str, list[Any]] = {}
    for row in read_table(dataset, "answers").to_pylist():
        rows.setdefault(row["document_id"], []).append([row[name] for name in _OWN])
    documents = read_table(dataset, "documents").to_pylist()
    return {
        row["path"]: [row["status"], *rows.get(row["document_id"], [])]
        for row in documents
        if row["path"].startswith("good-")
    }


def main(arguments: Sequence[str]) -> int:
    """Run, print, and end with 1 where anything is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--place", type=Path, help="a folder that stays, to look at")
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as passing:
        place = told.place or Path(passing)
        place.mkdir(parents=True, exist_ok=True)
        report = run_beside(place, told.files, told.workers, told.seed, told.hostile)
    print(
        f"{told.files} broken, {len(FILES) + len(ENDLESS)} hostile and {GOOD} good files in {report.seconds:.0f} s"
    )
    print(report.statuses)
    print(f"largest reading process: {report.megabytes} MB; the run itself: {report.megabytes_of_run} MB")
    print(
        f"good sheets that are not as alone: {list(report.wrong)}; files without a row: {list(report.lost)}"
    )
    print(*report.findings, sep="\n")
    return int(bool(report.wrong or report.lost or report.findings))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
