"""The numbering part of a Word file and its paragraphs in order in, their automatic numbers as printed out.

No. columns are often numbered by Word itself: the cell holds no text. ECMA-376 part 1, 17.9.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extractors.package.xml_parts import Element, child, children
from extractors.word.styles import value
from normalizers.vocabulary import load

_PLACE = re.compile(r"%([1-9])")
_MOST = 100_000
BULLET = "・"  # whatever sign of whatever font the list shows


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: the form of its numbers, the text around them (`%1.`), and where they begin."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class ListNumbers:
    """The lists of a file, and how far each is counted; called once for each paragraph, in order."""

    lists: Mapping[str, Mapping[int, ListLevel]] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)
    _restarts: frozenset[tuple[str, int]] = frozenset()

    def label(self, list_level: tuple[str, int] | None) -> str:
        """The number of the next paragraph at this list and level, "" where it has none."""
        if list_level is None or list_level[0] not in self.lists:
            return ""
        list_id, at = list_level
        levels = self.lists[list_id]
        counts = self._counts.setdefault(self.families.get(list_id, list_id), {})
        if list_level in self._restarts and list_level not in self._begun:
            counts.pop(at, None)
        self._begun.add(list_level)
        start = levels.get(at, ListLevel()).start
        counts[at] = min(counts.get(at, start - 1) + 1, _MOST)
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        level = levels.get(at, ListLevel())
        if level.form == "bullet":
            return BULLET
        return _PLACE.sub(lambda m: _written(int(m.group(1)) - 1, levels, counts), level.text)


def _written(at: int, levels: Mapping[int, ListLevel], counts: Mapping[int, int]) -> str:
    level = levels.get(at, ListLevel())
    return number_text(counts.get(at, level.start), level.form)


def read_numbering(root: Element | None) -> ListNumbers:
    """The lists of the part; none where there is no part."""
    if root is None:
        return ListNumbers()
    abstract = {
        value(entry, "abstractNumId"): dict(_levels(entry)) for entry in children(root, "abstractNum")
    }
    lists: dict[str, Mapping[int, ListLevel]] = {}
    families: dict[str, str] = {}
    restarts: set[tuple[str, int]] = set()
    for entry in children(root, "num"):
        key, family = value(entry, "numId"), value(child(entry, "abstractNumId"))
        levels = dict(abstract.get(family, {}))
        for changed in children(entry, "lvlOverride"):
            at = _number(value(changed, "ilvl"), 0)
            own = child(changed, "lvl")
            level = _level(own) if own is not None else levels.get(at, ListLevel())
            start = value(child(changed, "startOverride"))
            levels[at] = ListLevel(level.form, level.text, _number(start, level.start))
            if start:
                restarts.add((key, at))
        lists[key], families[key] = levels, family
    return ListNumbers(lists, families, _restarts=frozenset(restarts))


def _levels(entry: Element) -> Iterator[tuple[int, ListLevel]]:
    for element in children(entry, "lvl"):
        yield _number(value(element, "ilvl"), 0), _level(element)


def _level(element: Element) -> ListLevel:
    form = value(child(element, "numFmt")) or "decimal"
    return ListLevel(form, value(child(element, "lvlText")), _number(value(child(element, "start")), 1))


def _number(text: str, usual: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else usual


def number_text(number: int, form: str) -> str:
    """A number in one of Word's forms: decimal, letters, roman, ①, ア, 一; bullets and unknown forms print none."""
    if form in {"decimal", "decimalZero", "decimalHalfWidth"}:
        return f"{number:02d}" if form == "decimalZero" else str(number)
    if form in {"upperRoman", "lowerRoman"}:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form in {"japaneseCounting", "ideographDigital", "chineseCounting", "japaneseLegal"}:
        return _kanji(number)
    signs: str = load("extractors.word", "word.toml")["numbers"].get(form, "")
    if form.startswith("decimalFullWidth"):
        return "".join(signs[int(digit)] for digit in str(number))
    return signs[(number - 1) % len(signs)] if signs and number > 0 else ""


def _roman(number: int) -> str:
    text = ""
    for worth, sign in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
                        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        text += sign * (number // worth) if number < 4000 else ""
        number %= worth
    return text


def _kanji(number: int) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")
