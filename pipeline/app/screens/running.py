"""記録: what was decided and read, by whom and when; watching the folder; a backup of the data, and back."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from nicegui import events, run, ui
from starlette.requests import Request

from pipeline.app.decisions import may_write, tell_error, withdraw
from pipeline.app.widgets.page_frame import frame, heading, is_gone, keys
from pipeline.app.widgets.text_grid import clip, text_grid
from pipeline.app.workspace import Visit, visit_of
from pipeline.errors import ChecksheetError
from pipeline.review.decision import Decision
from pipeline.review.store import read_decisions
from pipeline.sources.backup import restore_backup
from pipeline.texts.sanitize import sanitize_text

_SHOWN = 500
_LOG = 20_000  # characters of the run's log


async def page(request: Request) -> None:
    """The page /runs."""
    visit = visit_of(request)
    with frame(visit, "runs"):
        _watch(visit)
        reviewed = await run.io_bound(read_decisions, visit.workspace.folders.review)
        if is_gone():
            return
        for fault in reviewed.faults:
            ui.label(fault.text(visit.language)).classes("notice pre")
        _decisions(visit, sorted(reviewed.lines, key=lambda entry: entry.at, reverse=True))
        _log(visit)
        _backup(visit)
        keys(visit, [])


def _watch(visit: Visit) -> None:
    runs = visit.workspace.runs
    with ui.element("div").classes("line filters"):
        switch = ui.switch(visit.say("watch"), value=runs.watching)
        if not visit.visitor.may_write:
            switch.disable()
            return
        switch.on_value_change(lambda event: runs.set_watching(bool(event.value)))
        ui.button(visit.say("run_now"), on_click=runs.request).props("outline dense no-caps")


def _decisions(visit: Visit, lines: list[Decision]) -> None:
    """The log of decisions, the newest first; a line that is chosen can be taken back."""
    heading(visit.say("decisions_log", count=len(lines)))
    names = (
        ("at", 160),
        ("who", 110),
        ("kind", 100),
        ("value", 200),
        ("about", 300),
        ("key", 260),
        ("why", 200),
    )
    columns = [
        {"field": name, "headerName": visit.say(f"log_{name}"), "width": width, "tooltipField": name}
        for name, width in names
    ]
    rows = [
        {"id": n, "at": entry.at, "who": clip(entry.who), "kind": visit.say(f"kind_{entry.kind}"),
         "value": (visit.say("withdrawn") if entry.withdraws else "") + clip(entry.value_text),
         "about": clip(" ".join(filter(None, entry.about))), "key": clip(entry.key_text), "why": clip(entry.why)}
        for n, entry in enumerate(lines[:_SHOWN])
    ]  # fmt: skip
    grid = text_grid(columns, rows, visit.language).classes("preview")
    if visit.visitor.may_write:
        ui.label(visit.say("withdraw_hint")).classes("quiet")

        async def chosen(event: events.GenericEventArguments) -> None:
            _ask_withdraw(visit, lines[event.args["data"]["id"]])

        grid.on("cellDoubleClicked", chosen)


def _ask_withdraw(visit: Visit, decision: Decision) -> None:
    if decision.withdraws:
        return
    with ui.dialog() as dialog, ui.card().classes("panel"):
        heading(visit.say("withdraw"))
        ui.label(f"{visit.say(f'kind_{decision.kind}')}: {decision.value_text}").classes("pre")
        ui.label(" ".join(filter(None, decision.about))).classes("quiet pre")

        async def confirm() -> None:
            if await withdraw(visit, decision):
                ui.navigate.reload()

        with ui.element("div").classes("line"):
            ui.button(visit.say("withdraw"), on_click=confirm)
            ui.button(visit.say("close"), on_click=dialog.close).props("flat")
    dialog.open()


def _log(visit: Visit) -> None:
    path = visit.workspace.dataset / "ingest.log"
    if path.is_file():
        text = sanitize_text(path.read_text(encoding="utf-8", errors="replace")[-_LOG:])
        when = dt.datetime.fromtimestamp(path.stat().st_mtime).isoformat(sep=" ", timespec="minutes")
        with ui.expansion(visit.say("run_log", when=when)).classes("wide paper"):
            ui.label(text).classes("pre code")


def _backup(visit: Visit) -> None:
    heading(visit.say("backup"))
    with ui.element("div").classes("line filters"):
        ui.link(visit.say("backup_make"), "/download/backup.zip").classes("download")
        ui.label(visit.say("backup_hint")).classes("quiet")
    if visit.visitor.may_write:
        upload = ui.upload(
            on_upload=lambda event: _restore(visit, event),
            auto_upload=True,
            label=visit.say("backup_restore"),
        )
        upload.props('accept=".zip" flat bordered').classes("upload")


async def _restore(visit: Visit, event: events.UploadEventArguments) -> None:
    if not may_write(visit):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backup.zip"
        await event.file.save(path)
        try:
            replaced = await run.io_bound(restore_backup, visit.workspace.folders.data, path)
        except ChecksheetError as error:
            tell_error(visit, error)
            return
        except OSError as error:
            ui.notify(visit.say("not_saved", name="backup.zip", why=error.strerror or error), type="negative")
            return
    ui.notify(visit.say("backup_restored", folder=replaced), timeout=0, close_button=visit.say("close"))
    visit.workspace.runs.request()
