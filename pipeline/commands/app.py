"""The command app: the screens in the browser, on this machine, or for others with users and passwords."""

from __future__ import annotations

import getpass
import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.terminal import (
    CONTROLS,
    DATASET,
    EXPECTED,
    RAW,
    REVIEW,
    Lang,
    RawFolder,
    TablesFolder,
    find_requests,
    read_mask,
    read_passwords,
    resolve_language,
    say,
    stop,
    tell,
)
from pipeline.errors import AppNotStarted
from pipeline.settings import Settings

_DATA, _USERS, _POLICY = Path("data"), Path("data/users.toml"), Path("data/policy.toml")
_INQUIRIES = Path("data/inquiries.csv")
_PORT = 8475
_SHORTEST_PASSWORD = 8


def app_command(
    raw_dir: RawFolder = RAW,
    out: TablesFolder = DATASET,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any free one.")
    ] = _PORT,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="Address to listen at, for other machines; needs a user with a password."
        ),
    ] = "127.0.0.1",
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Change nothing; with --add-user, a user who only looks.")
    ] = False,
    add_user: Annotated[
        str | None, typer.Option("--add-user", help="Add a user, or give one a new password; then end.")
    ] = None,
    show: Annotated[bool, typer.Option("--open/--no-open", help="Open the browser.")] = True,
    lang: Lang = None,
) -> None:
    """Open the screens in the browser: drop sheets in, check, compare, ask back, judge. Ctrl-C ends."""
    language = resolve_language(lang) if lang or os.environ.get("CHECKSHEET_LANG") else "ja"
    if find_spec("nicegui") is None:
        raise AppNotStarted({"package": "nicegui"}, "app_not_installed")
    if add_user is not None:
        _add_user(add_user, read_only, language)
        return
    os.environ.setdefault("NICEGUI_STORAGE_PATH", str(out / ".app"))  # read when it is imported
    from pipeline.app.gate.visitors import read_accounts  # noqa: PLC0415
    from pipeline.app.server import AppOptions, serve  # noqa: PLC0415  slow import
    from pipeline.app.workspace import AppFolders  # noqa: PLC0415

    settings = Settings(
        raw_dir, out, os.cpu_count() or 1, language=language, passwords=read_passwords(),
        controls=CONTROLS, review=REVIEW, mask=read_mask(), expected=find_requests(language),
    )  # fmt: skip
    options = AppOptions(host, port, tuple(read_accounts(_USERS)), read_only)

    def ready(address: str) -> None:
        tell(say(language, "app_ready", {"address": address}))
        sys.stdout.flush()
        if show:
            typer.launch(address)

    try:
        serve(settings, AppFolders(_DATA, REVIEW, _POLICY, EXPECTED, _INQUIRIES), options, ready)
    except KeyboardInterrupt:
        tell(say(language, "app_ended", {}), error=True)


def _add_user(name: str, read_only: bool, language: str) -> None:
    """Ask for the password, twice where a person types it, and add the user."""
    from pipeline.app.gate.visitors import Visitor, add_account  # noqa: PLC0415

    if sys.stdin.isatty():
        password = getpass.getpass(say(language, "app_password", {"name": name}))
        if password != getpass.getpass(say(language, "app_password_again", {})):
            stop(say(language, "app_passwords_differ", {}))
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < _SHORTEST_PASSWORD:
        stop(say(language, "app_password_short", {"least": _SHORTEST_PASSWORD}))
    add_account(_USERS, Visitor(name, not read_only), password)
    tell(say(language, "app_user_added", {"name": name, "path": _USERS}))
