"""比較: controls down, vendors across, with filters; a cell opens what stands behind it. The address holds all of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from nicegui import events, run, ui
from starlette.requests import Request

from pipeline.app.widgets.answer_details import show_cell
from pipeline.app.widgets.page_frame import (
    NARROW,
    KeyBinding,
    frame,
    is_gone,
    keys,
    on_run_end,
    show_error,
    window_width,
)
from pipeline.app.widgets.text_grid import clip, text_grid
from pipeline.app.workspace import Visit, visit_of
from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import Comparison, ComparisonCell, ControlLine
from pipeline.assess.comparison.selection import ControlFilter, is_mandatory, select_controls
from pipeline.errors import ChecksheetError

_SIDE_BY_SIDE = 3
_FEW = 8
_LONGEST = 400  # characters of an answer that stands beside others


@dataclass(slots=True)
class _Choice:
    """What the screen shows now: the filter, the vendors (indices; none for all), the cell that is open."""

    wanted: ControlFilter
    parties: tuple[int, ...] = ()
    cell: tuple[str, int] | None = None

    def address(self, comparison: Comparison) -> str:
        """The address that shows the same again."""
        wanted = self.wanted
        query: list[tuple[str, str]] = [
            (key, value)
            for key, value in (
                ("domain", wanted.domain), ("must", "1" * wanted.mandatory), ("differs", "1" * wanted.differing),
                ("gaps", "1" * wanted.gaps), ("q", wanted.text),
            )
            if value
        ]  # fmt: skip
        query += [("vendor", comparison.parties[index].name) for index in self.parties]
        if self.cell is not None:
            query += [("control", self.cell[0]), ("of", comparison.parties[self.cell[1]].name)]
        return "/compare" + (f"?{urlencode(query)}" if query else "")


async def page(request: Request) -> None:
    """The page /compare."""
    visit = visit_of(request)
    with frame(visit, "compare"):
        try:
            comparison = await run.io_bound(visit.workspace.comparison.get)
        except ChecksheetError as error:
            show_error(visit, error)
            return
        if not comparison.parties:
            ui.label(visit.say("nothing_received")).classes("quiet")
            return
        choice = _choice_of(request, comparison)
        width = await window_width()
        if is_gone():
            return
        screen = _Comparing(visit, comparison, choice, width < NARROW)
        screen.build()
        on_run_end(visit, screen.tell_new)


def _choice_of(request: Request, comparison: Comparison) -> _Choice:
    query = request.query_params
    names = {party.name: index for index, party in enumerate(comparison.parties)}
    wanted = ControlFilter(
        query.get("domain", ""), "must" in query, "differs" in query, "gaps" in query, query.get("q", "")
    )
    parties = tuple(names[name] for name in query.getlist("vendor") if name in names)
    cell = (query["control"], names[query["of"]]) if "control" in query and query.get("of") in names else None
    return _Choice(wanted, parties, cell)


def _width(vendors: int, beside: bool) -> dict[str, object]:
    """How wide a vendor's column is: few of them share the window."""
    return {"flex": 1, "minWidth": 330 if beside else 128} if vendors <= _FEW else {"width": 128}


