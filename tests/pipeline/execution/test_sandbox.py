"""A confined process: what it may not do, tried in one."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractors.issue import Issue
from pipeline.execution.process_pool import run_apart
from pipeline.execution.sandbox import Forbidden, ProcessLimits, _Hook, _is_writing

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits are Linux's")


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9), 1)


def resolve() -> None:
    socket.getaddrinfo("localhost", 9)


def run_program() -> None:
    subprocess.run(["true"], check=True)


def fork() -> None:
    os.fork()


def shell() -> None:
    os.system("true")


def write(path: str) -> None:
    Path(path).write_text("a")


def remove(path: str) -> None:
    Path(path).unlink()


def write_unseen(path: str) -> None:
    """As a library in C does: no event of Python tells of the bytes."""
    descriptor = int(path)
    os.write(descriptor, b"a")


def grow() -> int:
    return len(bytearray(3 << 30))


def hang_for_good() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(60)


def speak() -> str:
    print("\x1b[2J from a file", flush=True)
    os.write(2, b"panicked")
    return "done"


def pid() -> int:
    return os.getpid()


@pytest.mark.parametrize(
    "event", ["socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.fork"]
)
def test_events_are_refused_by_name(event: str) -> None:
    with pytest.raises(Forbidden, match=event):
        _Hook({event}, writes=True)(event, ())


@pytest.mark.parametrize(
    ("args", "writing"),
    [
        (("a.txt", "r", os.O_RDONLY), False),
        (("a.txt", "w", os.O_WRONLY | os.O_CREAT), True),
        ((b"a.txt", None, os.O_RDWR), True),
        ((Path("a.txt"), "a", os.O_APPEND | os.O_WRONLY), True),
        ((os.devnull, "w", os.O_WRONLY), False),
        ((7, "w", os.O_WRONLY), False),
    ],
)
def test_files_opened_to_write_are_told(args: tuple[object, ...], writing: bool) -> None:
    assert _is_writing(*args) is writing


@pytest.mark.slow
@pytest.mark.parametrize(
    ("work", "event"),
    [
        (connect, "socket."),
        (resolve, "socket.getaddrinfo"),
        (run_program, "subprocess.Popen"),
        (fork, "os.fork"),
        (shell, "os.system"),
    ],
)
def test_a_reader_reaches_no_network_and_runs_nothing(work: object, event: str) -> None:
    found = run_apart(work, (), ProcessLimits(60))  # type: ignore[arg-type]
    assert isinstance(found, Issue)
    assert found.code == "file_reader_died"
    assert found.params["detail"].startswith(f"Forbidden: {event}")


@pytest.mark.slow
def test_a_reader_writes_nothing(tmp_path: Path) -> None:
    target, there = tmp_path / "new.txt", tmp_path / "old.txt"
    there.write_text("kept")
    for work, path in ((write, target), (remove, there), (write, there)):
        found = run_apart(work, (str(path),), ProcessLimits(60))
        assert isinstance(found, Issue)
        assert "Forbidden" in found.params["detail"]
    assert not target.exists()
    assert there.read_text() == "kept"
    assert run_apart(write, (str(target),), ProcessLimits(60, writes=True)) is None
    assert target.read_text() == "a"


@LINUX
@pytest.mark.slow
def test_memory_ends_where_the_limit_is() -> None:
    assert run_apart(grow, (), ProcessLimits(60)) == Issue("file_out_of_memory")


@pytest.mark.slow
def test_a_process_that_will_not_end_is_killed() -> None:
    start = time.monotonic()
    found = run_apart(hang_for_good, (), ProcessLimits(1))
    assert isinstance(found, Issue)
    assert found.code == "file_took_too_long"
    assert time.monotonic() - start < 30


@pytest.mark.slow
def test_what_libraries_print_reaches_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_apart(speak, (), ProcessLimits(60)) == "done"
    assert capfd.readouterr() == ("", "")


@LINUX
@pytest.mark.slow
def test_processes_end_with_the_run_that_started_them() -> None:
    """Killed without a chance to tidy up, a run leaves no process behind."""
    code = (
        "import pickle; from pipeline.execution.confined_process import ConfinedProcess, Work\n"
        "from pipeline.execution.parcel import Parcel\n"
        "from pipeline.execution.sandbox import ProcessLimits\n"
        "from tests.pipeline.execution.test_sandbox import pid, hang_for_good\n"
        "if __name__ == '__main__':\n"
        "    process, nothing = ConfinedProcess(ProcessLimits(60)), Parcel(pickle.dumps(()))\n"
        "    print(pickle.loads(process.run(Work(pid, nothing))), flush=True)\n"
        "    process.run(Work(hang_for_good, nothing))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    child = int(run.stdout.readline())
    time.sleep(0.5)
    run.kill()
    run.wait()
    run.stdout.close()
    end = time.monotonic() + 20
    while _lives(child) and time.monotonic() < end:
        time.sleep(0.1)
    assert not _lives(child)


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
