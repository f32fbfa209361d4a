"""Files into the app and out of it: dropped files into the raw folder, workbooks and pages as downloads."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from fastapi import FastAPI
from nicegui import run
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from pipeline.app.screens.asking import letter_lines
from pipeline.app.screens.judging import judge_all, verdict_context
from pipeline.app.workspace import Visit, visit_of
from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.labels import Labels
from pipeline.assess.comparison.model import Choice
from pipeline.assess.inquiries.inquiry_table import read_inquiries
from pipeline.assess.inquiries.questions import build_inquiry_questions
from pipeline.errors import ChecksheetError, NothingChosen
from pipeline.outputs.comparison.inquiry_letter import write_inquiry_sheet
from pipeline.outputs.comparison.summary.write_summary import write_summary
from pipeline.outputs.comparison.write_comparison import write_comparison
from pipeline.outputs.html_report.write_report import write_report
from pipeline.outputs.verdicts import write_verdicts
from pipeline.outputs.xlsx.write_tables import write_answer
from pipeline.query.query import query, to_csv
from pipeline.sources.backup import write_backup
from pipeline.sources.receive import save_received

RECEIVE = "/receive"
_LARGEST = 1 << 30  # bytes of one file
_MOST_ROWS = 1_000_000
_DAY = 24 * 3600.0
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".zip": "application/zip",
}


def register_transfers(pages: FastAPI) -> None:
    """Add the addresses to the app."""
    pages.add_api_route(RECEIVE, receive, methods=["PUT"])
    pages.add_api_route("/download/comparison.xlsx", comparison_workbook, methods=["GET"])
    pages.add_api_route("/download/summary.html", summary_page, methods=["GET"])
    pages.add_api_route("/download/report.html", report_page, methods=["GET"])
    pages.add_api_route("/download/verdicts.xlsx", verdict_file, methods=["GET"])
    pages.add_api_route("/download/verdicts.html", verdict_file, methods=["GET"])
    pages.add_api_route("/download/inquiry.xlsx", inquiry_workbook, methods=["GET"])
    pages.add_api_route("/download/backup.zip", backup_archive, methods=["GET"])
    pages.add_api_route("/download/result.csv", result_table, methods=["GET"])
    pages.add_api_route("/download/result.xlsx", result_table, methods=["GET"])


async def receive(request: Request, name: str) -> Response:
    """PUT /receive?name=folder/file: the body into today's folder of the raw folder."""
    visit = visit_of(request)
    if not visit.visitor.may_write:
        return PlainTextResponse(visit.say("may_not_write"), 403)
    folder = visit.say("received_folder", date=dt.date.today().isoformat())
    raw = visit.workspace.settings.raw
    try:
        with _waiting_file(visit.workspace.dataset / ".uploads") as partial:
            if not await _is_written(request, partial):
                return PlainTextResponse(visit.say("file_too_large", name=name), 413)
            saved = await run.io_bound(save_received, raw, folder, unquote(name), partial)
    except OSError as error:
        return PlainTextResponse(visit.say("not_saved", name=name, why=error.strerror or error), 507)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it
    return JSONResponse({"path": saved.path, "known": saved.known})


