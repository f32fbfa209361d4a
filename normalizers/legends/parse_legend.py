"""Lines of a sheet's legend in, its entries with the answer of each out: `○：満たす △：要相談` gives yes and partial.

A sheet's legend outranks the general vocabulary. A legend about something else than answers (○＝回答必須) says
nothing about them and is passed over; one whose meaning is not known makes its mark `unclear`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from normalizers.answers.legend import LegendEntry, mark_key
from normalizers.answers.model import AnswerValue
from normalizers.legends.meaning import answers_of_entries
from normalizers.legends.printed_entries import (
    PrintedEntry,
    bare_entries,
    numbered_choices,
    printed_entries,
    prose_entries,
)
from normalizers.legends.scale import settle_scale
from normalizers.text import UNREAD, Shape, fold, shape_of

_DENIES = re.compile(
    r"ない|ません|ず$|未|不適|不備|不足|不十分|違反|問題が?(?:あ|有)|指摘|要改善|要是正|該当し"
)
_USUALLY_YES = {Shape.CIRCLE, Shape.DOUBLE_CIRCLE, Shape.TICK}
_USUAL_MARKS = "○◎●✓"
_UNREAD_ENTRY = re.compile(
    rf"(?:^|(?<=[\s　、,，;；/／|（(・]))[「『]?{UNREAD}[」』]?[\s　]*[:：=＝…][\s　]*[^\s　]{{1,30}}"
)
_SAYS_NOTHING = {AnswerValue.UNCLEAR, None}
_NOTHING_DECIDED: Mapping[str, AnswerValue] = MappingProxyType({})


def parse_legend(
    lines: Iterable[str], decided: Mapping[str, AnswerValue] = _NOTHING_DECIDED
) -> tuple[LegendEntry, ...]:
    """All entries of a sheet's legend lines in printed order; the first telling of a mark counts.

    `decided` is what people decided that words mean, by their folded text; it outranks all that is read. Where a scan's legend
    explains a mark that nobody could read, marks that say yes without a legend are unclear: `〓：オプション` may be the ○.
    """
    printed = list(lines)
    entries = _entries(printed, decided)
    return (*entries, *_not_to_be_assumed(printed, entries))


def _not_to_be_assumed(lines: Iterable[str], entries: Iterable[LegendEntry]) -> tuple[LegendEntry, ...]:
    """An entry that says nothing for each mark that usually says yes, if the legend holds a mark that was not read."""
    unread = next((match for line in lines if (match := _UNREAD_ENTRY.search(line))), None)
    known = {mark_key(entry.mark) for entry in entries}
    if unread is None:
        return ()
    return tuple(
        LegendEntry(mark, unread.group().strip(), AnswerValue.UNCLEAR)
        for mark in _USUAL_MARKS
        if mark_key(mark) not in known
    )


def _entries(lines: list[str], decided: Mapping[str, AnswerValue]) -> tuple[LegendEntry, ...]:
    prose = _prose(lines, decided)
    if prose:
        return prose
    entries = settle_scale(_by_mark(_read(printed_entries(lines), decided)) or _choices(lines, decided))
    if len(entries) == 1 and _is_reversed(entries[0]):
        return entries
    if len(entries) < 2 or any(entry.answer is None for entry in entries):
        return ()
    return entries


def _read(printed: Iterable[PrintedEntry], decided: Mapping[str, AnswerValue]) -> list[LegendEntry]:
    entries = list(printed)
    answers = answers_of_entries([(entry.mark, entry.text) for entry in entries])
    return [
        LegendEntry(entry.mark, entry.text, decided.get(fold(entry.text)) or answer)
        for entry, answer in zip(entries, answers, strict=True)
    ]


def _by_mark(entries: Iterable[LegendEntry]) -> tuple[LegendEntry, ...]:
    """The first entry of each mark, but for one whose meaning is not known."""
    first: dict[str, LegendEntry] = {}
    for entry in entries:
        earlier = first.get(mark_key(entry.mark))
        if earlier is None or (earlier.answer == AnswerValue.UNCLEAR != entry.answer):
            first[mark_key(entry.mark)] = entry
    return tuple(first.values())


def _choices(lines: Iterable[str], decided: Mapping[str, AnswerValue]) -> tuple[LegendEntry, ...]:
    """Numbered choices, or signs beside their words: only where most are known for an answer, and no two say the same thing."""
    for line in lines:
        for printed in (numbered_choices(line), bare_entries(line)):
            entries = tuple(_read(printed, decided))
            known = [entry.answer for entry in entries if entry.answer not in _SAYS_NOTHING]
            if len(entries) > 1 and len(set(known)) > 1 and len(known) * 2 > len(entries):
                return entries
    return ()


def _prose(lines: Iterable[str], decided: Mapping[str, AnswerValue]) -> tuple[LegendEntry, ...]:
    """Marks explained in sentences, where one that usually says yes is given to what denies, or two say different answers."""
    entries = _read([entry for line in lines for entry in prose_entries(line)], decided)
    is_reversed = any(
        shape_of(e.mark) in {Shape.CIRCLE, Shape.TICK}
        and e.answer != AnswerValue.YES
        and _DENIES.search(e.text)
        for e in entries
    )
    answers = {mark_key(e.mark): e.answer for e in entries if e.answer not in _SAYS_NOTHING}
    if not is_reversed and len(set(answers.values())) < 2:
        return ()
    return tuple({mark_key(entry.mark): entry for entry in entries}.values())


def _is_reversed(entry: LegendEntry) -> bool:
    """Whether a mark that usually says yes is given to what denies: `レ：できていない項目`."""
    usual = shape_of(entry.mark) in _USUALLY_YES
    return (
        usual
        and entry.answer in {AnswerValue.NO, AnswerValue.UNCLEAR}
        and _DENIES.search(entry.text) is not None
    )
