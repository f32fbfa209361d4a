"""Chooses how each table of a grid is read: by known words, by evidence, as a person decided, or not yet.

The areas that known words show come in; the parsed tables go out, with the layouts that they were read by and
those that wait for a person. A table stands as words read it where evidence does not contradict. Where evidence
finds other columns far likelier, it is read as evidence says; where each takes another column for the answer
(`対応予定の有無` and `現状`) and neither is far likelier, both are proposed and no row is stored: a wrong column
is worse than none. Lists that no known word shows are read where evidence is sure, and proposed where they are
only likely. What a person decided for a form outranks all of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractors.checklist.columns.agreement import (
    PROPOSED,
    READ,
    asks_elsewhere,
    disputes,
    has_lone_choice,
    is_answered,
    layout_of_words,
    least_chance,
    least_chance_of_words,
    overrules,
    with_blank_answer,
)
from extractors.checklist.columns.beside.joint_layouts import agreed_layouts
from extractors.checklist.columns.beside.rivals import distinct, with_rival
from extractors.checklist.columns.frame_features import titled_other
from extractors.checklist.columns.frames import frame_of
from extractors.checklist.columns.layout_columns import form_key, layout_to_header
from extractors.checklist.columns.layouts import Layout, layout_of, layouts_of
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import LayoutDecision, LayoutSource, LayoutStatus, TableLayout
from extractors.checklist.parse_table import ParsedTable, TableArea, parse_table
from extractors.checklist.reshape.structures.label_roles import layout_of_structure
from extractors.checklist.reshape.structures.structure import Structure
from extractors.checklist.table_layouts.asks_nobody import least_chance_of_table
from extractors.checklist.table_layouts.evident_areas import decided_areas, evident_areas
from extractors.checklist.table_layouts.layout_report import layout_to_report, rival_reports
from extractors.checklist.table_layouts.structure_layouts import structure_area, structure_report

_WEIGHED = 5  # rows from which evidence says something of a list that known words show
_OVERLAP = 0.2  # share of the rows of a layout that another list may claim


@dataclass(frozen=True, slots=True)
class _Reading:
    """One list and how it was read: its area, the layout behind it where there is one, and who decided."""

    area: TableArea
    table: ParsedTable
    layout: Layout | None
    source: LayoutSource
    structure: Structure | None = None


@dataclass(slots=True)
class ChosenTables:
    """The lists of a grid from top to bottom, and the layouts that were used or are proposed."""

    tables: list[ParsedTable] = field(default_factory=list)
    layouts: list[TableLayout] = field(default_factory=list)


def choose_tables(
    view: GridView,
    areas: Sequence[TableArea],
    decisions: Mapping[str, LayoutDecision],
    reshaped: bool,
    structure: Structure | None = None,
) -> ChosenTables:
    """The lists of a grid; none where nothing is asked.

    `decisions` are those of people, by form key. A grid that was `reshaped` (cards, labelled blocks) has headers of our own
    making: its lists stand as they are. `structure` is the list for which the grid was made.
    """
    layouts = agreed_layouts(layouts_of(view))
    said = [(layout, decisions.get(form_key(view, layout))) for layout in layouts]
    decided = decided_areas(view, said, areas)
    refused = [layout for layout, decision in said if decision is not None and not decision.roles]
    readings = _readings(view, [(area, layout) for layout, area in decided], LayoutSource.REVIEWED)
    readings = [
        r if r.layout and r.layout.p == 1.0 else replace(r, source=LayoutSource.EVIDENCE) for r in readings
    ]
    own = _structure_reading(view, structure, decisions) if structure is not None else None
    readings += [own] if own is not None else []
    proposals: list[tuple[Layout, ...]] = []
    for area in areas:
        if own is not None and own.table.rows & set(range(area.header.top, area.bottom)):
            continue
        if any(_meets(area, layout) for layout in [*refused, *(layout for layout, _ in decided)]):
            continue
        reading, rivals = _as_decided(view, decisions, *_weighed(view, area, layouts, reshaped))
        readings += [reading] if reading is not None else []
        proposals += [rivals] if rivals else []
    rest = [layout for layout in layouts if layout not in refused]
    evident, likely = _beside_words(view, rest, readings, proposals)
    return _chosen(view, readings + evident, proposals + likely)


def _beside_words(
    view: GridView,
    layouts: Sequence[Layout],
    readings: Sequence[_Reading],
    proposals: Sequence[tuple[Layout, ...]],
) -> tuple[list[_Reading], list[tuple[Layout, ...]]]:
    """The lists that evidence alone shows beside those that are read or proposed already, and those that it proposes."""
    rest = [layout for layout in layouts if not _is_claimed(layout, readings, proposals)]
    rivals_of = {layout.frame: with_blank_answer(layout) for layout in rest}
    sure = [
        layout
        for layout in rest
        if layout.p >= READ
        and layout.p >= least_chance(layout, titled_other(view, layout.frame.top))
        and rivals_of[layout.frame] is None
    ]
    evident, doubted = _evident_readings(view, sure, readings)
    sure = [layout for layout in sure if not any(layout is weak for weak in doubted)]
    likely: list[tuple[Layout, ...]] = []
    for layout in rest:
        is_likely = layout.p >= PROPOSED and layout.margin > 0
        if is_likely and layout not in sure and not _is_claimed(layout, [*readings, *evident], ()):
            rival = rivals_of[layout.frame]
            likely.append((rival, layout) if rival is not None else with_rival(layout))
    return evident, likely


def _evident_readings(
    view: GridView, sure: Sequence[Layout], readings: Sequence[_Reading]
) -> tuple[list[_Reading], list[Layout | None]]:
    """The lists that evidence alone shows beside those that are read already, and the layouts of which it is not sure enough."""
    areas = evident_areas(view, sure, [reading.area for reading in readings])
    evident = _readings(view, areas, LayoutSource.EVIDENCE)
    verdicts = [(reading, _is_doubted(view, reading)) for reading in evident]
    return [r for r, doubted in verdicts if not doubted], [r.layout for r, doubted in verdicts if doubted]


def _structure_reading(
    view: GridView, structure: Structure, decisions: Mapping[str, LayoutDecision]
) -> _Reading | None:
    """A structure's list; the roles of its columns are the person's who decided, else those that it was found with."""
    layout = layout_of_structure(view, structure)
    decision = decisions.get(form_key(view, layout))
    header, source = structure.header, LayoutSource.EVIDENCE
    if decision is not None and len(decision.roles) == len(layout.roles):
        changed = decision.roles != layout.roles
        layout, source = replace(layout, roles=decision.roles, p=1.0), LayoutSource.REVIEWED
        header = replace(header, columns=layout_to_header(view, layout).columns) if changed else header
    area = structure_area(structure, header)
    table = parse_table(view, area)
    if table is None or not table.checklist.rows:
        return None
    return _Reading(area, table, layout, source, structure)


def _as_decided(
    view: GridView,
    decisions: Mapping[str, LayoutDecision],
    reading: _Reading | None,
    rivals: tuple[Layout, ...],
) -> tuple[_Reading | None, tuple[Layout, ...]]:
    """A list that words show, as a person decided of its form: evidence alone may have found no layout of this header."""
    layout = rivals[0] if rivals else reading.layout if reading is not None else None
    if layout is None:
        return reading, rivals
    if reading is not None and reading.source == LayoutSource.WORDS:
        layout = layout_of_words(layout, reading.table.checklist.columns)
    decision = decisions.get(form_key(view, layout))
    if decision is None:
        return reading, rivals
    if not decision.roles:
        return None, ()
    decided = [(area, chosen) for chosen, area in decided_areas(view, [(layout, decision)], [])]
    reviewed = _readings(view, decided, LayoutSource.REVIEWED)
    return (reviewed[0], ()) if reviewed else (reading, rivals)


def _weighed(
    view: GridView, area: TableArea, layouts: Sequence[Layout], reshaped: bool
) -> tuple[_Reading | None, tuple[Layout, ...]]:
    """How a list that words show is read, or the layouts that are proposed in its place."""
    table = parse_table(view, area)
    rivals = [rival for rival in layouts if _meets(area, rival)]
    if table is None or not table.checklist.rows:
        return _reference(area, table, rivals), ()
    frame = frame_of(view, area.header.top, area.header.bottom, area.bottom)
    layout = layout_of(view, frame) if frame is not None else None
    chance = max((rival.p for rival in rivals), default=0.0)
    better = [rival for rival in rivals if _heads_better(rival, layout)]
    layout = max(better, key=lambda rival: rival.p, default=layout)
    reading = _Reading(area, table, layout, LayoutSource.WORDS)
    if layout is None or reshaped:
        return reading, ()
    columns = table.checklist.columns
    titled = titled_other(view, area.header.top)
    few = len(layout.frame.rows) < _WEIGHED and not has_lone_choice(columns) and not titled
    unlikely = max(chance, layout.p) < least_chance_of_words(layout, columns, titled) and not few
    surely_otherwise = layout.p >= READ and overrules(layout, columns)
    if (unlikely or _is_doubted(view, reading)) and not surely_otherwise:
        by_words = layout_of_words(layout, columns)
        return None, distinct([by_words, layout, *with_rival(by_words)])
    return (reading, ()) if few else _corrected(view, reading, layout)


def _corrected(
    view: GridView, reading: _Reading, layout: Layout
) -> tuple[_Reading | None, tuple[Layout, ...]]:
    """A list read by words as evidence corrects it, or the layouts that are proposed where the two are apart."""
    columns, area = reading.table.checklist.columns, reading.area
    if (
        layout.frame.bottom > area.header.bottom
        or overrules(layout, columns)
        or (layout.p >= READ and asks_elsewhere(layout, columns))
    ):
        header = layout_to_header(view, layout)
        corrected = replace(area, headers=(header, *area.headers[1:]), evident=True)
        evident = parse_table(view, corrected)
        if evident is not None:
            by_evidence = _Reading(corrected, evident, layout, LayoutSource.EVIDENCE)
            return (None, (layout,)) if _is_doubted(view, by_evidence) else (by_evidence, ())
    if disputes(layout, columns):
        by_words = layout_of_words(layout, columns)
        return None, (with_blank_answer(by_words) or layout, by_words)
    return reading, ()


def _is_doubted(view: GridView, reading: _Reading) -> bool:
    """Whether evidence is not as sure of a list as what the list holds demands."""
    layout = reading.layout
    return layout is not None and layout.p < least_chance_of_table(view, reading.table, layout)


def _reference(area: TableArea, table: ParsedTable | None, rivals: Sequence[Layout]) -> _Reading | None:
    """A list of words that gives no rows; None where it is none, or is its grid's only one and evidence finds it answered."""
    alone = area.top == 0 and not area.other_rows
    if table is None or (alone and any(map(is_answered, rivals))):
        return None
    return _Reading(area, table, None, LayoutSource.WORDS)


