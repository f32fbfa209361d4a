"""Reading on a cluster beside reading here: the same tables to the byte, what it costs, and what killed machines lose.

    python -m benchmarks.cluster [FILES] [--kills N] [--of FOLDER] [--in FOLDER]

makes FILES sheets (made up, or copies of those in `--of`, each with other bytes), reads them with two processes here and with two
workers of a cluster on this machine, and compares all tables. Then it reads them once more while workers are killed (SIGKILL)
at N random moments, and once while the scheduler is killed, which ends that run; the next one completes it.
Printed are seconds, seconds of processor time, and their ratio (cluster to here: 1 is no loss).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.reruns import write_sheet
from pipeline.dataset.tables import read_table, table_paths
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.pipeline.execution import clusters

_SEED = 21
_ENDINGS = {
    ".pdf",
    ".xlsx",
    ".xlsm",
    ".csv",
    ".html",
    ".txt",
}  # formats in which bytes at the end change nothing


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", type=int, nargs="?", default=200)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--of", type=Path)
    parser.add_argument("--in", type=Path, dest="folder")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = wanted.folder or Path(place)
        raw = folder / "raw"
        if not raw.is_dir():
            _make_sheets(raw, wanted.files, wanted.of)
        print(
            f"{wanted.files} files, two processes; load average {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"
        )
        here = _timed("this machine", lambda: ingest(Settings(raw, folder / "here", workers=2)))
        there = _timed(
            "cluster", lambda: ingest(Settings(raw, folder / "there", workers=2, scheduler="local"))
        )
        print(f"ratio: seconds {here[0] / there[0]:.2f}, processor time {here[1] / there[1]:.2f}")
        expected = _digests(folder / "here")
        _compare("cluster", expected, folder / "there")
        _kill_workers(raw, folder, (expected, wanted.kills))
        _kill_scheduler(raw, folder, expected)


def _make_sheets(raw: Path, count: int, models: Path | None) -> None:
    """Sheets of which no two hold the same bytes; the models in turn, each with a number at its end."""
    if models is None:
        for number in range(count):
            write_sheet(raw, number)
        return
    paths = sorted(path for path in models.rglob("*") if path.suffix.lower() in _ENDINGS and path.is_file())
    for number in range(count):
        model = paths[number % len(paths)]
        target = raw / f"{number // 100:03d}" / f"{number:05d}_{model.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_other_bytes(model, number))


def _other_bytes(model: Path, number: int) -> bytes:
    data = model.read_bytes()
    if model.suffix.lower() in {".xlsx", ".xlsm"}:  # the comment of a zip is the last that stands in it
        comment = f"{number}".encode()
        return (
            data[:-2] + len(comment).to_bytes(2, "little") + comment
            if data.endswith(b"\0\0")
            else data + comment
        )
    return data + (f"\n%{number}\n".encode() if model.suffix.lower() == ".pdf" else b"\n" * (1 + number))


def _timed(name: str, work: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and seconds of processor time of this process and of those it waited for."""
    start, before = time.perf_counter(), _processor_seconds()
    work()
    taken = time.perf_counter() - start, _processor_seconds() - before
    print(f"{name:28} {taken[0]:8.1f} s {taken[1]:8.1f} s of processor time", flush=True)
    return taken


def _processor_seconds() -> float:
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _digests(out: Path) -> dict[str, str]:
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in table_paths(out).items()}


def _compare(name: str, expected: dict[str, str], out: Path) -> None:
    """Raises AssertionError where a table is another, or a row stands twice."""
    found = _digests(out)
    assert found == expected, [table for table in expected if found[table] != expected[table]]
    rows = read_table(out, "answers").select(["document_id", "row"]).to_pylist()
    assert len({(row["document_id"], row["row"]) for row in rows}) == len(rows)
    print(f"{name}: the same {len(found)} tables to the byte, {len(rows)} answers", flush=True)


def _start_run(raw: Path, out: Path, address: str) -> subprocess.Popen[bytes]:
    shutil.rmtree(out, ignore_errors=True)
    return _run(raw, out, address)


def _run(raw: Path, out: Path, address: str) -> subprocess.Popen[bytes]:
    program = [
        sys.executable,
        "-m",
        "pipeline",
        "ingest",
        str(raw),
        "--out",
        str(out),
        "--scheduler",
        address,
    ]
    return subprocess.Popen([*program, "--workers", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def _kill_workers(raw: Path, folder: Path, wanted: tuple[dict[str, str], int]) -> None:
    """SIGKILL of workers at random moments; their nannies start others."""
    from distributed import Client  # noqa: PLC0415  an extra

    expected, kills = wanted
    chance = random.Random(_SEED)
    with clusters.cluster(folder, nanny=True) as address, Client(address, set_as_default=False) as client:
        client.wait_for_workers(2)
        run, killed, runs = _start_run(raw, folder / "killed", address), 0, 1
        while killed < kills:
            time.sleep(chance.uniform(0.5, 6.0))
            if run.poll() is not None:  # it was done before all kills: another one from the start
                assert run.returncode == 0, run.stderr and run.stderr.read()
                _compare(f"after {killed} kills", expected, folder / "killed")
                run, runs = _start_run(raw, folder / "killed", address), runs + 1
            pids = sorted(client.run(os.getpid).values())
            if pids:
                os.kill(chance.choice(pids), signal.SIGKILL)
                killed += 1
        told = run.communicate()[1]
        assert run.returncode == 0, told
    _compare(f"{killed} workers killed in {runs} runs", expected, folder / "killed")


def _kill_scheduler(raw: Path, folder: Path, expected: dict[str, str]) -> None:
    """SIGKILL of the scheduler ends the run with a sentence; the next run, with another scheduler, completes it."""
    out = folder / "lost"
    with clusters.cluster(folder) as address:
        run = _start_run(raw, out, address)
        assert clusters.wait_until(lambda: any((out / ".store" / "extracts").glob("*/*")), 600)
        os.kill(clusters.scheduler_pid(folder), signal.SIGKILL)
        told = run.communicate()[1].decode()
        assert run.returncode == 2, told
        assert "Traceback" not in told, told
        print(f"scheduler killed: {told.strip().splitlines()[-1]}")
        kept = sum(1 for _ in (out / ".store" / "extracts").glob("*/*"))
    with clusters.cluster(folder) as address:
        run = _run(raw, out, address)
        told = run.communicate()[1].decode()
        assert run.returncode == 0, told
    _compare(f"scheduler killed after {kept} files, run again", expected, out)


if __name__ == "__main__":
    main()
