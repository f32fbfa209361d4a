"""Finds the structures of a grid, the likeliest first."""

from __future__ import annotations

from extractors.checklist.grid_index import GridView
from extractors.checklist.reshape.structures.boxed_statements import boxed_structures
from extractors.checklist.reshape.structures.cards import card_structures
from extractors.checklist.reshape.structures.clause_lists import clause_structures
from extractors.checklist.reshape.structures.items_across import across_structures
from extractors.checklist.reshape.structures.label_value_forms import pair_structures
from extractors.checklist.reshape.structures.questions.choice_lines import choice_line_structures
from extractors.checklist.reshape.structures.questions.choices_below import choice_structures
from extractors.checklist.reshape.structures.questions.dialogues import dialogue_structures
from extractors.checklist.reshape.structures.questions.questions_across import wide_structures
from extractors.checklist.reshape.structures.structure import Structure
from extractors.grid import Grid

_DETECTORS = (
    across_structures,
    wide_structures,
    dialogue_structures,
    boxed_structures,
    choice_structures,
    choice_line_structures,
    pair_structures,
    clause_structures,
)


def structures_of(grid: Grid) -> list[Structure]:
    """Every list of a grid that no header of columns names, the likeliest first; whether it is one tells `chance`."""
    view = GridView(grid)
    structures = card_structures(grid)
    for detect in _DETECTORS:
        structures += detect(view)
    return sorted(structures, key=lambda structure: -structure.chance)
