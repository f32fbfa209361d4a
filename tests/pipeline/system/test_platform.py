"""What other operating systems do, as far as it can be played on this one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from pipeline.commands.terminal import writing
from pipeline.execution import sandbox
from pipeline.execution.sandbox import ProcessLimits
from pipeline.system.platform import extended_path, holds_memory, is_open_elsewhere, limit_process, long_path


class _Kernel(SimpleNamespace):
    """A module `resource` that notes what is limited."""

    RLIM_INFINITY = -1
    RLIMIT_CORE, RLIMIT_DATA, RLIMIT_FSIZE = "core", "data", "fsize"

    def __init__(self) -> None:
        super().__init__(limits={})

    def getrlimit(self, what: str) -> tuple[int, int]:
        return (-1, 5 if what == "data" else -1)

    def setrlimit(self, what: str, limits: tuple[int, int]) -> None:
        self.limits[what] = limits


@pytest.mark.parametrize(
    ("system", "writes", "limited"),
    [
        ("linux", False, {"core": (0, 0), "data": (5, 5), "fsize": (0, 0)}),
        ("linux", True, {"core": (0, 0), "data": (5, 5)}),
        ("darwin", False, {"core": (0, 0), "fsize": (0, 0)}),
    ],
)
def test_each_system_is_limited_as_far_as_it_can(
    monkeypatch: pytest.MonkeyPatch, system: str, writes: bool, limited: dict[str, Any]
) -> None:
    kernel = _Kernel()
    monkeypatch.setitem(sys.modules, "resource", kernel)
    monkeypatch.setattr(sys, "platform", system)
    limit_process(900, writes)
    assert kernel.limits == limited
    assert holds_memory() == (system == "linux")


def test_a_system_without_limits_is_none_the_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)  # as on Windows: the import fails
    monkeypatch.setattr(sys, "platform", "win32")
    hooks: list[object] = []
    monkeypatch.setattr(sys, "addaudithook", hooks.append)
    monkeypatch.setattr(sandbox, "_be_silent", lambda: None)
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)
    sandbox.confine(ProcessLimits())
    assert len(hooks) == 1  # no network and no programs, there as here
    assert not holds_memory()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C:\\受領\\a.xlsx", "\\\\?\\C:\\受領\\a.xlsx"),
        ("C:/受領/a.xlsx", "\\\\?\\C:\\受領\\a.xlsx"),
        ("\\\\server\\share\\a.xlsx", "\\\\?\\UNC\\server\\share\\a.xlsx"),
        ("\\\\?\\C:\\a.xlsx", "\\\\?\\C:\\a.xlsx"),
        ("data\\raw", "data\\raw"),
    ],
)
def test_a_long_path_of_windows(text: str, expected: str) -> None:
    assert extended_path(text) == expected


def test_a_path_elsewhere_stays_as_it_is() -> None:
    assert long_path(Path("data/raw")) == Path("data/raw")


class _Sharing(PermissionError):
    winerror = 32


def test_a_file_that_excel_has_open_is_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "比較.xlsx"
    assert is_open_elsewhere(_Sharing(13, "used by another process"), book)
    denied = PermissionError(13, "Permission denied")
    assert not is_open_elsewhere(denied, book)
    (tmp_path / "~$比較.xlsx").touch()
    assert is_open_elsewhere(denied, book)
    assert not is_open_elsewhere(FileNotFoundError(2, "No such file"), book)
    with pytest.raises(typer.Exit), writing(book, "ja"):
        raise denied
    assert "比較.xlsx は Excel などで開かれているため書き込めません" in capsys.readouterr().err
