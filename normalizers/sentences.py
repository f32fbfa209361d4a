"""A cell without a leading mark or word in, what its sentence says out: undisclosed, planned, a figure, no, yes, text.

A yes is given only to one short sentence whose end affirms and in which no word of doubt stands.
"""

from __future__ import annotations

import re

from normalizers.quantities import clear_quantity
from normalizers.text import fold, strip_end
from normalizers.vocabulary import load

_CLOCK = re.compile(r"\d{1,2}[:：時]\d{0,2}.*\d{1,2}[:：時]\d{0,2}分?")
_SHORT_SENTENCE = 60

Told = tuple[str, str] | None


def read_phrase(bare: str, unit: str | None) -> Told:
    """Undisclosed, not applicable, planned, conditional or partial where a short sentence says so."""
    doubt = load("normalizers", "answers.toml")["doubt"]
    end = strip_end(re.sub(r"[（(][^（()）]*[)）]$", "", strip_end(bare)))
    for answer in ("undisclosed", "not_applicable", "planned", "conditional", "partial"):
        if answer in {"conditional", "partial"} and _asks_value(unit):
            continue
        for text in (end, strip_end(bare)):
            if len(text) <= _SHORT_SENTENCE and any(re.search(p, text, re.IGNORECASE) for p in doubt[answer]):
                return answer, f"phrase:{answer}"
    return None


def read_quantity(bare: str, unit: str | None) -> Told:
    """`value` where the cell holds one clear figure, a time span, or any figure that the unit asks for."""
    quantity = clear_quantity(bare)
    if quantity is not None:
        return "value", f"quantity:{quantity.unit}"
    if _CLOCK.fullmatch(bare):
        return "value", "quantity:clock"
    if re.search(r"\d", bare) and _asks_value(unit):
        return "value", "quantity:unit_asks"
    return None


def _asks_value(unit: str | None) -> bool:
    """Whether the unit cell asks for a figure or text (`時間帯`), not for 有無 or ○×."""
    return bool(unit and unit.strip()) and not _asks_yes_no(unit)


def _asks_yes_no(unit: str | None) -> bool:
    key = fold(unit or "")
    return "有無" in key or "可否" in key or bool(re.search(r"[○〇◯].{0,2}[×☓✕x]|yes.?/?no|y/n|はい", key))


def read_sentence(bare: str, unit: str | None, marks: bool) -> Told:
    """No, yes or `value` of a text; None where there is none, or a scrap in a column of marks."""
    if not re.search(r"[^\W\d_]", bare) or (len(bare) < 2 and not _asks_value(unit)):
        return None
    if _asks_value(unit):
        return "value", "sentence:unit_asks"
    end = strip_end(re.sub(r"[（(][^（()）]*[)）]$", "", strip_end(bare)))
    if "。" not in end and "\n" not in end and len(end) <= _SHORT_SENTENCE:
        told = _end_of_sentence(end, bare)
        if told is not None:
            return told
    if len(fold(bare)) < 3 and marks:
        return None
    return "value", "sentence:text"


def _end_of_sentence(end: str, whole: str) -> Told:
    """What the end of one short sentence says; no yes where a word of doubt stands anywhere in the cell."""
    doubt = load("normalizers", "answers.toml")["doubt"]
    if re.search(doubt["harmless"], end):
        return "value", "sentence:nothing_bad"
    if any(re.search(p, end) for p in doubt["negative"]):
        return "no", "sentence:negated"
    if any(re.search(p, end) for p in doubt["affirmative"]) and not any(
        word in whole for word in doubt["words"]
    ):
        return "yes", "sentence:affirmed"
    return None
