"""The commands that show vendors side by side: compare (a workbook) and report (a page)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from normalizers.vocabulary import load
from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.follow_ups import build_follow_ups
from pipeline.assess.comparison.model import Choice, Comparison
from pipeline.commands.terminal import DATASET, Dataset, resolve_language, stop, tell, writing
from pipeline.outputs.comparison.write_comparison import write_comparison
from pipeline.outputs.html_report.write_report import write_report

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
    language = resolve_language(lang)
    comparison = _comparison(dataset, Choice(tuple(vendors or ()), tuple(controls or ())), language)
    _write(write_comparison, out, comparison, language)
    words = {"total": comparison.totals, "asks": len(build_follow_ups(comparison)), "path": out}
    tell(_phrase(language, "compared", words))


def report_command(
    out: Annotated[Path, typer.Option("--out", help="Page to write.")] = Path("report.html"),
    vendors: Vendors = None,
    controls: Controls = None,
    dataset: Dataset = DATASET,
    lang: Lang = None,
) -> None:
    """Write one self-contained page to mail: overview, heat map, gaps, quality of answers, what needs a person."""
    language = resolve_language(lang)
    comparison = _comparison(dataset, Choice(tuple(vendors or ()), tuple(controls or ())), language)
    _write(write_report, out, comparison, language)
    tell(_phrase(language, "reported", {"total": comparison.totals, "path": out}))


def _write(
    writer: Callable[[Path, Comparison, str], None], out: Path, comparison: Comparison, language: str
) -> None:
    """Write the file; the command ends where it cannot be written."""
    with writing(out, language):
        writer(out, comparison, language)


def _comparison(dataset: Path, choice: Choice, language: str) -> Comparison:
    """The comparison of a dataset; the command ends where there is none or the choice names nothing."""
    comparison = build_comparison(dataset, choice)
    if not comparison.parties:
        stop(_phrase(language, "nobody", {"path": dataset}))
    return comparison


def _phrase(language: str, key: str, words: dict[str, object]) -> str:
    """What compare.toml says under `key`."""
    return str(load("pipeline.commands.texts", "compare.toml")[language][key]).format_map(words)
