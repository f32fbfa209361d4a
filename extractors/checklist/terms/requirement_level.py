"""Reads the requirement level: mandatory or recommended.

A cell and its header in; the level out, by the word 必須 or 推奨, or by a mark under one.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from extractors.checklist.terms.column_names import column_name_words
from normalizers.text import empty_boxes, fold, shape_of, ticked_boxes
from normalizers.vocabulary import load

_TICKS = {"circle", "double_circle", "filled_circle", "tick"}
_REFUSALS = {"cross", "dash"}
_LEVELS = ("mandatory", "recommended")


@cache
def level_words() -> dict[str, Any]:
    """What requirement_level.toml says of 必須 and 推奨."""
    return load("extractors.checklist.terms", "requirement_level.toml")


def is_marked(text: str) -> bool:
    """Whether a cell of a column to tick is filled in: an empty box, FALSE and a dash are no mark."""
    stripped = text.strip()
    return bool(stripped) and shape_of(stripped) != "dash" and not _is_empty_box(stripped)


def level_of(text: str, label: str) -> str | None:
    """`mandatory` or `recommended` by the cell's word, or by its header where a tick stands under it.

    Other grades (A, 高) are no level of this kind, nor is a tick under `必須/推奨`.
    """
    key = fold(text)
    word = next((level for level in _LEVELS if key.startswith(_words(level))), None)
    return word or (_level_of_name(label) if _is_tick(text.strip()) else None)


def is_understood(text: str, label: str) -> bool:
    """Whether a cell under a level header says something known: a level, or that its header does not hold."""
    refused = shape_of(text) in _REFUSALS or _is_empty_box(text.strip())
    return level_of(text, label) is not None or (refused and _level_of_name(label) is not None)


def is_level(text: str) -> bool:
    """Whether a cell is nothing but a level's word."""
    return fold(text) in {fold(word) for word in level_words()["levels"]["cells"]}


def _is_tick(stripped: str) -> bool:
    return shape_of(stripped) in _TICKS or stripped in set(ticked_boxes()) or fold(stripped) == "true"


def _is_empty_box(stripped: str) -> bool:
    """`□`, `□ はい`, FALSE: a check box that nobody ticked."""
    if fold(stripped) in {fold(word) for word in column_name_words()["choices"]["no_mark"]}:
        return True
    return stripped.startswith(tuple(empty_boxes())) and not any(char in stripped for char in ticked_boxes())


def _level_of_name(label: str) -> str | None:
    """The level that a header names, None where it names both or none."""
    key = fold(label)
    levels = [level for level in _LEVELS if any(word in key for word in _words(level))]
    return levels[0] if len(levels) == 1 else None


@cache
def _words(level: str) -> tuple[str, ...]:
    return tuple(fold(word) for word in level_words()["levels"][level])
