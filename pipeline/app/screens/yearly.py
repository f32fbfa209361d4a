"""年次更新: last year's sheet beside this year's, only what changed, better or worse; and what has not come again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from nicegui import run, ui
from starlette.requests import Request

from pipeline.app.widgets.page_frame import frame, heading, is_gone, keys, show_error
from pipeline.app.widgets.text_grid import clip, text_grid
from pipeline.app.workspace import Visit, visit_of
from pipeline.errors import ChecksheetError
from pipeline.query.yearly_changes import read_old_sheets, read_yearly_changes, read_yearly_pairs
from pipeline.viewer.words import ViewerWords

_APRIL = 4  # Japanese fiscal years begin


async def page(request: Request) -> None:
    """The page /yearly; of two receipts with `?old=…&new=…`, as of a day with `?day=`, asked for again since `?since=`."""
    visit = visit_of(request)
    query = request.query_params
    with frame(visit, "yearly"):
        try:
            if "old" in query and "new" in query:
                await _show_pair(visit, query["old"], query["new"])
            else:
                since = _date(query.get("since", "")) or fiscal_year_start(dt.date.today())
                await _show_all(visit, since, _date(query.get("day", "")))
        except ChecksheetError as error:
            show_error(visit, error)
        keys(visit, [])


def fiscal_year_start(today: dt.date) -> dt.date:
    """The first of April that was last."""
    return dt.date(today.year if today.month >= _APRIL else today.year - 1, _APRIL, 1)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


async def _show_all(visit: Visit, since: dt.date, day: dt.date | None) -> None:
    pairs = await run.io_bound(read_yearly_pairs, visit.workspace.dataset, day)
    old = await run.io_bound(read_old_sheets, visit.workspace.dataset, since)
    if is_gone():
        return
    _dates(visit, since, day)
    heading(visit.say("yearly_pairs", count=len(pairs)))
    columns = [
        {"field": name, "headerName": visit.say(f"yearly_{name}"), "tooltipField": name, **width}
        for name, width in (
            ("vendor", {"flex": 2, "minWidth": 140}), ("service", {"flex": 1, "minWidth": 110}), ("worse", {"width": 90}),
            ("better", {"width": 90}), ("changes", {"width": 90}), ("dates", {"width": 210}),
            ("new", {"flex": 2, "minWidth": 160}),
        )
    ]  # fmt: skip
    rows = [
        {"id": n, "vendor": clip(p.vendor), "service": clip(p.service), "worse": p.worse, "better": p.better,
         "changes": p.changes, "dates": f"{p.old_received_at or '?'} → {p.new_received_at or '?'}", "new": clip(p.new_path)}
        for n, p in enumerate(pairs)
    ]  # fmt: skip
    grid = text_grid(columns, rows, visit.language, {"domLayout": "autoHeight"})
    grid.on("cellClicked", lambda event: _open(pairs[event.args["data"]["id"]]))
    heading(visit.say("yearly_missing", since=since.isoformat(), count=len(old)))
    for sheet in old:
        name = " ".join(filter(None, (sheet.vendor, sheet.service)))
        ui.label(
            f"{name}　{sheet.form_name or ''}　{sheet.received_at or visit.say('undated')}　{sheet.path}"
        ).classes("pre entry")


def _open(pair: Any) -> None:
    ui.navigate.to(f"/yearly?{urlencode({'old': pair.old_path, 'new': pair.new_path})}")


def _dates(visit: Visit, since: dt.date, day: dt.date | None) -> None:
    def go() -> None:
        query = {key: field.value for key, field in (("since", first), ("day", last)) if field.value}
        ui.navigate.to(f"/yearly?{urlencode(query)}")

    with ui.element("div").classes("line filters"):
        first = ui.input(visit.say("yearly_since"), value=since.isoformat()).props(
            'dense outlined type="date"'
        )
        last = ui.input(visit.say("yearly_day"), value=day.isoformat() if day else "").props(
            'dense outlined type="date"'
        )
        ui.button(visit.say("show"), on_click=go)


async def _show_pair(visit: Visit, old_path: str, new_path: str) -> None:
    """What changed between two receipts, side by side."""
    changes = await run.io_bound(read_yearly_changes, visit.workspace.dataset, old_path, new_path)
    if is_gone():
        return
    ui.link(visit.say("back_to_all"), "/yearly")
    heading(changes[0]["vendor"] if changes else new_path)
    with ui.element("div").classes("facts"):
        for key, path in (("yearly_before", old_path), ("yearly_now", new_path)):
            ui.label(visit.say(key))
            ui.label(path).classes("pre")
    with ui.element("table").classes("changes"):
        with ui.element("thead"), ui.element("tr"):
            for key in ("item_no", "requirement", "before", "now", "judged"):
                with ui.element("th").props('scope="col"'):
                    ui.label(visit.say(f"yearly_{key}"))
        with ui.element("tbody"):
            for change in changes:
                _show_change(visit, change)


def _show_change(visit: Visit, change: Mapping[str, Any]) -> None:
    words = ViewerWords(visit.language)
    with ui.element("tr").classes(f"change-{change['direction'] or 'same'}"):
        with ui.element("td"):
            ui.label(change["item_no"] or "")
        with ui.element("td"):
            ui.label(clip(change["requirement"], 600)).classes("pre")
            if change["change"] == "reworded" and change["old_requirement"]:
                ui.label(
                    visit.say("yearly_reworded_from", text=clip(change["old_requirement"], 600))
                ).classes("quiet pre")
        for side in ("old", "new"):
            with ui.element("td"):
                if change[f"{side}_answer"]:
                    ui.label(
                        f"{words.letter(change[f'{side}_answer'])} {words.answer(change[f'{side}_answer'])}"
                    ).classes("strong")
                    ui.label(clip(change[f"{side}_answer_raw"], 600)).classes("pre")
                    ui.label(clip(change[f"{side}_remarks"], 600)).classes("quiet pre")
        with ui.element("td"):
            if change["direction"]:
                ui.label(visit.say(f"direction_{change['direction']}")).classes(
                    f"mark direction-{change['direction']}"
                )
            ui.label(visit.say(f"change_{change['change']}")).classes("quiet")
