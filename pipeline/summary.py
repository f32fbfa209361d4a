"""What a run gave in, what the terminal shows out: a line a file, totals, and what to do next."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from normalizers.vocabulary import load
from pipeline.document import Outcome
from pipeline.forms import Form
from pipeline.harmless import harmless, on_one_line
from pipeline.ingest import Run, Settings

# Columns, and from how many characters of the screen on they have room.
_COLUMNS = {
    "file": 0,
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
    "no_checklist": "dim",
    "encrypted": "red",
    "failed": "red",
    "duplicate": "dim",
}


def print_summary(console: Console, run: Run, settings: Settings, seconds: float) -> None:
    """Print the table of files, the totals and the next steps."""
    words = load("pipeline", "summary.toml")[settings.language]
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    columns = [name for name, width in _COLUMNS.items() if width <= console.width]
    for name in columns:
        if name in {"file", "form"}:
            table.add_column(words[name], overflow="fold", min_width=12)
        else:
            table.add_column(words[name], justify="left" if name == "status" else "right", no_wrap=True)
    for outcome, forms in zip(run.outcomes, run.forms, strict=True):
        cells = _cells(outcome, forms, words)
        table.add_row(*(cells[name] for name in columns))
    console.print(table)
    console.print()
    _print_totals(console, run, words, seconds)
    _print_next(console, run, settings, words)


def _cells(outcome: Outcome, forms: tuple[Form, ...], words: dict[str, str]) -> dict[str, Text]:
    mine = [
        (c, form) for c, form in zip(outcome.checklists, forms, strict=True) if c.kind in {"filled", "blank"}
    ]
    names = list(dict.fromkeys(form.name or "–" for _, form in mine))
    items = sum(len(c.records) for c, _ in mine)
    answered = sum(c.answered for c, _ in mine)
    look = len(outcome.problems)
    status = words[f"status_{outcome.status}"]
    if mine and all(c.kind == "blank" for c, _ in mine):
        status = f"{status} ({words['blank']})"
    return {
        "file": Text(on_one_line(outcome.file.name)),
        "status": Text(status, style=_COLOURS[outcome.status]),
        "form": Text(on_one_line(", ".join(names))),
        "items": Text(str(items) if mine else ""),
        "answered": Text(str(answered) if mine else ""),
        "used": Text(f"{outcome.coverage:.0%}" if mine and outcome.coverage is not None else ""),
        "to_look_at": Text(str(look) if look else "", style="yellow"),
        "seconds": Text(f"{outcome.seconds:.1f}"),
    }


def _print_totals(console: Console, run: Run, words: dict[str, str], seconds: float) -> None:
    records = [
        r for o in run.outcomes for c in o.checklists if c.kind in {"filled", "blank"} for r in c.records
    ]
    answers = Counter(record.reading.answer for record in records)
    statuses = Counter(outcome.status for outcome in run.outcomes)
    read = statuses["ok"] + statuses["partial"]
    console.print(
        words["totals"].format(
            files=len(run.outcomes), read=read, rows=len(records), seconds=f"{seconds:.1f}"
        )
    )
    shown = ", ".join(f"{answer} {count}" for answer, count in answers.most_common())
    if shown:
        console.print(f"  {words['answers']}: {shown}")
    console.print(f"  {words['aligned'].format(aligned=run.aligned, items=run.items)}")
    console.print()


def _print_next(console: Console, run: Run, settings: Settings, words: dict[str, str]) -> None:
    """What to do next: what was not read first, then what to look at, then how to ask."""
    lost = [o for o in run.outcomes if o.status in {"failed", "encrypted"}]
    part = [o for o in run.outcomes if o.status == "partial"]
    looks = sum(len(o.problems) for o in run.outcomes)
    option = "" if settings.out == Path("data/parquet") else f" --dataset {shlex.quote(str(settings.out))}"
    steps = []
    if not run.outcomes:
        steps.append(words["next_empty"].format(raw=settings.raw))
    if lost:
        steps.append(words["next_lost"].format(count=len(lost)))
    if part:
        steps.append(words["next_partial"].format(count=len(part)))
    if run.unused:
        lines = ", ".join(f"{correction.line} ({correction.path})" for correction in run.unused)
        steps.append(words["next_unused"].format(path=settings.vendors, lines=lines))
    name = _program()
    if looks:
        sql = "SELECT path, message FROM problems ORDER BY severity, path"
        steps.append(words["next_problems"].format(count=looks, command=f'{name} query "{sql}"{option}'))
    sql = "SELECT vendor, item_no, requirement, answer, remarks FROM latest LIMIT 20"
    if any(checklist.kind == "filled" for outcome in run.outcomes for checklist in outcome.checklists):
        steps.append(words["next_compare"].format(command=f"{name} compare{option}"))
    steps.append(words["next_query"].format(command=f'{name} query "{sql}"{option}'))
    console.print(f"[bold]{words['next']}[/bold]")
    for number, step in enumerate(steps, 1):
        console.print(f"  {number}. {escape(harmless(step))}", highlight=False, soft_wrap=True)


def _program() -> str:
    """How a person calls this program: by its name where the path finds it, else by its place."""
    called = Path(sys.argv[0])
    if called.name != "checksheet" or shutil.which("checksheet"):
        return "checksheet"
    here = Path.cwd()
    return shlex.quote(str(called.relative_to(here) if called.is_relative_to(here) else called))
