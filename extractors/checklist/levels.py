"""A cell and its header in, how binding the requirement is out: 必須, 推奨, or a mark under one of them."""

from __future__ import annotations

from functools import cache

from extractors.checklist.roles import words
from normalizers.text import empty_boxes, fold, shape_of, ticked_boxes

_TICKS = {"circle", "double_circle", "filled_circle", "tick"}
_LEVELS = ("mandatory", "recommended")


def level_of(text: str, label: str) -> str | None:
    """`mandatory` or `recommended` by the cell's word, or by its header where a mark stands under it.

    Other grades (A, 高) are no level of this kind, nor is a mark under `必須/推奨`.
    """
    key = fold(text)
    word = next((level for level in _LEVELS if key.startswith(_words(level))), None)
    return word or (_named(label) if is_mark(text) and not _is_refusal(text) else None)


def is_understood(text: str, label: str) -> bool:
    """Whether a cell under a level header says something known: a level, or that its header does not hold."""
    refused = _is_refusal(text) or not is_mark(text) or shape_of(text) == "dash"
    return level_of(text, label) is not None or (refused and _is_sign(text) and _named(label) is not None)


def is_mark(text: str) -> bool:
    """Whether a cell of a column to tick is ticked: an empty box, FALSE and a dash are no mark."""
    bare = text.strip()
    if not bare or shape_of(bare) == "dash" or fold(bare) in _no_marks():
        return False
    return not (bare[0] in empty_boxes() and not any(char in bare for char in ticked_boxes()))


def is_level(text: str) -> bool:
    """Whether a cell is nothing but a level's word."""
    return fold(text) in _cells()


def _is_sign(text: str) -> bool:
    """A mark, a box or FALSE: nothing that a reader could miss."""
    bare = text.strip()
    return shape_of(bare) is not None or fold(bare) in _no_marks() or bare in list(empty_boxes())


def _is_refusal(text: str) -> bool:
    """A sign that is no tick: a cross, a triangle; words are no ticks either."""
    bare = text.strip()
    return shape_of(bare) not in _TICKS and bare not in list(ticked_boxes()) and fold(bare) != "true"


def _named(label: str) -> str | None:
    """The level that a header names, None where it names both or none."""
    key = fold(label)
    named = [level for level in _LEVELS if any(word in key for word in _words(level))]
    return named[0] if len(named) == 1 else None


@cache
def _words(level: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in words()["levels"][level])


@cache
def _cells() -> frozenset[str]:
    return frozenset(fold(word) for word in words()["levels"]["cells"])


@cache
def _no_marks() -> frozenset[str]:
    return frozenset(fold(word) for word in words()["choices"]["no_mark"])
