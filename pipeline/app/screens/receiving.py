"""受領箱: files dropped in become sheets with a vendor, a service, a form and a date, each to be put right in its line."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from nicegui import events, run, ui
from starlette.requests import Request

from pipeline.app.decisions import decide_file, may_write
from pipeline.app.screens.expected_requests import show_requests
from pipeline.app.widgets.page_frame import (
    NARROW,
    KeyBinding,
    frame,
    heading,
    is_gone,
    keys,
    on_run_end,
    show_error,
    window_width,
)
from pipeline.app.widgets.text_grid import clip, text_grid
from pipeline.app.workspace import Visit, visit_of
from pipeline.assess.comparison.labels import Labels
from pipeline.errors import ChecksheetError
from pipeline.query.received_files import ReceivedLine, read_file_lines
from pipeline.sources.receive import add_password

_EDITABLE = ("vendor", "service", "received")
_WIDE = ("file", "vendor", "service", "form", "received", "items", "unanswered", "to_check", "status")
_FEW = ("file", "vendor", "to_check", "status")
_WIDTHS = {
    "file": 280, "vendor": 185, "service": 145, "form": 185, "received": 105, "items": 75, "unanswered": 65,
    "to_check": 75, "status": 120,
}  # fmt: skip
_NUMBERS = {"items", "unanswered", "to_check"}


async def page(request: Request) -> None:
    """The page /inbox."""
    visit = visit_of(request)
    with frame(visit, "inbox"):
        if visit.visitor.may_write:
            _drop_zone(visit)
        content = ui.element("div").classes("wide")
        keys(visit, [KeyBinding("q", "key_to_queue", lambda: ui.navigate.to("/queue"))])
    width = await window_width()

    async def show() -> None:
        content.clear()
        with content:
            await _show_files(visit, width)

    await show()
    on_run_end(visit, show)


def _drop_zone(visit: Visit) -> None:
    words = {key: html.escape(visit.say(f"drop_{key}")) for key in ("here", "files", "folder", "kinds")}
    ui.html(
        f"<strong>{words['here']}</strong>"
        f'<span><input type="file" id="drop-files" multiple><label for="drop-files">{words["files"]}</label></span>'
        f'<span><input type="file" id="drop-folder" webkitdirectory><label for="drop-folder">{words["folder"]}</label></span>'
        f'<span class="quiet">{words["kinds"]}</span><progress max="1" value="0" hidden aria-label="{words["here"]}"></progress>'
        "<output></output>",
        sanitize=False,
    ).classes("drop")
    ui.add_body_html('<script src="/drop.js"></script>')
    ui.on("received", lambda event: _received(visit, event.args))


def _received(visit: Visit, result: Mapping[str, Any]) -> None:
    """All files are there: tell how many, and have them read."""
    ui.notify(visit.say("received", saved=result["saved"], known=result["known"]))
    for error in result["errors"]:
        ui.notify(error, type="negative", timeout=0, close_button=True)
    if result["saved"]:
        visit.workspace.runs.request()


async def _show_files(visit: Visit, width: int) -> None:
    try:
        lines = await run.io_bound(read_file_lines, visit.workspace.dataset)
    except ChecksheetError as error:
        if visit.workspace.runs.state.running or not visit.workspace.settings.raw.is_dir():
            ui.label(visit.say("nothing_received")).classes("quiet")
        else:
            show_error(visit, error)
        return
    if is_gone():
        return
    await show_requests(visit)
    sheets = [line for line in lines if not line.noise]
    heading(visit.say("received_sheets", count=len(sheets)))
    _show_grid(visit, sheets, width)
    noise = [line for line in lines if line.noise]
    if noise:
        with ui.expansion(visit.say("noise", count=len(noise))).classes("wide"):
            for line in noise:
                ui.label(f"{line.path}　{line.message}").classes("quiet pre")


def _show_grid(visit: Visit, lines: list[ReceivedLine], width: int) -> None:
    narrow = width < NARROW
    shown = _FEW if narrow else _WIDE
    columns = [
        {
            "field": name,
            "headerName": visit.say(f"column_{name}"),
            "width": _WIDTHS[name] if not narrow else {"file": 140, "vendor": 100}.get(name, 64),
            "pinned": "left" if name == "file" else None,
            "editable": name in _EDITABLE and visit.visitor.may_write and not narrow,
            "cellClass": "ag-right-aligned-cell" if name in _NUMBERS else "",
            "tooltipField": {"file": "path", "status": "message"}.get(name, name),
        }
        for name in shown
    ]
    by_path = {line.path: line for line in lines}
    options = {
        "domLayout": "autoHeight" if len(lines) < 30 else "normal",
        "rowClassRules": {"row-trouble": "data.trouble", "row-check": "!data.trouble && data.to_check > 0"},
    }
    grid = text_grid(columns, [_row(visit, line) for line in lines], visit.language, options)
    grid.classes("tall" if len(lines) >= 30 else "")

    async def changed(event: events.GenericEventArguments) -> None:
        text = str(event.args["newValue"] or "").strip()
        if text != str(event.args["oldValue"] or ""):
            await decide_file(visit, event.args["data"]["id"], event.args["colId"], text)

    grid.on("cellValueChanged", changed)
    grid.on(
        "cellDoubleClicked" if not narrow else "cellClicked",
        lambda event: _open(visit, by_path, event, narrow),
    )
    ui.label(visit.say("edit_hint" if visit.visitor.may_write and not narrow else "open_hint")).classes(
        "quiet"
    )


def _row(visit: Visit, line: ReceivedLine) -> dict[str, object]:
    labels = Labels(visit.language)
    return {
        "id": line.path, "path": line.path, "file": clip(line.path.rsplit("/", 1)[-1]), "vendor": clip(line.vendor),
        "service": clip(line.service), "form": clip(line.form), "items": line.items, "unanswered": line.unanswered,
        "received": line.received_at.isoformat() if line.received_at else "", "to_check": line.to_check,
        "status": visit.say("blank_form") if line.blank_form else labels.word("statuses", line.status),
        "message": clip(line.message), "trouble": line.status in {"failed", "encrypted", "to_confirm"},
    }  # fmt: skip


def _open(
    visit: Visit, by_path: Mapping[str, ReceivedLine], event: events.GenericEventArguments, narrow: bool
) -> None:
    """What is known of a file, with what can be done about it."""
    if not narrow and event.args["colId"] in _EDITABLE and visit.visitor.may_write:
        return
    show_file(visit, by_path[event.args["data"]["id"]])


def show_file(visit: Visit, line: ReceivedLine) -> None:
    """A dialog about a file: all of its line, its password where it needs one, its form where that waits."""
    labels = Labels(visit.language)
    with ui.dialog() as dialog, ui.card().classes("panel"):
        heading(line.path.rsplit("/", 1)[-1])
        with ui.element("div").classes("facts"):
            for name, text in (
                ("path", line.path), ("vendor", line.vendor), ("service", line.service), ("form", line.form),
                ("received", line.received_at and line.received_at.isoformat()), ("items", line.items),
                ("unanswered", line.unanswered), ("to_check", line.to_check),
                ("status", labels.word("statuses", line.status)), ("message", line.message),
            ):  # fmt: skip
                ui.label(visit.say(f"column_{name}"))
                ui.label(str(text if text is not None else "–")).classes("pre")
        if line.status == "encrypted" and visit.visitor.may_write:
            _password_field(visit)
        with ui.element("div").classes("line"):
            if line.form_key:
                ui.link(visit.say("confirm_form"), f"/queue/form/{line.form_key}")
            ui.button(visit.say("close"), on_click=dialog.close).props("flat")
    dialog.open()


def _password_field(visit: Visit) -> None:
    """The password of a protected file: it joins the list that is tried, and the file is read again."""
    field = ui.input(visit.say("password"), password=True, password_toggle_button=True).props(
        "outlined dense autofocus"
    )

    async def save() -> None:
        if may_write(visit) and field.value:
            await run.io_bound(add_password, visit.workspace.settings.raw, field.value)
            visit.workspace.runs.request()
            ui.notify(visit.say("password_tried"))

    field.on("keydown.enter", save)
    ui.button(visit.say("password_try"), on_click=save).props("dense no-caps")
