"""What one sheet says of its cells besides their styles in (validations, protection), areas with what they take out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.cell_reference import range_to_area
from extractors.excel.looks.choice_lists import ChoiceLists
from extractors.looks import Area, CellRule, Look

MOST_VALIDATIONS = 20_000  # of a sheet, and ranges of them
_LONGEST_PROMPT = 300


@dataclass(frozen=True, slots=True)
class Validation:
    """What cells of a sheet take: the formula of their list, None where they have none, and the prompt that is shown."""

    areas: tuple[Area, ...]
    formula: str | None
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class SheetRules:
    """What a sheet says of its cells: validations, whether it is protected, areas that may be written all the same."""

    validations: tuple[Validation, ...] = ()
    protected: bool = False
    opened: tuple[Area, ...] = ()


def parse_areas(references: str) -> tuple[Area, ...]:
    """The areas of a list of ranges such as `E5:E20 G5`."""
    areas = (range_to_area(name) for name in references.split(None, MOST_VALIDATIONS)[:MOST_VALIDATIONS])
    return tuple(area for area in areas if area is not None)


def short_prompt(title: str, text: str) -> str:
    """Title and text of a prompt as one."""
    return " ".join(part.strip() for part in (title, text) if part.strip())[:_LONGEST_PROMPT]


def rules_to_areas(rules: SheetRules, sheet: str, lists: ChoiceLists) -> Iterator[tuple[Area, CellRule]]:
    """Each area that takes something, with what it takes."""
    for validation in rules.validations:
        choices = lists.entries(validation.formula, sheet) if validation.formula is not None else None
        if choices is not None or validation.prompt:
            entry = CellRule(choices, validation.prompt)
            yield from ((area, entry) for area in validation.areas)
    yield from ((area, CellRule(opened=True)) for area in rules.opened)


@lru_cache(maxsize=4096)
def protected_look(look: Look, protected: bool) -> Look:
    """The look of a style, unlocked or not, on a sheet that is protected or not."""
    return look if look.writable or not protected else replace(look, writable=False)
