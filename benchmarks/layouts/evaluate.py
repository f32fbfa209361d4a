"""Tables of writers that nothing was learned from in, lines of figures out: how often a layout is right, by its chance.

A layout is right where its question column and its likeliest answer column are those of the gold. Layouts of tables that the
gold does not know are wrong ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.layouts.examples import Table, is_head, roles_of
from extractors.checklist.columns.layouts import Layout, layouts_of

_EDGES = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One layout beside the gold: its chance, and whether list and question, and the answer column, are right."""

    p: float
    listed: bool
    answered: bool


def evaluation_lines(tables: Sequence[Table]) -> list[str]:
    """A table by chance: layouts, of these right lists with the right question, and with the right answer column."""
    verdicts = [
        verdict
        for table in tables
        for layout in layouts_of(table.view)
        if (verdict := verdict_of(table, layout))
    ]
    lines = [
        f"{len(tables)} tables of writers set aside, {len(verdicts)} layouts",
        "chance    layouts  list+question  +answer",
    ]
    for edge, above in zip(_EDGES, (1.01, *_EDGES), strict=False):
        inside = [verdict for verdict in verdicts if edge <= verdict.p < above]
        right = sum(verdict.listed for verdict in inside)
        whole = sum(verdict.listed and verdict.answered for verdict in inside)
        lines.append(f"{edge:.1f} up   {len(inside):7}  {right:13}  {whole:7}")
    return lines


def verdict_of(table: Table, layout: Layout) -> Verdict | None:
    """The layout beside the gold, None where the gold cannot tell."""
    roles = roles_of(table, layout.frame)
    listed = is_head(table, layout.frame, roles, layout.question)
    if listed is None:
        return None
    answer = max(layout.answers, key=lambda index: layout.chances[index])
    return Verdict(layout.p, listed, roles is not None and roles[answer] in {"answer", "choice"})
