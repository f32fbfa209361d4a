"""Minutes, seeds and kinds in, what broken things did to the program out: `python -m tests.fuzz.run --minutes 10`.

A broken sheet is read in a confined process, as in a run; a broken mail, archive or picture is looked into there, and what it
carries is read (tests/fuzz/carriers.py). People's files of decisions and requests to the app are broken in this process
(tests/fuzz/broken_decisions.py, tests/fuzz/app_requests.py). A finding is a fault of this program (`internal_error`), what took
too long, what ended its process, and a promise that did not hold: it is kept in build/fuzz/ with its seed. The sheets come
from data/raw/ and from ../shared where that is there.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from extractors.issue import Issue
from pipeline.document.process import DocumentResult
from pipeline.execution.budget import Budget, Budgets
from pipeline.execution.executor import Job, Task
from pipeline.execution.process_pool import LocalExecutor
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import RawFile, single_file
from tests.conftest import ROOT, SHARED
from tests.fuzz.app_requests import running_app, still_answers, try_request
from tests.fuzz.broken_decisions import try_seed
from tests.fuzz.carriers import Looked, look_into, write_carriers, write_pictures
from tests.fuzz.mutate import mutate

FINDINGS = {"internal_error", "file_took_too_long", "file_reader_died", "file_out_of_memory"}
_ENDINGS = {".pdf", ".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".csv", ".tsv", ".txt"}
_LARGEST = 400_000
_BATCH = 100
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


def is_finding(outcome: DocumentResult | Looked | Issue) -> bool:
    """Whether reading a broken thing did what it must not."""
    issues = (outcome,) if isinstance(outcome, Issue) else outcome.issues
    return any(problem.code in FINDINGS for problem in issues)


@dataclass(slots=True)
class Tally:
    """What came of all that was broken so far: how often each status, how many findings, and where they are kept."""

    keep: Path
    statuses: Counter[str] = field(default_factory=Counter)
    findings: int = 0

    def note(self, name: str, told: str, data: bytes = b"") -> None:
        """Keep a finding: what was broken, and what it did."""
        self.findings += 1
        self.keep.mkdir(parents=True, exist_ok=True)
        if data:
            (self.keep / name).write_bytes(data)
        (self.keep / f"{name}.txt").write_text(told, encoding="utf-8", errors="backslashreplace")
        print(f"{name}: {told[:300]}", flush=True)


def read_sheets(place: Path, seed: int, batch: int, workers: int, tally: Tally) -> None:
    """A batch of broken sheets, read as in a run."""
    broken = list(islice(broken_files(place, sources(), seed), batch))
    executor = LocalExecutor(workers)
    for entry, outcome in zip(
        broken, read_all([entry.file for entry in broken], executor, ProcessLimits(_SECONDS)), strict=True
    ):
        _count(entry, outcome, tally)


def look_into_carriers(place: Path, seed: int, batch: int, workers: int, tally: Tally) -> None:
    """A batch of broken mails, archives and pictures, looked into, and what they carry read."""
    seeds = place / "seeds"
    originals = (
        sorted(seeds.iterdir()) if seeds.is_dir() else [*write_carriers(seeds), *write_pictures(seeds)]
    )
    broken = list(islice(broken_files(place, originals, seed), batch))
    job = Job(look_into, (), ProcessLimits(_SECONDS))
    tasks = [Task(entry.file) for entry in broken]
    with closing(LocalExecutor(workers).run(tasks, job, Budget(Budgets()))) as all_given:
        for entry, given in zip(broken, all_given, strict=True):
            _count(entry, given if isinstance(given, Issue) else pickle.loads(given), tally)


def _count(entry: Broken, outcome: DocumentResult | Looked | Issue, tally: Tally) -> None:
    tally.statuses["ended" if isinstance(outcome, Issue) else outcome.status] += 1
    if is_finding(outcome):
        issues = (outcome,) if isinstance(outcome, Issue) else outcome.issues
        trace = "" if isinstance(outcome, Issue) else outcome.trace
        faults = [f"{issue.code} {dict(issue.params)}" for issue in issues if issue.code in FINDINGS]
        told = f"{faults}\n{entry.source}\nseed {entry.seed}\n{trace}"
        tally.note(entry.file.path.name, told, entry.file.path.read_bytes())
    entry.file.path.unlink()


def break_decisions(_: Path, seed: int, batch: int, _workers: int, tally: Tally) -> None:
    """A batch of broken files of decisions."""
    for each in range(seed, seed + batch):
        faults = try_seed(each)
        tally.statuses["decisions"] += 1
        if faults:
            tally.note(f"decisions-{each}", "\n".join(faults))


def send_requests(place: Path, seed: int, batch: int, _workers: int, tally: Tally) -> None:
    """Ten batches of broken requests to an app that was started for them, which takes longer than they do."""
    folder = place / f"app-{seed}"
    folder.mkdir()
    with running_app(folder) as app:
        for each in range(10 * seed, 10 * (seed + batch)):
            faults = try_request(app, each)
            tally.statuses["requests"] += 1
            if faults:
                tally.note(f"request-{each}", "\n".join(faults))
        if not still_answers(app) or "Traceback" in app.log.read_text(encoding="utf-8"):
            tally.note(f"app-{seed}", app.log.read_text(encoding="utf-8")[-5000:])


KINDS = {
    "sheets": read_sheets,
    "carriers": look_into_carriers,
    "decisions": break_decisions,
    "requests": send_requests,
}


def main(arguments: Sequence[str]) -> int:
    """Run for some minutes, a batch of each kind after the other; 1 where there was a finding."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--batch", type=int, default=_BATCH)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--keep", type=Path, default=ROOT / "build" / "fuzz")
    told = parser.parse_args(arguments)
    end, seed, tally = time.monotonic() + 60 * told.minutes, told.seed, Tally(told.keep)
    with tempfile.TemporaryDirectory() as place:
        while time.monotonic() < end:
            for kind in told.kinds.split(","):
                KINDS[kind](Path(place), seed, told.batch, told.workers, tally)
            seed += told.batch
    broken = sum(tally.statuses.values())
    print(
        f"{broken} broken (seeds {told.seed} to {seed - 1}), {tally.findings} findings: {dict(tally.statuses)}"
    )
    return min(tally.findings, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
