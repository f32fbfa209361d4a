"""The command watch: ingests whatever comes into a folder, as often as something does."""

from __future__ import annotations

import os
import threading
from typing import Annotated

import typer

from pipeline.commands.ingest import run_and_tell
from pipeline.commands.terminal import (
    CONTROLS,
    DATASET,
    RAW,
    REVIEW,
    Lang,
    PasswordFolders,
    RawFolder,
    TablesFolder,
    find_requests,
    read_mask,
    read_passwords,
    resolve_language,
    say,
    tell,
)
from pipeline.errors import ChecksheetError, RawFolderMissing
from pipeline.settings import Settings
from pipeline.sources.watch import Patience, watch_folder
from pipeline.system.signals import ends_kept, exit_code_of


def watch_command(
    raw_dir: RawFolder = RAW,
    out: TablesFolder = DATASET,
    quiet: Annotated[
        float,
        typer.Option("--quiet", min=0.1, help="Seconds without any change after which files are taken."),
    ] = 3.0,
    poll: Annotated[
        bool | None,
        typer.Option(
            "--poll/--no-poll", help="Look through the folder again and again; network shares need it."
        ),
    ] = None,
    passwords_in: PasswordFolders = None,
    lang: Lang = None,
) -> None:
    """Ingest what is in RAW_DIR, then whatever comes into it, once it has stopped growing. Ctrl-C ends."""
    language = resolve_language(lang)
    settings = Settings(
        raw_dir, out, os.cpu_count() or 1, language=language, passwords=read_passwords(),
        controls=CONTROLS, review=REVIEW, expected=find_requests(language),
        password_folders=tuple(passwords_in or ()), mask=read_mask(),
    )  # fmt: skip
    if not raw_dir.is_dir():
        raise RawFolderMissing({"raw": raw_dir})
    try:
        _once(settings)
        for _ in watch_folder(raw_dir, Patience(quiet, poll=poll), threading.Event()):
            _once(settings)
    except KeyboardInterrupt as interrupt:
        tell(say(language, "watch_ended", {"out": out}), error=True)
        raise typer.Exit(exit_code_of(interrupt)) from None


def _once(settings: Settings) -> None:
    """One run; why it could not run is told, and the next change is waited for."""
    try:
        with ends_kept(RuntimeError, ChecksheetError):
            run_and_tell(settings)
    except ChecksheetError as error:
        tell(error.text(settings.language), error=True)
    tell(say(settings.language, "watching", {"raw": settings.raw}))
