"""The commands that hand a dataset round: compare (a workbook) and report (a page)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from normalizers.vocabulary import load
from pipeline.assess.comparison.build import standing_of
from pipeline.assess.comparison.follow_ups import asks_of, gaps_of
from pipeline.assess.comparison.model import Choice, Standing
from pipeline.commands.terminal import DATASET, Dataset, language_told, say, stop, tell
from pipeline.outputs.comparison.workbook import write_comparison
from pipeline.outputs.html_report.render import write_report

Vendors = Annotated[
    list[str] | None,
    typer.Option("--vendors", "--vendor", help="Part of a vendor's or service's name; may be given again."),
]
Controls = Annotated[
    list[str] | None,
    typer.Option(
        "--controls",
        "--control",
        help="A control's id, its domain (* for any part) or part of its name; may be given again.",
    ),
]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the output: en or ja.")]


def compare_command(
    out: Annotated[Path, typer.Option("--out", help="Workbook to write.")] = Path("compare.xlsx"),
    vendors: Vendors = None,
    controls: Controls = None,
    dataset: Dataset = DATASET,
    lang: Lang = None,
) -> None:
    """Write a workbook that lays the vendors' answers side by side, control by control."""
    language = language_told(lang)
    standing = _standing(dataset, Choice(tuple(vendors or ()), tuple(controls or ())), language)
    _write(write_comparison, out, standing, language)
    counts = {"gaps": len(gaps_of(standing)), "asks": len(asks_of(standing))}
    tell(_told(language, "compared", _counts(standing) | counts | {"path": out}))


def report_command(
    out: Annotated[Path, typer.Option("--out", help="Page to write.")] = Path("report.html"),
    vendors: Vendors = None,
    controls: Controls = None,
    dataset: Dataset = DATASET,
    lang: Lang = None,
) -> None:
    """Write one self-contained page to mail: overview, heat map, gaps, quality of answers, what needs a person."""
    language = language_told(lang)
    standing = _standing(dataset, Choice(tuple(vendors or ()), tuple(controls or ())), language)
    _write(write_report, out, standing, language)
    files = {"files": len({sheet.path for sheet in standing.sheets}), "path": out}
    tell(_told(language, "reported", _counts(standing) | files))


def _write(
    writer: Callable[[Path, Standing, str], None], out: Path, standing: Standing, language: str
) -> None:
    """Write the file; the command ends where it cannot be written."""
    try:
        writer(out, standing, language)
    except OSError as error:
        stop(say(language, "not_written", {"path": out, "why": error.strerror or error}))


def _counts(standing: Standing) -> dict[str, object]:
    return {"vendors": len(standing.parties), "controls": len(standing.controls)}


def _standing(dataset: Path, choice: Choice, language: str) -> Standing:
    """The standing of a dataset; the command ends where there is none or the choice names nothing."""
    standing = standing_of(dataset, choice)
    if not standing.parties:
        stop(_told(language, "nobody", {"path": dataset}))
    return standing


def _told(language: str, key: str, words: dict[str, object]) -> str:
    """What compare.toml says under `key`."""
    return str(load("pipeline.commands", "compare.toml")[language][key]).format_map(words)