def _heads_better(rival: Layout, layout: Layout | None) -> bool:
    """Whether evidence is sure of another header over the same rows: of one with its second line, `画面 | REST | バッチ`."""
    if layout is None or rival.p < READ or rival.rank <= layout.rank:
        return False
    return rival.frame.top <= layout.frame.top and rival.frame.bottom > layout.frame.bottom


def _meets(area: TableArea, layout: Layout) -> bool:
    """Whether a layout's rows lie in an area."""
    inside = sum(area.header.top <= row < area.bottom for row in layout.frame.rows)
    return inside > _OVERLAP * len(layout.frame.rows)


def _is_claimed(
    layout: Layout, readings: Sequence[_Reading], proposals: Sequence[tuple[Layout, ...]]
) -> bool:
    """Whether a list that was read, or is proposed, already claims the rows of a layout."""
    rows = {row for reading in readings for row in reading.table.rows}
    rows |= {row for rivals in proposals for row in range(rivals[0].frame.top, rivals[0].frame.end)}
    claimed = sum(row in rows for row in layout.frame.rows)
    return claimed > _OVERLAP * len(layout.frame.rows) or layout.frame.top in rows


def _readings(
    view: GridView, areas: Sequence[tuple[TableArea, Layout]], source: LayoutSource
) -> list[_Reading]:
    parsed = ((area, layout, parse_table(view, area)) for area, layout in areas)
    return [
        _Reading(area, table, layout, source)
        for area, layout, table in parsed
        if table is not None and table.checklist.rows
    ]


def _chosen(
    view: GridView, readings: list[_Reading], proposals: Sequence[tuple[Layout, ...]]
) -> ChosenTables:
    """The lists in their order, with a report of each layout, and one of each proposal and its rival."""
    chosen = ChosenTables()
    for reading in sorted(readings, key=lambda entry: entry.area.header.top):
        chosen.tables.append(reading.table)
        if reading.layout is None:
            continue
        layout = reading.layout
        if reading.source == LayoutSource.WORDS:
            layout = layout_of_words(layout, reading.table.checklist.columns)
        report = layout_to_report(view, layout, form_key(view, layout), reading.table)
        if reading.structure is not None:
            report = structure_report(report, reading.structure)
        chosen.layouts.append(
            replace(report, decided_by=reading.source, status=LayoutStatus.USED, checklist=len(chosen.tables))
        )
    for rivals in proposals:
        chosen.layouts += rival_reports(view, rivals)
    return chosen
