"""One writer at a time: who holds the dataset is told, and a dead holder lets go."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.dataset.lock import lock_dataset, read_lock_holder
from pipeline.dataset.tables import read_table
from pipeline.errors import DatasetBusy
from tests.conftest import ROOT
from tests.pipeline.datasets import write_dataset

_HOLD = """
import sys
from pathlib import Path
from pipeline.dataset.lock import lock_dataset
with lock_dataset(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_writer_is_told_who_holds_the_dataset_and_readers_are_not_kept(tmp_path: Path) -> None:
    write_dataset(tmp_path, {})
    other = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    with pytest.raises(DatasetBusy) as caught, lock_dataset(tmp_path, wait=0.1):
        pass
    assert caught.value.params["pid"] == str(other.pid)
    assert str(caught.value.params["since"]).startswith("20")
    assert read_table(tmp_path, "answers").num_rows == 0
    other.kill()
    other.communicate()
    with lock_dataset(tmp_path, wait=5):
        assert read_lock_holder(tmp_path)["pid"] == str(os.getpid())
    assert read_lock_holder(tmp_path)["pid"] == "?"


@pytest.mark.parametrize("text", ["", "[]", '{"pid": 1}', "\x00"])
def test_an_unreadable_signature_is_no_fault(tmp_path: Path, text: str) -> None:
    (tmp_path / ".writer.json").write_text(text)
    assert read_lock_holder(tmp_path) == {"pid": "?", "host": "?", "since": "?"}


def test_no_control_character_of_a_signature_reaches_the_terminal(tmp_path: Path) -> None:
    (tmp_path / ".writer.json").write_text('{"pid": 1, "host": "a\\u001b[31mb", "since": "x"}')
    assert read_lock_holder(tmp_path)["host"] == "a[31mb"
