"""A comparison and what a person wants to see of it in, the controls to show out: by domain, level, difference, gap, words.

`ﾛｸﾞ` finds ログ: texts are compared folded, questions and answers of every vendor too.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.assess.comparison.labels import state_styles
from pipeline.assess.comparison.model import Comparison, ComparisonCell, ControlLine
from pipeline.query.search import search_key, search_words

_OPEN = {"gap", "open"}


@dataclass(frozen=True, slots=True)
class ControlFilter:
    """What to show: one domain ("" for all), mandatory ones, those on which vendors differ, those with gaps, words."""

    domain: str = ""
    mandatory: bool = False
    differing: bool = False
    gaps: bool = False
    text: str = ""


def select_controls(
    comparison: Comparison, wanted: ControlFilter, parties: tuple[int, ...] = ()
) -> list[ControlLine]:
    """The controls to show, in their order; differences and gaps are those of `parties`, of all where none is named."""
    indices = parties or tuple(range(len(comparison.parties)))
    words = search_words(wanted.text)
    return [
        control
        for control in comparison.controls
        if wanted.domain in {"", control.domain}
        and _fits([c for i in indices if (c := comparison.cells.get((control.control_id, i)))], wanted)
        and (not words or _says(comparison, control, indices, words))
    ]


def is_mandatory(cells: list[ComparisonCell]) -> bool:
    """Whether any sheet makes the control mandatory."""
    return any(response.level == "mandatory" for cell in cells for response in cell.responses)


def _fits(cells: list[ComparisonCell], wanted: ControlFilter) -> bool:
    if wanted.mandatory and not is_mandatory(cells):
        return False
    if wanted.differing and len({cell.state for cell in cells}) < 2:
        return False
    return not wanted.gaps or any(map(_is_open, cells))


def _is_open(cell: ComparisonCell) -> bool:
    """Whether a cell is a gap or open, or an answer behind it is, as the list of gaps has it: a duty said not to apply."""
    return state_styles()[cell.state].kind in _OPEN or any(response.why for response in cell.responses)


def _says(comparison: Comparison, control: ControlLine, indices: tuple[int, ...], words: list[str]) -> bool:
    texts = [control.control_id, control.name_ja, control.name_en, control.definition]
    for index in indices:
        cell = comparison.cells.get((control.control_id, index))
        for response in cell.responses if cell else ():
            texts += (response.requirement, response.item or "", response.answer_raw, response.remarks)
    folded = "\n".join(map(search_key, texts))
    return all(word in folded for word in words)
