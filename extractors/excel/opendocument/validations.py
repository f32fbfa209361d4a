"""Validations of an OpenDocument spreadsheet in (ODF 1.3 part 3, 9.4), what the cells that name them take out.

A list is a condition, `cell-content-is-in-list("はい";"いいえ")`, with texts, a range `[$選択肢.$A$1:.$A$3]` or a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractors.excel.looks.choice_lists import ChoiceLists, Names
from extractors.excel.looks.sheet_looks import MOST_VALIDATIONS, short_prompt
from extractors.excel.opendocument.xml_names import attribute, elements
from extractors.looks import CellRule
from extractors.package.xml_parts import Element

_LIST = re.compile(r"(?:[a-z]+:)?cell-content-is-in-list\((.*)\)", re.DOTALL)
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_REFERENCE = re.compile(
    r"\[?\$?('(?:[^']|'')*'|[^.'\[\]]*)\.(\$?[A-Z]{1,3}\$?[0-9]{1,7})(?::\.?(\$?[A-Z]{1,3}\$?[0-9]{1,7}))?\]?"
)
_LONGEST = 10_000


def read_validations(book: Element) -> dict[str, tuple[str | None, str]]:
    """Name of each validation → the formula of its list as Excel writes it, None where it has none, and its prompt."""
    groups = elements(book, "content-validations")
    entries = [entry for group in groups for entry in elements(group, "content-validation")]
    return {
        attribute(entry, "name"): (condition_to_formula(attribute(entry, "condition")), _prompt(entry))
        for entry in entries[:MOST_VALIDATIONS]
    }


def read_names(book: Element) -> Names:
    """The names that the spreadsheet gives to ranges."""
    groups = elements(book, "named-expressions")
    return {
        (None, attribute(entry, "name").casefold()): _reference(attribute(entry, "cell-range-address"))
        for group in groups
        for entry in elements(group, "named-range")
    }


def condition_to_formula(condition: str) -> str | None:
    """The list of a condition as a formula of Excel; None for other conditions."""
    match = _LIST.fullmatch(condition.strip()[:_LONGEST])
    if match is None:
        return None
    words = _TEXT.findall(match.group(1))
    if words:
        return '"' + ",".join(words) + '"'
    return _reference(match.group(1))


def rules_of_cells(
    validations: Mapping[str, tuple[str | None, str]], sheet: str, lists: ChoiceLists
) -> dict[str, CellRule]:
    """Name of each validation → what it means on a sheet."""
    return {
        name: CellRule(lists.entries(formula, sheet) if formula is not None else None, prompt)
        for name, (formula, prompt) in validations.items()
    }


def _reference(text: str) -> str:
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return text
    sheet, first, last = match.groups()
    return (f"{sheet}!" if sheet else "") + first + (f":{last}" if last else "")


def _prompt(validation: Element) -> str:
    message = next(elements(validation, "help-message"), None)
    if message is None:
        return ""
    text = " ".join("".join(paragraph.itertext()) for paragraph in elements(message, "p"))
    return short_prompt(attribute(message, "title"), text)