@contextmanager
def _waiting_file(folder: Path) -> Iterator[Path]:
    """A file for what is being sent; it goes, however that ends. What a program that was killed left behind a day ago goes too.

    Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.stat().st_mtime < time.time() - _DAY:
            path.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


async def _is_written(request: Request, partial: Path) -> bool:
    """Whether all of the body stands in the file: not where it is too large. Raises OSError and ClientDisconnect."""
    size = 0
    with partial.open("wb") as stream:
        async for chunk in request.stream():
            size += len(chunk)
            if size > _LARGEST:
                return False
            stream.write(chunk)
    return True


async def comparison_workbook(request: Request) -> Response:
    """The comparison of the vendors that `?vendor=` names, all without any."""
    visit = visit_of(request)

    def write(path: Path) -> None:
        write_comparison(path, build_comparison(visit.workspace.dataset, _choice(request)), visit.language)

    return await as_download(visit, "compare.xlsx", write)


async def summary_page(request: Request) -> Response:
    """The page to print and sign, of the vendors that `?vendor=` names; shown, not saved."""
    visit = visit_of(request)

    def write(path: Path) -> None:
        write_summary(path, build_comparison(visit.workspace.dataset, _choice(request)), visit.language)

    return await as_download(visit, "summary.html", write, shown=True)


async def report_page(request: Request) -> Response:
    """The report of the vendors that `?vendor=` names."""
    visit = visit_of(request)

    def write(path: Path) -> None:
        write_report(path, build_comparison(visit.workspace.dataset, _choice(request)), visit.language)

    return await as_download(visit, "report.html", write)


async def result_table(request: Request) -> Response:
    """What a search (`?q=`) or SQL (`?sql=`) gives: CSV that Excel knows for UTF-8, or a workbook."""
    visit = visit_of(request)
    words, sql = request.query_params.get("q", ""), request.query_params.get("sql", "")

    def write(path: Path) -> None:
        answer = (
            query(visit.workspace.dataset, sql)
            if sql
            else visit.workspace.search.get().find(words, _MOST_ROWS)
        )
        if path.suffix == ".csv":
            path.write_text(to_csv(answer), encoding="utf-8-sig")
        else:
            write_answer(path, answer)

    return await as_download(visit, request.url.path.rsplit("/", 1)[-1], write)


async def verdict_file(request: Request) -> Response:
    """The verdicts as a workbook or a page."""
    visit = visit_of(request)

    def write(path: Path) -> None:
        policy, verdicts = judge_all(visit, dt.date.today())
        write_verdicts(path, verdicts, verdict_context(visit, policy))

    return await as_download(visit, request.url.path.rsplit("/", 1)[-1], write)


async def inquiry_workbook(request: Request, vendor: str) -> Response:
    """The questions to one vendor, to be answered in the workbook."""
    visit = visit_of(request)

    def write(path: Path) -> None:
        comparison = visit.workspace.comparison.get()
        index = next((n for n, party in enumerate(comparison.parties) if party.name == vendor), None)
        if index is None:
            raise NothingChosen({"word": vendor, "known": "–"}, "no_vendor")
        questions = [
            q for q in build_inquiry_questions(comparison, Labels(visit.language)) if q.party == index
        ]
        inquiries = read_inquiries(visit.workspace.folders.inquiries)
        lines = letter_lines(visit, comparison.parties[index], questions, inquiries)
        write_inquiry_sheet(path, lines, visit.language)

    return await as_download(visit, "inquiry.xlsx", write)


async def backup_archive(request: Request) -> Response:
    """All data of the user as one zip, streamed from a file that goes when it is sent."""
    visit = visit_of(request)
    if not visit.visitor.may_write:
        return PlainTextResponse(visit.say("may_not_write"), 403)
    folder = await run.io_bound(tempfile.mkdtemp)
    path = Path(folder) / "backup.zip"
    try:
        await run.io_bound(write_backup, visit.workspace.folders.data, path)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return PlainTextResponse(visit.say("not_saved", name=path.name, why=error.strerror or error), 507)
    name = f"checksheet-{dt.date.today().isoformat()}.zip"
    return FileResponse(path, filename=name, background=BackgroundTask(shutil.rmtree, folder))


def _choice(request: Request) -> Choice:
    return Choice(
        tuple(request.query_params.getlist("vendor")), tuple(request.query_params.getlist("control"))
    )


async def as_download(
    visit: Visit, name: str, write: Callable[[Path], None], shown: bool = False
) -> Response:
    """What `write` writes, handed out as a file called `name` or shown in the browser; its error as a sentence."""

    def made() -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            write(path)
            return path.read_bytes()

    try:
        data = await run.io_bound(made)
    except ChecksheetError as error:
        return PlainTextResponse(error.text(visit.language), 409)
    kind = "inline" if shown else "attachment"
    headers = {"Content-Disposition": f'{kind}; filename="{name}"', "Cache-Control": "no-store"}
    return Response(data, media_type=_TYPES[Path(name).suffix], headers=headers)
