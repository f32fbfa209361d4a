"""What a run gave in, what the terminal shows out: a line a file that was read or is in trouble, totals, what to do next."""

from __future__ import annotations

import shlex
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from normalizers.vocabulary import load
from pipeline.harmless import harmless, on_one_line
from pipeline.ingest import Settings
from pipeline.report import Line, Run

_COLOURS = {
    "ok": "green",
    "partial": "yellow",
    "no_checklist": "dim",
    "encrypted": "red",
    "failed": "red",
    "duplicate": "dim",
    "removed": "dim",
}
_TROUBLE = {"failed", "encrypted"}


def print_summary(console: Console, run: Run, settings: Settings, seconds: float) -> None:
    """Print the table of files, the totals and the next steps."""
    words = load("pipeline", "summary.toml")[settings.language]
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    table.add_column(words["file"], overflow="fold", min_width=24)
    table.add_column(words["status"], no_wrap=True)
    table.add_column(words["form"], overflow="fold", min_width=12)
    for name in ("items", "answered", "used", "to_look_at", "seconds"):
        table.add_column(words[name], justify="right", no_wrap=True)
    shown = [line for line in run.lines if line.seconds is not None or line.status in _TROUBLE]
    for line in shown:
        table.add_row(*_cells(line, words))
    if shown or not run.lines:
        console.print(table)
        console.print()
    _print_totals(console, run, words, seconds)
    _print_next(console, run, settings, words)


def _cells(line: Line, words: dict[str, str]) -> list[Text]:
    names = list(dict.fromkeys(name or "–" for name in line.forms))
    status = words[f"status_{line.status}"]
    if line.kinds and all(kind == "blank" for kind in line.kinds):
        status = f"{status} ({words['blank']})"
    return [
        Text(on_one_line(line.name)),
        Text(status, style=_COLOURS[line.status]),
        Text(on_one_line(", ".join(names))),
        Text(str(line.items) if line.kinds else ""),
        Text(str(line.answered) if line.kinds else ""),
        Text(f"{line.coverage:.0%}" if line.kinds and line.coverage is not None else ""),
        Text(str(line.problems) if line.problems else "", style="yellow"),
        Text("" if line.seconds is None else f"{line.seconds:.1f}"),
    ]


def _print_totals(console: Console, run: Run, words: dict[str, str], seconds: float) -> None:
    statuses = Counter(line.status for line in run.lines)
    read = statuses["ok"] + statuses["partial"]
    rows = sum(run.answers.values())
    console.print(
        words["totals"].format(files=len(run.lines), read=read, rows=rows, seconds=f"{seconds:.1f}")
    )
    taken = {"unchanged": run.unchanged, "replaced": run.replaced, "removed": run.removed}
    for key, count in taken.items():
        if count:
            console.print(f"  {words[key].format(count=count)}")
    shown = ", ".join(f"{answer} {count}" for answer, count in run.answers.items())
    if shown:
        console.print(f"  {words['answers']}: {shown}")
    console.print(f"  {words['aligned'].format(aligned=run.aligned, items=run.items)}")
    console.print()


def _print_next(console: Console, run: Run, settings: Settings, words: dict[str, str]) -> None:
    """What to do next: what was not read first, then what to look at, then how to ask."""
    lost = [line for line in run.lines if line.status in _TROUBLE]
    part = [line for line in run.lines if line.status == "partial"]
    looks = sum(line.problems for line in run.lines)
    option = "" if settings.out == Path("data/parquet") else f" --dataset {shlex.quote(str(settings.out))}"
    steps = []
    if not run.lines:
        steps.append(words["next_empty"].format(raw=settings.raw))
    if lost:
        steps.append(words["next_lost"].format(count=len(lost)))
    if part:
        steps.append(words["next_partial"].format(count=len(part)))
    if run.unused:
        lines = ", ".join(f"{correction.line} ({correction.path})" for correction in run.unused)
        steps.append(words["next_unused"].format(path=settings.vendors, lines=lines))
    if looks:
        sql = "SELECT path, code, message FROM problems ORDER BY severity, path"
        steps.append(words["next_problems"].format(count=looks, command=f'checksheet query "{sql}"{option}'))
    sql = "SELECT d.vendor, a.item_no, a.requirement, a.answer FROM answers a JOIN documents d USING (document_id) LIMIT 20"
    steps.append(words["next_query"].format(command=f'checksheet query "{sql}"{option}'))
    console.print(f"[bold]{words['next']}[/bold]")
    for number, step in enumerate(steps, 1):
        console.print(f"  {number}. {escape(harmless(step))}", highlight=False, soft_wrap=True)
