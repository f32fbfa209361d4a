"""Who was asked for a sheet, on the screen 受領箱: how many came, what came of each open request, and the list to be edited."""

from __future__ import annotations

from nicegui import run, ui

from pipeline.app.decisions import may_write, tell_error
from pipeline.app.widgets.page_frame import heading, is_gone, show_error
from pipeline.app.workspace import Visit
from pipeline.errors import ChecksheetError
from pipeline.incremental.expected_sheets import ExpectedSheet, ReplyState, expected_sheets
from pipeline.outputs.run_summary import expected_line
from pipeline.review.lines.expected import (
    SheetRequest,
    read_requests,
    requests_to_text,
    text_to_requests,
    write_requests,
)


async def show_requests(visit: Visit) -> None:
    """12 件中 10 件 受領, and what came of the others."""
    try:
        requests, sheets = await run.io_bound(_read, visit)
    except ChecksheetError as error:
        show_error(visit, error)
        return
    if is_gone():
        return
    missing = [sheet for sheet in sheets if sheet.state != ReplyState.RECEIVED]
    with ui.element("div").classes("line filters"):
        if sheets:
            received = len(sheets) - len(missing)
            ui.label(visit.say("requests_count", all=len(sheets), received=received)).classes("strong")
        if visit.visitor.may_write:
            ui.button(visit.say("requests_edit"), on_click=lambda: _edit(visit, requests)).props("flat dense")
    if missing:
        with ui.element("ul").classes("requests").props(f'aria-label="{visit.say("requests_open")}"'):
            for sheet in missing:
                with ui.element("li"):
                    ui.label(expected_line(sheet, visit.language)).classes("pre")


def _read(visit: Visit) -> tuple[list[SheetRequest], list[ExpectedSheet]]:
    requests = read_requests(visit.workspace.folders.expected)
    return requests, expected_sheets(visit.workspace.dataset, requests)


def _edit(visit: Visit, requests: list[SheetRequest]) -> None:
    """A dialog with the list, one request a line."""
    path = visit.workspace.folders.expected
    with ui.dialog() as dialog, ui.card().classes("panel"):
        heading(visit.say("requests_edit"))
        ui.label(visit.say("requests_hint")).classes("quiet")
        text = requests_to_text(requests)
        field = ui.textarea(visit.say("requests_list"), value=text).props("outlined autogrow").classes("wide")

        async def save() -> None:
            if not may_write(visit):
                return
            try:
                typed = text_to_requests(field.value or "", path)
                await run.io_bound(write_requests, path, requests, typed)
            except ChecksheetError as error:
                tell_error(visit, error)
                return
            ui.navigate.reload()

        with ui.element("div").classes("line"):
            ui.button(visit.say("save"), on_click=save)
            ui.button(visit.say("close"), on_click=dialog.close).props("flat")
    dialog.open()
