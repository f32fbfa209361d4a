"""The kinds of decisions: in which file of data/review each stands, under which columns, and what may stand in a cell.

A table of plain data, and the one place at which a decision is checked, whether it comes from a file, a command, a workbook or
a screen: `answer` has to be one of the ten words, `2026/6/20` is stored as 2026-06-20, a figure has to be one (`99.9%以上`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.errors import DecisionRefused
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.lines.cell_checks import CELL_CHECKS, CellFault, check_whole

_CELL = ("sha256", "item_id", "sub_item", "respondent")
_MEANT = ("answer", "figure", "planned_date")
_SEEN = ("path", "place", "question")


@dataclass(frozen=True, slots=True)
class KindColumns:
    """Where a kind stands: its file, and the columns of key, value, words for people, date and reason.

    Cells of `optional` columns may be empty; columns of `later` may be missing, as in files written before they were.
    """

    file: str
    key: tuple[str, ...]
    value: tuple[str, ...]
    about: tuple[str, ...] = ()
    optional: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    at: str = "at"
    why: str = "why"

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in the order in which a new file has them."""
        return (*self.key, *self.value, *self.about, "who", self.at, self.why, WITHDRAWN)

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which the file cannot be read."""
        return tuple(name for name in (*self.key, *self.value) if name not in self.later)


WITHDRAWN = "withdrawn"
KINDS: Mapping[DecisionKind, KindColumns] = {
    DecisionKind.LAYOUT: KindColumns(
        "layouts.csv", ("form_key",), ("roles",), ("form",), optional=frozenset({"roles"})
    ),
    DecisionKind.ANSWER: KindColumns(
        "answers.csv", _CELL, _MEANT, _SEEN, optional=frozenset({"sub_item", "figure", "planned_date"})
    ),
    DecisionKind.REPLY: KindColumns(
        "replies.csv",
        _CELL,
        (*_MEANT, "received", "words"),
        _SEEN,
        optional=frozenset({"sub_item", "figure", "planned_date", "words"}),
    ),
    DecisionKind.DATE: KindColumns("dates.csv", ("path",), ("date",)),
    DecisionKind.VENDOR: KindColumns("vendors.csv", ("path",), ("vendor",)),
    DecisionKind.SERVICE: KindColumns("vendors.csv", ("path",), ("service",)),
    DecisionKind.ALIGNMENT: KindColumns(
        "alignments.csv",
        ("item_id", "control_id"),
        ("verdict",),
        ("name", "requirement"),
        at="when",
        why="note",
    ),
    DecisionKind.DIRECTION: KindColumns(
        "directions.csv", ("item_id",), ("good",), ("name", "requirement")
    ),
    DecisionKind.LEGEND: KindColumns(
        "legends.csv",
        ("form_key", "mark", "meaning"),
        ("answer",),
        optional=frozenset({"form_key", "mark", "meaning"}),
        later=frozenset({"form_key", "mark"}),
    ),
    DecisionKind.EXCEPTION: KindColumns(
        "exceptions.csv",
        ("vendor", "service", "control_id"),
        ("until", "finding"),
        optional=frozenset({"service", "finding"}),
    ),
}  # fmt: skip
FILES = tuple(dict.fromkeys(columns.file for columns in KINDS.values()))


@dataclass(frozen=True, slots=True)
class CheckedCells:
    """Cells of a line as they are stored, or what is wrong with one of them."""

    cells: Mapping[str, str] = field(default_factory=dict)
    fault: CellFault | None = None


def kinds_of_file(file: str) -> tuple[DecisionKind, ...]:
    """The kinds that stand in a file: vendors and services share one."""
    return tuple(kind for kind, columns in KINDS.items() if columns.file == file)


def check_cells(kind: DecisionKind, cells: Mapping[str, str]) -> CheckedCells:
    """The cells of key and value in the shape in which they are compared, or the first fault."""
    columns = KINDS[kind]
    checked: dict[str, str] = {}
    for name in (*columns.key, *columns.value):
        text = cells.get(name, "").strip()
        if not text and name not in columns.optional:
            return CheckedCells(fault=CellFault("cell_empty", {"column": name}))
        check = CELL_CHECKS.get((kind, name)) or CELL_CHECKS.get(name)
        result = check(text) if check and text else text
        if isinstance(result, CellFault):
            return CheckedCells(fault=result)
        checked[name] = result
    return CheckedCells(checked, check_whole(kind, checked))


def build_decision(kind: DecisionKind, cells: Mapping[str, str], checked: Mapping[str, str]) -> Decision:
    """The decision of a line whose cells were checked; its other cells are taken as they are."""
    columns = KINDS[kind]
    return Decision(
        kind,
        tuple(checked[name] for name in columns.key),
        tuple(checked[name] for name in columns.value),
        cells.get("who", ""),
        cells.get(columns.at, ""),
        cells.get(columns.why, ""),
        tuple(cells.get(name, "") for name in columns.about),
        bool(cells.get(WITHDRAWN, "")),
    )


def new_decision(kind: DecisionKind, cells: Mapping[str, str], who: str, why: str = "") -> Decision:
    """A decision of `cells` by the names of their columns; missing ones are empty.

    Raises DecisionRefused where a cell that is needed is empty or holds what it cannot.
    """
    checked = check_cells(kind, cells)
    if checked.fault:
        raise DecisionRefused(checked.fault.params, checked.fault.code)
    columns = KINDS[kind]
    signed = {name: cells.get(name, "") for name in columns.about} | {"who": who, columns.why: why}
    return build_decision(kind, signed, checked.cells)


def cells_of(decision: Decision) -> dict[str, str]:
    """All cells of a decision by the names of their columns."""
    columns = KINDS[decision.kind]
    about = decision.about or ("",) * len(columns.about)
    return {
        **dict(zip(columns.key, decision.key, strict=True)),
        **dict(zip(columns.value, decision.value, strict=True)),
        **dict(zip(columns.about, about, strict=True)),
        "who": decision.who,
        columns.at: decision.at,
        columns.why: decision.why,
        WITHDRAWN: "yes" if decision.withdraws else "",
    }
