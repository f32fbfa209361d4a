"""People's decisions in, alignments that follow them out: a verdict outranks every score, a `no` too.

Decisions are a CSV file in git (`data/review/alignments.csv`): item_id, control_id, verdict (yes or no), who, when, note,
and the item's own words, by which a decision still finds its item after the form was renumbered.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path

from normalizers.text import fold
from pipeline.align.item import Item
from pipeline.align.match import ACCEPT, Candidate, build_candidate
from pipeline.catalogue.load import Control
from pipeline.errors import DecisionsUnreadable
from pipeline.review.inherited import find_inheriting_items
from pipeline.system.atomic_write import atomic_write

_INHERITED = 0.95  # score of a decision about nearly the same words


class DecisionVerdict(StrEnum):
    """What a person says of an item and a control: it is asked there, or it is not."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said about an item and a control."""

    item_id: str
    control_id: str
    verdict: str
    who: str
    when: str
    note: str
    name: str
    requirement: str


def read_decisions(path: Path) -> list[Decision]:
    """All decisions of a CSV file, none where it is missing.

    Raises DecisionsUnreadable where a column is missing, a verdict is neither yes nor no, or the file is no UTF-8.
    """
    if not path.exists():
        return []
    names = [field.name for field in fields(Decision)]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in names if name not in (reader.fieldnames or ())]
            if missing:
                raise DecisionsUnreadable({"path": path, "column": missing[0]}, "column_missing")
            decisions = [Decision(*(row[name] or "" for name in names)) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        params: dict[str, object] = {"path": path, "why": error}
        raise DecisionsUnreadable(params, "file_unreadable") from error
    for row, decision in enumerate(decisions, 2):
        if decision.verdict not in {*DecisionVerdict}:
            params = {"path": path, "row": row, "verdict": decision.verdict}
            raise DecisionsUnreadable(params, "no_verdict")
    return decisions


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions by item and control; the last one said of a pair stays. Raises OSError."""
    last = {(d.item_id, d.control_id): d for d in decisions}
    with atomic_write(path) as partial, partial.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(field.name for field in fields(Decision))
        writer.writerows(astuple(last[key]) for key in sorted(last))


def apply_decisions(
    matches: Mapping[str, Sequence[Candidate]],
    items: Sequence[Item],
    reviewed: tuple[Sequence[Decision], Sequence[Control]],
) -> tuple[dict[str, list[Candidate]], list[Decision]]:
    """The matches after the decisions, and the decisions that no item or control stands for.

    An item that nobody decided on and that says hardly anything else than a decided one, as in another edition of the
    form, inherits the decision with a score of 0.95.
    """
    decisions, controls = reviewed
    known = {control.control_id: control for control in controls}
    result = {item_id: list(candidates) for item_id, candidates in matches.items()}
    lost = []
    for decision, targets in sorted(_with_targets(decisions, items), key=_yes_last):
        if decision.control_id not in known or not targets:
            lost.append(decision)
            continue
        control = known[decision.control_id]
        for item, score in targets:
            result[item.item_id] = _decide(item, result.get(item.item_id, []), (decision, control), score)
    return result, lost


def _yes_last(entry: tuple[Decision, Sequence[tuple[Item, float]]]) -> tuple[bool, str]:
    """Decisions in their order: every no, then every yes, each by its date."""
    decision = entry[0]
    return decision.verdict == DecisionVerdict.YES, decision.when


def _with_targets(
    decisions: Sequence[Decision], items: Sequence[Item]
) -> list[tuple[Decision, list[tuple[Item, float]]]]:
    """Each decision with the items that it decides and how sure that is: its own, and those that inherit it."""
    ids = {item.item_id: item for item in items}
    words: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        words.setdefault(_words(item.name, item.requirement), []).append(item)
    own = [_own_items(decision, ids, words) for decision in decisions]
    decided = {item.item_id for group in own for item in group}
    targets = []
    for decision, group in zip(decisions, own, strict=True):
        heirs = [
            i
            for i in find_inheriting_items(decision.name, decision.requirement, words)
            if i.item_id not in decided
        ]
        pairs = [*((item, 1.0) for item in group), *((item, _INHERITED) for item in heirs)]
        targets.append((decision, pairs))
    return targets


def _own_items(
    decision: Decision, ids: Mapping[str, Item], words: Mapping[tuple[str, str], Sequence[Item]]
) -> Sequence[Item]:
    """The item with a decision's id, else the items with its words."""
    exact = ids.get(decision.item_id)
    return [exact] if exact else words.get(_words(decision.name, decision.requirement), [])


def _words(name: str, requirement: str) -> tuple[str, str]:
    return fold(name), fold(requirement)


def _decide(
    item: Item, candidates: Sequence[Candidate], decided: tuple[Decision, Control], score: float
) -> list[Candidate]:
    """The candidates of an item after a decision about it."""
    decision, control = decided
    remaining = [match for match in candidates if match.control_id != control.control_id]
    if decision.verdict == DecisionVerdict.YES:
        chosen = build_candidate(item, control, score)
        chosen = replace(chosen, method="reviewed", accepted=True, relation="equal")
        return [chosen, *(replace(match, accepted=False) for match in remaining)]
    refused = [match for match in candidates if match.control_id == control.control_id]
    if remaining and not any(m.accepted for m in remaining) and remaining[0].method == "fuzzy":
        remaining[0] = replace(remaining[0], accepted=remaining[0].score >= ACCEPT)
    return [*remaining, *(replace(match, method="reviewed", accepted=False, score=0.0) for match in refused)]
