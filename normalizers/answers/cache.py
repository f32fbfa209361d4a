"""A cell and its context in, the part of the context that can matter to this cell out: the key by which readings are remembered.

Columns hold few different cells under many dates, units and legends. A cell is read once for each context that could make
a difference to it: a legend that has none of its marks, the sheet's date beside a text without a year, which unit asks for a
figure where the cell is no bare number leave it as it is. What is left out here must not be looked at by any rule for such
a cell; a test reads cells both ways.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from normalizers.answers.legend import mark_key
from normalizers.answers.lexicon import core_of
from normalizers.answers.model import Context
from normalizers.answers.sentence import asks_value
from normalizers.text import mixed_boxes, strip_end, ticked_boxes
from normalizers.values.quantities import takes_unit

_YEAR = re.compile(r"\d{4}|令和|平成|[RHＲＨrhｒｈ]")
_ASKED = "時間"  # stands for any unit that asks for a figure
_NO_LEGEND: Mapping[str, str] = {}


def narrowed(text: str, context: Context) -> Context:
    """The context without what cannot matter to the answer cell `text`; the same object for the same rest."""
    facts, keys = _facts(text)
    legend = bool(context.legend) and not keys.isdisjoint(context.legend)
    printed = text.strip() in context.printed
    return _narrow(context, (legend, *facts), text.strip() if printed else "")


@lru_cache(maxsize=65536)
def _facts(text: str) -> tuple[tuple[bool, bool, bool], frozenset[str]]:
    """Whether a cell holds a year, is a bare number, holds ticked boxes, and the keys by which a legend may know it."""
    bare = text.strip()
    if not bare:
        return (False, False, False), frozenset()
    token = re.split(r"[\s　、,]", bare, maxsplit=1)[0]
    keys = {mark_key(part) for part in (core_of(bare), strip_end(bare), bare[0], token) if part}
    boxed = any(char in text for char in ticked_boxes() + mixed_boxes())
    return (bool(_YEAR.search(bare)), takes_unit(text), boxed), frozenset(keys)


@lru_cache(maxsize=4096)
def _narrow(context: Context, matters: tuple[bool, bool, bool, bool], printed: str) -> Context:
    """The context with only those of legend, date, unit and boxes that matter, and the one printed text."""
    legend, year, number, boxes = matters
    return Context(
        legend=context.legend if legend else _NO_LEGEND,
        unit=context.unit if number else _unit(context.unit),
        marks=context.marks,
        boxes=context.boxes and boxes,
        printed=frozenset({printed}) if printed else frozenset(),
        sheet=context.sheet if year else None,
        figures=context.figures and number,
    )


def _unit(unit: str | None) -> str | None:
    """Of a unit only whether it asks for a figure counts where a cell is no bare number."""
    return _ASKED if asks_value(unit) else None
