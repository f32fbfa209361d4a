"""What a run gave in, what the terminal shows out: a line a file that was read or is in trouble, totals, what to do next."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from normalizers.vocabulary import load
from pipeline.dataset.storage import place_text
from pipeline.incremental.expected_sheets import ExpectedSheet, ReplyState
from pipeline.incremental.run_report import FileSummary, RunReport
from pipeline.query.totals import DatasetCounts
from pipeline.settings import Settings
from pipeline.texts.sanitize import sanitize_line, sanitize_text

# Columns, and from how many characters of the screen on they have room.
_COLUMNS = {
    "file": 0,
    "vendor": 90,
    "status": 0,
    "form": 100,
    "items": 0,
    "answered": 0,
    "used": 120,
    "to_look_at": 0,
    "seconds": 120,
}
_COLOURS = {
    "ok": "green",
    "partial": "yellow",
    "to_confirm": "yellow",
    "no_checklist": "dim",
    "encrypted": "red",
    "failed": "red",
    "duplicate": "dim",
    "container": "dim",
    "ignored": "dim",
    "removed": "dim",
}
_MOST_PATHS = 3
_UNUSED = 5  # decisions that fit nothing: so many are named
_TROUBLE = {"failed", "encrypted"}


def print_summary(
    console: Console, run: RunReport, counts: DatasetCounts, settings: Settings, seconds: float
) -> None:
    """Print the table of files, the totals and the next steps; `counts` are of the dataset that the run wrote."""
    words = load("pipeline.outputs", "run_summary.toml")[settings.language]
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    columns = [name for name, width in _COLUMNS.items() if width <= console.width]
    for name in columns:
        if name in {"file", "vendor", "form"}:
            table.add_column(words[name], overflow="fold", min_width=12)
        else:
            table.add_column(words[name], justify="left" if name == "status" else "right", no_wrap=True)
    shown = [line for line in run.lines if _is_shown(line)]
    for line in shown:
        cells = _cells(line, counts.items_by_path.get(line.name, (0, 0)), words)
        table.add_row(*(cells[name] for name in columns))
    if shown or not run.lines:
        console.print(table)
        console.print()
    _print_totals(console, (run, counts), settings.language, seconds)
    _print_expected(console, run, words)
    _print_next(console, run, settings, words)


def _is_shown(line: FileSummary) -> bool:
    """Whether a file has a line of its own: what was read now and is no noise, and what is in trouble."""
    return line.status in _TROUBLE or (line.seconds is not None and line.status != "ignored")


def _cells(line: FileSummary, items: tuple[int, int], words: dict[str, str]) -> dict[str, Text]:
    names = list(dict.fromkeys(name or "–" for name in line.forms))
    status = words[f"status_{line.status}"]
    if line.kinds and all(kind == "blank" for kind in line.kinds):
        status = f"{status} ({words['blank']})"
    return {
        "file": Text(sanitize_line(line.name)),
        "vendor": Text(sanitize_line(line.vendor or "")),
        "status": Text(status, style=_COLOURS[line.status]),
        "form": Text(sanitize_line(", ".join(names))),
        "items": Text(str(items[0]) if line.kinds else ""),
        "answered": Text(str(items[1]) if line.kinds else ""),
        "used": Text(f"{line.coverage:.0%}" if line.kinds and line.coverage is not None else ""),
        "to_look_at": Text(str(line.problems) if line.problems else "", style="yellow"),
        "seconds": Text("" if line.seconds is None else f"{line.seconds:.1f}"),
    }


def _print_totals(
    console: Console, run_counts: tuple[RunReport, DatasetCounts], language: str, seconds: float
) -> None:
    run, counts = run_counts
    words = load("pipeline.outputs", "run_summary.toml")[language]
    totals = counts.totals
    console.print(words["totals"].format(total=totals, seconds=f"{seconds:.1f}"))
    apart = ("files_in_part", "files_to_confirm", "files_without_list", "files_not_read", "files_duplicate", "files_carrying",
             "files_ignored")  # fmt: skip
    taken = {key: getattr(totals, key) for key in apart} | {
        "unchanged": run.unchanged, "replaced": run.replaced, "removed": run.removed,
    }  # fmt: skip
    for key, count in taken.items():
        if count:
            console.print(f"  {words[key].format(count=count)}")
    if totals.answers:
        console.print(f"  {words['answers'].format(total=totals)}")
        names = load("pipeline.texts", "answers.toml")[language]["answers"]
        shown = words["separator"].join(f"{names[answer]} {count}" for answer, count in counts.words.items())
        console.print(f"  {words['words']}{shown}")
    console.print(f"  {words['aligned'].format(aligned=run.aligned, items=run.items, total=totals)}")
    console.print()


def _print_expected(console: Console, run: RunReport, words: dict[str, str]) -> None:
    """Who was asked and has sent nothing, nothing usable, or another form; nothing where nobody was asked."""
    if not run.expected:
        return
    open_requests = [sheet for sheet in run.expected if sheet.state != ReplyState.RECEIVED]
    received = len(run.expected) - len(open_requests)
    console.print(words["expected"].format(count=len(run.expected), received=received))
    for sheet in open_requests:
        console.print(
            f"  {escape(sanitize_line(_expected_line(sheet, words)))}", highlight=False, soft_wrap=True
        )
    console.print()


def _expected_line(sheet: ExpectedSheet, words: dict[str, str]) -> str:
    request = sheet.request
    due = words["due"].format(due=request.due.isoformat()) if request.due else ""
    details = ", ".join(text for text in (request.service, request.form, due) if text)
    shown = ", ".join(sheet.paths[:_MOST_PATHS]) + (" …" if len(sheet.paths) > _MOST_PATHS else "")
    state = words[f"reply_{sheet.state}"].format(paths=shown)
    return words["expected_line"].format(
        vendor=request.vendor, details=f" ({details})" if details else "", state=state
    )


def _print_next(console: Console, run: RunReport, settings: Settings, words: dict[str, str]) -> None:
    """What to do next: what was not read first, then what to look at, then how to ask."""
    lost = [line for line in run.lines if line.status in _TROUBLE]
    part = [line for line in run.lines if line.status == "partial"]
    looks = sum(line.problems for line in run.lines)
    option = (
        "" if settings.out == Path("data/parquet") else f" --dataset {shlex.quote(place_text(settings.out))}"
    )
    steps = []
    if not run.lines:
        steps.append(words["next_empty"].format(raw=place_text(settings.raw)))
    if lost:
        steps.append(words["next_lost"].format(count=len(lost)))
    if part:
        steps.append(words["next_partial"].format(count=len(part)))
    name = _program()
    if run.to_confirm:
        key = "next_confirm_one" if run.to_confirm == 1 else "next_confirm"
        steps.append(words[key].format(count=run.to_confirm, command=f"{name} layouts{option}"))
    if run.unused:
        shown = ", ".join(f"{kind} {key}" for kind, key in run.unused[:_UNUSED])
        more = ", …" if len(run.unused) > _UNUSED else ""
        unused = {"count": len(run.unused), "path": settings.review, "keys": f"{shown}{more}"}
        steps.append(words["next_unused"].format_map(unused))
    if run.removed:
        prune = f"{name} ingest {shlex.quote(place_text(settings.raw))} --prune"
        raw_option = (
            "" if settings.out == Path("data/parquet") else f" --out {shlex.quote(place_text(settings.out))}"
        )
        steps.append(words["next_prune"].format(count=run.removed, command=prune + raw_option))
    if looks:
        sql = "SELECT path, message FROM problems ORDER BY severity, path"
        steps.append(words["next_problems"].format(count=looks, command=f'{name} query "{sql}"{option}'))
    sql = "SELECT vendor, item_no, requirement, answer, remarks FROM latest LIMIT 20"
    if any("filled" in line.kinds for line in run.lines):
        steps.append(words["next_compare"].format(command=f"{name} compare{option}"))
    steps.append(words["next_query"].format(command=f'{name} query "{sql}"{option}'))
    console.print(f"[bold]{words['next']}[/bold]")
    for number, step in enumerate(steps, 1):
        console.print(f"  {number}. {escape(sanitize_text(step))}", highlight=False, soft_wrap=True)


def _program() -> str:
    """How a person calls this program: by its name where the path finds it, else by its place."""
    called = Path(sys.argv[0])
    if called.name != "checksheet" or shutil.which("checksheet"):
        return "checksheet"
    here = Path.cwd()
    return shlex.quote(str(called.relative_to(here) if called.is_relative_to(here) else called))
