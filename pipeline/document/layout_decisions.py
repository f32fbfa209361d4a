"""People's decisions on layouts in, those that concern one document out: by the keys of the forms that its tables have.

A form that is decided to be no list comes back from the readers in no layout. So what they ask for is noted: with it the next run
knows that `点検表.xlsx` has to be read again when that decision is taken back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping

from extractors.checklist.model import LayoutDecision


class DecisionLookup(Mapping[str, LayoutDecision]):
    """Decisions by the key of their form; `form_keys` are the keys that were asked for, decided or not."""

    def __init__(self, decisions: Iterable[LayoutDecision]) -> None:
        self._by_form = {decision.form_key: decision for decision in decisions}
        self.form_keys: set[str] = set()

    def __getitem__(self, form_key: str) -> LayoutDecision:
        self.form_keys.add(form_key)
        return self._by_form[form_key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_form)

    def __len__(self) -> int:
        return len(self._by_form)


def relevant_decisions(
    form_keys: Collection[str], decisions: Iterable[LayoutDecision]
) -> tuple[LayoutDecision, ...]:
    """The decisions on these forms, by key; the last one said of a form counts."""
    by_form = {decision.form_key: decision for decision in decisions if decision.form_key in form_keys}
    return tuple(by_form[key] for key in sorted(by_form))


def decisions_key(form_keys: Collection[str], decisions: Iterable[LayoutDecision]) -> str:
    """Stands for the decisions on these forms: another key, another reading; empty where there are none."""
    relevant = relevant_decisions(form_keys, decisions)
    if not relevant:
        return ""
    text = repr([(decision.form_key, decision.roles) for decision in relevant])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
