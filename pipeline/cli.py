"""The command line: a table of commands, each imported when it is called or its own help is asked for.

Input: the words behind `checksheet`. Output: an exit code: 0 all files read, 1 some files not read (or a query failed),
2 the command could not run. Arguments and environment are read in pipeline/commands only.

Why a table: with DuckDB, Arrow, PyMuPDF and the dictionary imported at once, `checksheet --help` took 1.5 s of processor
time. The group looks names up as Click's documentation has it (“Lazily Loading Subcommands”); help is set as plain text,
since drawing frames around it (rich) takes longer than all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from pipeline.commands.terminal import CheckedCommand, read_mask, tell
from pipeline.system.private_files import private_files
from pipeline.system.signals import ended_by_signals

_PRODUCT = "checksheet"


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command's name, the function or group that it is (in pipeline/commands), and its line in the help."""

    name: str
    module: str
    attribute: str
    help: str


COMMANDS = (
    CommandEntry("ingest", "ingest", "ingest_command",
                 "Read what is new or changed in RAW_DIR and write the dataset."),
    CommandEntry("app", "app", "app_command",
                 "Open the screens in the browser: drop sheets in, check, compare, ask back, judge. Ctrl-C ends."),
    CommandEntry("watch", "watch", "watch_command",
                 "Ingest what is in RAW_DIR, then whatever comes into it, once it has stopped growing. Ctrl-C ends."),
    CommandEntry("explain", "explain", "explain_command",
                 "Draw what was read of FILE, and what was not: a PNG picture of each page or sheet."),
    CommandEntry("where", "where", "where_command",
                 "Show where a row of the dataset stands in the received file: what it holds, and a picture with its cell "
                 "marked."),
    CommandEntry("layouts", "review.layouts", "layouts_command",
                 "List the forms whose layout waits for a person, or is another than that decided for a form much like it."),
    CommandEntry("decide", "review.decide", "decide_app",
                 "Decide what the program cannot know: layouts, answers, replies, dates, vendors, directions, exceptions."),
    CommandEntry("query", "query", "query_command", "Ask the dataset in SQL (DuckDB)."),
    CommandEntry("shell", "shell", "shell_command", "Ask the dataset in SQL, line by line (DuckDB)."),
    CommandEntry("diff", "diff", "diff_command",
                 "Added, removed, reworded and changed answers between two receipts."),
    CommandEntry("judge", "judge", "judge_command",
                 "Which services are usable by a policy, which on condition, which not, and of which it cannot be said, "
                 "and why."),
    CommandEntry("unknown", "query", "unknown_command",
                 "Notations that no rule knows, as TOML to paste into normalizers/answers/lexicon.toml, with their places."),
    CommandEntry("describe", "query", "describe_command",
                 "Tables and views, columns, what they mean, and how many rows the tables hold."),
    CommandEntry("doctor", "doctor", "doctor_command",
                 "Look over the machine and the dataset, and say how to mend what is wrong; nothing is changed."),
    CommandEntry("map", "review.alignments", "map_command",
                 "Lay the items of two sheets side by side."),
    CommandEntry("compare", "compare", "compare_command",
                 "Write a workbook that lays the vendors' answers side by side, control by control."),
    CommandEntry("report", "compare", "report_command",
                 "Write one self-contained page to mail: overview, heat map, gaps, quality of answers, what needs a "
                 "person."),
    CommandEntry("review", "review.alignments", "review_app", "People decide what is uncertain."),
    CommandEntry("catalogue", "review.alignments", "catalogue_app", "The controls."),
)  # fmt: skip


def load_command(entry: CommandEntry) -> Any:
    """The Click command of an entry, its module imported now."""
    loaded = getattr(import_module(f"pipeline.commands.{entry.module}"), entry.attribute)
    if isinstance(loaded, typer.Typer):
        return get_command(loaded)
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(entry.name, cls=CheckedCommand)(loaded)
    return get_command(single)


class LazyGroup(TyperGroup):
    """The commands of the table: names and help come from it, a command itself from its module."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002  as Click calls it
        """The command of that name, None where there is none."""
        return next((load_command(entry) for entry in COMMANDS if entry.name == cmd_name), None)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  as Click calls it
        """Write the list of commands with their whole lines; no module is imported for it."""
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.help) for entry in COMMANDS])


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata  # noqa: PLC0415  takes as long as typer

        tell(f"{_PRODUCT} {metadata.version(_PRODUCT)}")
        raise typer.Exit


def _in_module() -> None:
    """Stands for a command whose module is not imported yet: never run, the group hands out the real one."""


app = typer.Typer(
    cls=LazyGroup,
    help="Received check sheets in, a dataset out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for _entry in COMMANDS:
    app.command(_entry.name, help=_entry.help)(_in_module)


@app.callback()
def _options(
    ctx: typer.Context,
    version: Annotated[  # noqa: ARG001  its callback prints it
        bool,
        typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    ctx.with_resource(private_files(read_mask()))
    ctx.with_resource(ended_by_signals())


def main() -> None:
    """Entry point of the command `checksheet`."""
    app()
