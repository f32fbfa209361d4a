"""Minutes and seeds in, what broken sheets did to the reader out: `python -m tests.fuzz.run --minutes 10`.

Each broken sheet is read in a confined process, as in a run. A finding is a fault of this program (`internal_error`), a
sheet that took too long, and one whose process died or ran out of memory: it is kept in build/fuzz/ with its seed. The
sheets come from data/raw/ and from ../shared where that is there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.document.process import DocumentResult
from pipeline.execution.process_pool import LocalExecutor
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import RawFile, single_file
from tests.conftest import ROOT, SHARED
from tests.fuzz.mutate import mutate

FINDINGS = {"internal_error", "file_took_too_long", "file_reader_died", "file_out_of_memory"}
_ENDINGS = {".pdf", ".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".csv", ".tsv", ".txt"}
_LARGEST = 400_000
_BATCH = 200
_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Broken:
    """A sheet that was broken: where it came from, the seed, and the file that holds it."""

    source: Path
    seed: int
    file: RawFile


def sources() -> list[Path]:
    """The sheets to break, in order of their paths."""
    folders = [ROOT / "data" / "raw", SHARED / "corpus", SHARED / "real"]
    paths = [path for folder in folders if folder.is_dir() for path in folder.rglob("*") if path.is_file()]
    return sorted(p for p in paths if p.suffix in _ENDINGS and p.stat().st_size <= _LARGEST)


def broken_files(folder: Path, originals: Sequence[Path], start: int) -> Iterator[Broken]:
    """Broken sheets without end, written to `folder`: the seed chooses the sheet and how it is broken."""
    seed = start
    while True:
        source = originals[seed % len(originals)]
        path = folder / f"{seed:08}{source.suffix}"
        path.write_bytes(mutate(source.read_bytes(), seed))
        yield Broken(source, seed, single_file(path))
        seed += 1


def is_finding(outcome: DocumentResult) -> bool:
    """Whether reading a broken sheet did what it must not."""
    return any(problem.code in FINDINGS for problem in outcome.issues)


def main(arguments: Sequence[str]) -> int:
    """Run for some minutes; the number of findings, at most 1, is the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    told = parser.parse_args(arguments)
    end = time.monotonic() + 60 * told.minutes
    statuses: Counter[str] = Counter()
    found = 0
    with tempfile.TemporaryDirectory() as place:
        stream = broken_files(Path(place), sources(), told.seed)
        while time.monotonic() < end:
            batch = list(islice(stream, _BATCH))
            outcomes = read_all(
                [entry.file for entry in batch], LocalExecutor(told.workers), ProcessLimits(_SECONDS)
            )
            for entry, outcome in zip(batch, outcomes, strict=True):
                statuses[outcome.status] += 1
                if is_finding(outcome):
                    found += 1
                    _keep(entry, outcome, told.keep)
                entry.file.path.unlink()
    print(f"{sum(statuses.values())} broken sheets, {found} findings in {told.keep}: {dict(statuses)}")
    return min(found, 1)


def _keep(entry: Broken, outcome: DocumentResult, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / entry.file.path.name).write_bytes(entry.file.path.read_bytes())
    problem = outcome.issues[-1]
    told = f"{entry.source}\nseed {entry.seed}\n{problem.code} {dict(problem.params)}\n{outcome.trace}"
    (folder / f"{entry.file.path.name}.txt").write_text(told, encoding="utf-8")
    print(f"seed {entry.seed}, {entry.source.name}: {problem.code} {dict(problem.params)}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
