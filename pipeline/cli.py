"""The command line: which commands there are. Arguments and environment are read in pipeline/commands only.

Exit codes: 0 all files read, 1 some files not read (or a query failed), 2 the command could not run.
"""

from __future__ import annotations

import typer

from pipeline.commands.align import catalogue_app, map_command, review_app
from pipeline.commands.command import CheckedCommand
from pipeline.commands.compare import compare_command, report_command
from pipeline.commands.diff import diff_command
from pipeline.commands.doctor import doctor_command
from pipeline.commands.explain import explain_command
from pipeline.commands.ingest import ingest_command
from pipeline.commands.judge import judge_command
from pipeline.commands.query import describe_command, query_command, unknown_command
from pipeline.commands.shell import shell_command
from pipeline.commands.watch import watch_command
from pipeline.commands.where import where_command

app = typer.Typer(help="Received check sheets in, a dataset out.", no_args_is_help=True, add_completion=False)

app.command("ingest", cls=CheckedCommand)(ingest_command)
app.command("watch", cls=CheckedCommand)(watch_command)
app.command("explain", cls=CheckedCommand)(explain_command)
app.command("where", cls=CheckedCommand)(where_command)
app.command("query", cls=CheckedCommand)(query_command)
app.command("shell", cls=CheckedCommand)(shell_command)
app.command("diff", cls=CheckedCommand)(diff_command)
app.command("judge", cls=CheckedCommand)(judge_command)
app.command("unknown", cls=CheckedCommand)(unknown_command)
app.command("describe", cls=CheckedCommand)(describe_command)
app.command("doctor", cls=CheckedCommand)(doctor_command)
app.command("map", cls=CheckedCommand)(map_command)
app.command("compare", cls=CheckedCommand)(compare_command)
app.command("report", cls=CheckedCommand)(report_command)
app.add_typer(review_app, name="review")
app.add_typer(catalogue_app, name="catalogue")


def main() -> None:
    """Entry point of the command `checksheet`."""
    app()