class _Comparing:
    """The screen of one visit."""

    def __init__(self, visit: Visit, comparison: Comparison, choice: _Choice, narrow: bool) -> None:
        self._visit, self._comparison, self._choice, self._narrow = visit, comparison, choice, narrow
        self._labels = Labels(visit.language)
        self._by_id = {control.control_id: control for control in comparison.controls}

    def build(self) -> None:
        """Filters, grid and panel."""
        self._filters()
        self._count = ui.label("").classes("quiet").props('role="status"')
        self._holder = ui.element("div").classes("grid-holder")
        with ui.dialog().props("position=right full-height") as self._dialog, ui.card().classes("panel side"):
            self._panel = ui.element("div").classes("wide")
        self._dialog.on("hide", self._closed)
        self._show_grid()
        if self._choice.cell is not None:
            ui.timer(0.1, lambda: self._open(*(self._choice.cell or ("", 0))), once=True)
        keys(self._visit, [
            KeyBinding("/", "key_search", lambda: self._field.run_method("focus")),
            KeyBinding("g", "key_gaps", lambda: self._gaps.set_value(not self._gaps.value)),
            KeyBinding("d", "key_differs", lambda: self._differs.set_value(not self._differs.value)),
            KeyBinding("Enter", "key_open", self._open_focused, "Enter"),
        ])  # fmt: skip

    def tell_new(self) -> None:
        """A run has ended: what is shown may be of before."""
        ui.notify(self._visit.say("dataset_changed"), close_button=True)

    def _filters(self) -> None:
        visit, wanted = self._visit, self._choice.wanted
        domains = {"": visit.say("all_domains")} | {
            control.domain: self._labels.domain(control.domain) for control in self._comparison.controls
        }
        vendors = {index: party.name for index, party in enumerate(self._comparison.parties)}
        with ui.element("div").classes("line filters"):
            self._field = ui.input(visit.say("filter_text"), value=wanted.text).props(
                "dense outlined clearable debounce=150"
            )
            self._domain = ui.select(
                domains,
                label=visit.say("filter_domain"),
                value=wanted.domain if wanted.domain in domains else "",
            )
            self._domain.props("dense outlined").classes("select")
            self._vendors = ui.select(
                vendors, label=visit.say("filter_vendors"), value=list(self._choice.parties), multiple=True
            )
            self._vendors.props("dense outlined use-chips clearable").classes("select vendors")
            self._must = ui.checkbox(visit.say("filter_must"), value=wanted.mandatory)
            self._differs = ui.checkbox(visit.say("filter_differs"), value=wanted.differing)
            self._gaps = ui.checkbox(visit.say("filter_gaps"), value=wanted.gaps)
            ui.space()
            self._export("comparison.xlsx", "export_excel")
            self._export("summary.html", "export_summary")
        for field in (self._field, self._domain, self._must, self._differs, self._gaps):
            field.on_value_change(self._changed)
        self._vendors.on_value_change(self._vendors_changed)

    def _export(self, name: str, phrase: str) -> None:
        def start() -> None:
            names = [("vendor", self._comparison.parties[index].name) for index in self._choice.parties]
            ui.navigate.to(f"/download/{name}?{urlencode(names)}", new_tab=name.endswith(".html"))

        ui.button(self._visit.say(phrase), on_click=start).props("outline dense padding='xs sm'")

    def _changed(self) -> None:
        self._choice.wanted = ControlFilter(
            self._domain.value or "",
            self._must.value,
            self._differs.value,
            self._gaps.value,
            self._field.value or "",
        )
        ui.navigate.history.replace(self._choice.address(self._comparison))
        self._apply_filter()

    def _vendors_changed(self) -> None:
        self._choice.parties = tuple(self._vendors.value or ())
        ui.navigate.history.replace(self._choice.address(self._comparison))
        self._show_grid()

    def _selected(self) -> list[ControlLine]:
        return select_controls(self._comparison, self._choice.wanted, self._choice.parties)

    def _apply_filter(self) -> None:
        """Show the rows of the controls that are wanted; the rows themselves are in the browser already."""
        controls = self._selected()
        self._count.set_text(
            self._visit.say("controls_shown", shown=len(controls), all=len(self._comparison.controls))
        )
        self._tell_shown(controls)

    def _tell_shown(self, controls: Sequence[ControlLine]) -> None:
        ids = json.dumps([control.control_id for control in controls])
        ui.run_javascript(
            f"window.shownRows = new Set({ids}); getElement({self._grid.id})?.api?.onFilterChanged()"
        )

    def _show_grid(self) -> None:
        indices = self._choice.parties or tuple(range(len(self._comparison.parties)))
        beside = 0 < len(self._choice.parties) <= _SIDE_BY_SIDE and not self._narrow
        controls = self._selected()
        self._count.set_text(
            self._visit.say("controls_shown", shown=len(controls), all=len(self._comparison.controls))
        )
        states = list(state_styles())
        options = {
            ":isExternalFilterPresent": "() => true",
            ":doesExternalFilterPass": "node => !window.shownRows || window.shownRows.has(node.data.id)",
            "rowBuffer": 20,
        }
        self._holder.clear()
        with self._holder:
            self._grid = text_grid(
                self._columns(indices, beside), [self._row(c, indices, beside, states) for c in self._comparison.controls],
                self._visit.language, options,
            ).classes("tall")  # fmt: skip
        self._tell_shown(controls)
        self._grid.on("cellClicked", self._clicked)

    def _columns(self, indices: Sequence[int], beside: bool) -> list[dict[str, object]]:
        classes = ", ".join(f"'state-{state}'" for state in state_styles())
        fixed: list[dict[str, object]] = [
            {"field": "name", "headerName": self._visit.say("column_control"), "pinned": "left", "tooltipField": "definition",
             "width": 150 if self._narrow else 290, "wrapText": True, "autoHeight": True, "cellClass": "control-name"},
        ]  # fmt: skip
        if not self._narrow:
            fixed.append({"field": "domain", "headerName": self._visit.say("column_domain"), "width": 150})
            fixed.append({"field": "must", "headerName": self._visit.say("column_level"), "width": 70})
        return fixed + [
            {
                **_width(len(indices), beside), "colId": str(index),
                "headerName": "\n".join(filter(None, (self._labels.party(party), party.service))),
                ":valueGetter": f"p => p.data.v[{number}]",
                ":cellClass": f"p => [{classes}][p.data.s[{number}]]", "wrapText": beside, "autoHeight": beside,
                "headerClass": "vendor-head",
            }
            for number, index in enumerate(indices)
            for party in [self._comparison.parties[index]]
        ]  # fmt: skip

    def _row(
        self, control: ControlLine, indices: Sequence[int], beside: bool, states: list[str]
    ) -> dict[str, object]:
        cells = [self._comparison.cells.get((control.control_id, index)) for index in indices]
        known = [cell for cell in cells if cell is not None]
        return {
            "id": control.control_id, "name": self._labels.control(control), "domain": self._labels.domain(control.domain),
            "definition": control.definition, "must": self._labels.word("levels", "mandatory") if is_mandatory(known) else "",
            "v": [self._text(cell, beside) for cell in cells],
            "s": [states.index(cell.state if cell else "not_asked") for cell in cells],
        }  # fmt: skip

    def _text(self, cell: ComparisonCell | None, beside: bool) -> str:
        """Mark and word, the figure; side by side the answer as printed too."""
        if cell is None:
            return ""
        shown = self._labels.shown(cell.state)
        if beside:
            texts = dict.fromkeys(
                " ".join(filter(None, (self._labels.answer(r, _LONGEST), clip(r.remarks, _LONGEST))))
                for r in cell.responses
            )
            return "　".join((shown, *texts))
        figures = dict.fromkeys(filter(None, map(self._labels.figure, cell.responses)))
        return " ".join((shown, *figures)) if len(figures) == 1 else shown

    def _clicked(self, event: events.GenericEventArguments) -> None:
        if event.args["colId"].isdecimal():
            self._open(event.args["data"]["id"], int(event.args["colId"]))

    async def _open_focused(self) -> None:
        """Open the cell that the grid's keys stand on."""
        focus = await ui.run_javascript(
            f"(() => {{ const api = getElement({self._grid.id}).api, cell = api.getFocusedCell();"
            " const node = cell && api.getDisplayedRowAtIndex(cell.rowIndex);"
            " return node ? [node.data.id, cell.column.getColId()] : null; })()"
        )
        if focus and str(focus[1]).isdecimal():
            self._open(focus[0], int(focus[1]))

    def _open(self, control_id: str, index: int) -> None:
        if control_id not in self._by_id:
            return
        self._choice.cell = (control_id, index)
        ui.navigate.history.replace(self._choice.address(self._comparison))
        self._panel.clear()
        with self._panel:
            show_cell(self._visit, self._comparison, self._by_id[control_id], index)
        self._dialog.open()

    def _closed(self) -> None:
        self._choice = replace(self._choice, cell=None)
        ui.navigate.history.replace(self._choice.address(self._comparison))
