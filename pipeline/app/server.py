"""Settings in, the app out at an address of this machine: pages, pictures, downloads, and the gate before them all.

NiceGUI would choose the address and the port itself; here the socket is opened first, so that what is printed is true.
"""

from __future__ import annotations

import contextlib
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from nicegui import app as pages
from nicegui import ui
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pipeline.app.background import BackgroundRuns
from pipeline.app.gate.gatekeeper import Gate, GateRules, own_hosts
from pipeline.app.gate.visitors import Sessions, UserAccount, owner
from pipeline.app.screens import (
    asking,
    comparing,
    form_columns,
    judging,
    legend_marks,
    queue,
    receiving,
    running,
    searching,
    yearly,
)
from pipeline.app.transfers import register_transfers
from pipeline.app.widgets.answer_details import state_rules
from pipeline.app.widgets.picture_store import PICTURES, PictureStore
from pipeline.app.workspace import AppFolders, SnapshotCache, Workspace, visit_of
from pipeline.assess.comparison.build import build_comparison
from pipeline.errors import AppNotStarted, ChecksheetError
from pipeline.query.review_queue import read_control_names, read_review_queue
from pipeline.query.search import build_search_index
from pipeline.review.form_layouts.form_legends import read_form_legends
from pipeline.settings import Settings

_SCREENS: dict[str, Callable[..., object]] = {
    "/inbox": receiving.page,
    "/queue": queue.page,
    "/queue/form/{form_key}": form_columns.page,
    "/queue/legend/{form_key}": legend_marks.page,
    "/compare": comparing.page,
    "/ask": asking.page,
    "/yearly": yearly.page,
    "/judge": judging.page,
    "/search": searching.page,
    "/runs": running.page,
}
_PAGE_SECONDS = 60.0
_GONE = 60.0  # seconds after which a browser that is silent has left: a busy machine makes it silent, too


@dataclass(frozen=True, slots=True)
class AppOptions:
    """Where to listen (port 0 takes any free one), who may come in beside the owner, and whether the owner only reads."""

    host: str = "127.0.0.1"
    port: int = 0
    accounts: tuple[UserAccount, ...] = ()
    read_only: bool = False


def serve(settings: Settings, folders: AppFolders, options: AppOptions, ready: Callable[[str], None]) -> None:
    """Serve the app until it is interrupted; `ready` gets its address with the token. Raises AppNotStarted."""
    listener = _listen(options)
    port = listener.getsockname()[1]
    sessions = Sessions(secrets.token_urlsafe(24), owner(options.read_only), options.accounts)
    workspace = build_workspace(settings, folders)
    gate = Gate(
        _build_app(),
        sessions,
        GateRules(own_hosts(options.host, port), f"checksheet_{port}", settings.language),
        workspace,
    )
    config = uvicorn.Config(
        gate, log_level="warning", access_log=False, server_header=False, ws_max_size=1 << 24
    )
    workspace.runs.start(lambda: _prepare(workspace))
    if settings.raw.is_dir():
        workspace.runs.request()
    ready(f"http://127.0.0.1:{port}/?token={sessions.token}")
    try:
        uvicorn.Server(config).run(sockets=[listener])
    finally:
        workspace.pictures.close()


def build_workspace(settings: Settings, folders: AppFolders) -> Workspace:
    """What all screens share."""
    dataset = settings.out
    return Workspace(
        settings,
        folders,
        BackgroundRuns(settings),
        PictureStore(settings),
        SnapshotCache(dataset, build_comparison),
        SnapshotCache(dataset, build_search_index),
        SnapshotCache(dataset, read_review_queue),
        SnapshotCache(dataset, read_control_names),
        SnapshotCache(dataset, read_form_legends),
    )


def _prepare(workspace: Workspace) -> None:
    """Have the comparison ready before somebody waits for it; without a dataset there is nothing to prepare."""
    with contextlib.suppress(ChecksheetError):
        workspace.comparison.get()


def _listen(options: AppOptions) -> socket.socket:
    if options.host not in {"127.0.0.1", "localhost", "::1"} and not options.accounts:
        raise AppNotStarted({"host": options.host}, "app_no_user")
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((options.host, options.port))
        listener.listen()  # a browser that comes before the server is ready waits, and is not refused
    except OSError as error:
        listener.close()
        params = {"host": options.host, "port": options.port, "why": error.strerror or error}
        raise AppNotStarted(params, "app_no_port") from error
    return listener


def _build_app() -> FastAPI:
    """The pages with their addresses. NiceGUI holds them once for the whole program."""
    outer = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    for address, page in _SCREENS.items():
        ui.page(address, response_timeout=_PAGE_SECONDS)(page)
    pages.add_api_route("/", _home, methods=["GET"])
    pages.add_api_route(f"{PICTURES}/{{name}}.png", _picture, methods=["GET"])
    register_transfers(pages)
    pages.add_api_route("/states.css", _states, methods=["GET"])
    for name in ("look.css", "drop.js", "names.js"):
        pages.add_static_file(
            local_file=Path(__file__).parent / "widgets" / name, url_path=f"/{name}", max_cache_age=0
        )
    ui.run_with(
        outer,
        title="checksheet",
        language="ja",
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=_GONE,
    )
    return outer


def _home() -> Response:
    return RedirectResponse("/inbox", 303)


def _states() -> Response:
    return Response(state_rules(), media_type="text/css")


def _picture(request: Request, name: str) -> Response:
    png = visit_of(request).workspace.pictures.png(name)
    if png is None:
        return Response(status_code=404)
    return Response(png, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})
