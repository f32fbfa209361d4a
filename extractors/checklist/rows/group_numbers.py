"""Drafts in, drafts with the numbers of their groups out: `1.2 | 鍵の管理` stands once over three questions.

Where a number is printed in the rows in which a name begins, in all of these and in no other, it numbers the name and
not the row: questions below it that have neither belong to the same name, and to its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import ChecklistColumn, Role
from extractors.checklist.rows.parse import Draft

_NAMES = (Role.SECTION, Role.CATEGORY, Role.ITEM)
_LEAST = 2  # groups, and rows without a number of their own, from which it is a habit


def carry_group_numbers(drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...]) -> list[Draft]:
    """The drafts, those under a numbered name with its number."""
    numbers = [index for index, column in enumerate(columns) if column.role == Role.NUMBER]
    if len(numbers) != 1 or not drafts:
        return list(drafts)
    number = numbers[0]
    names = [index for index, column in enumerate(columns) if column.role in _NAMES]
    asking = [index for index, column in enumerate(columns) if column.role == Role.REQUIREMENT]
    if not any(_numbers_groups(drafts, number, name) for name in names):
        return list(drafts)
    result: list[Draft] = []
    last = ""
    for draft in drafts:
        if _own(draft, number):
            last = draft.text(number)
            result.append(draft)
        elif draft.text(number).strip() or not any(_own(draft, index) for index in asking):
            result.append(draft)
        else:
            carried = {**draft.filled_down, number: last}
            result.append(replace(draft, filled_down=carried, doubts=(*draft.doubts, "number_carried")))
    return result


def _numbers_groups(drafts: Sequence[Draft], number: int, name: int) -> bool:
    """Whether a number stands in the rows in which a name begins and in no others, the first row among them."""
    numbered = [_own(draft, number) for draft in drafts]
    with_name = [_own(draft, name) for draft in drafts]
    groups = sum(numbered)
    return numbered == with_name and numbered[0] and groups >= _LEAST and len(drafts) - groups >= _LEAST


def _own(draft: Draft, index: int) -> bool:
    return index in draft.own_columns and bool(draft.cells[index].text.strip())
