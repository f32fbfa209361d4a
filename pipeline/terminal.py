"""What the commands share: the environment's settings, and how a command ends."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from pipeline.problems import LANGUAGES


def passwords_told() -> tuple[str, ...]:
    """Passwords of CHECKSHEET_PASSWORDS: one a line, or the whole text and its parts between commas."""
    told = os.environ.get("CHECKSHEET_PASSWORDS", "")
    lines = told.splitlines() if "\n" in told else [told, *told.split(",")]
    return tuple(dict.fromkeys(line for line in lines if line))


def language_told(asked: str | None) -> str:
    """`en` or `ja`: as asked, else by CHECKSHEET_LANG, else by the locale."""
    told = (
        asked
        or os.environ.get("CHECKSHEET_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LANG")
        or "en"
    )
    language = told[:2].lower()
    if asked and language not in LANGUAGES:
        raise typer.BadParameter(f"{asked} is not one of {', '.join(LANGUAGES)}", param_hint="--lang")
    return language if language in LANGUAGES else "en"


def stop(message: str) -> NoReturn:
    """End the command with code 2 and a message."""
    print(message, file=sys.stderr)
    raise typer.Exit(2)
