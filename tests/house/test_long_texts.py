"""Time grows with a text as the text does: every function of the rooms that takes nothing but texts, by doubling twice.

A pattern that tries each start again takes 16 times as long for a text of four times the length, one that grows as it should
4 times. Processor time is measured, the least of three, and the bound lies between the two.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import time
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

import extractors
import normalizers

SHORT, LONG = 1000, 4000
MOST = 9.0  # times as long for four times the text
SMALL = 0.03  # seconds that are no sign of anything
TEXTS = (
    " ", "　", "■□", "（", "()", "・", "はい", "1", "、", "①", "\n", "-", "\t", "対応", "a", "1.", "/", "「", "ない",
    '"', "<", "=", "☑ はい　", "%", "〜", "カ", "あ", "社", ".", ":",
)  # fmt: skip
Function = Callable[..., object]


def _modules(room: ModuleType) -> Iterator[ModuleType]:
    for entry in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        yield importlib.import_module(entry.name)


def _of_texts(function: Function) -> int:
    """How many texts the function takes; 0 where it takes anything else."""
    try:
        words = inspect.signature(function, eval_str=True).parameters.values()
    except NameError:  # a type that is known to the type checker only
        return 0
    needed = [word for word in words if word.default is word.empty]
    return len(needed) if all(word.annotation is str for word in needed) else 0


def _functions() -> dict[str, list[tuple[Function, int]]]:
    """The functions by module."""
    found: dict[str, list[tuple[Function, int]]] = {}
    for module in (module for room in (normalizers, extractors) for module in _modules(room)):
        for function in vars(module).values():
            plain = inspect.unwrap(function) if callable(function) else None
            if (
                inspect.isfunction(plain)
                and plain.__module__ == module.__name__
                and (count := _of_texts(plain))
            ):
                found.setdefault(module.__name__, []).append((plain, count))
    return found


FUNCTIONS = _functions()


def _seconds(function: Function, words: list[str]) -> float:
    start = time.process_time()
    try:
        function(*words)
    except Exception:  # noqa: BLE001  what a function says of such a text is not the matter here
        return time.process_time() - start
    return time.process_time() - start


def _growth(function: Function, count: int, text: str) -> float:
    """How many times as long the long text takes; 0 where it takes hardly any time."""
    longer = [text * (LONG // len(text)) + "対"] * count
    if _seconds(function, longer) < SMALL:
        return 0.0
    took = min(_seconds(function, longer) for _ in range(3))
    shorter = [text * (SHORT // len(text)) + "対"] * count
    return took / max(min(_seconds(function, shorter) for _ in range(3)), 1e-4) if took > SMALL else 0.0


def test_the_functions_are_found() -> None:
    assert sum(map(len, FUNCTIONS.values())) > 200


@pytest.mark.slow
@pytest.mark.parametrize("module", FUNCTIONS)
def test_no_function_takes_longer_and_longer(module: str) -> None:
    slow = [
        f"{function.__name__} of {text!r}: {growth:.0f}"
        for function, count in FUNCTIONS[module]
        for text in TEXTS
        if (growth := _growth(function, count, text)) > MOST
    ]
    assert slow == []
