"""The command line: which commands there are. Arguments and environment are read in pipeline/commands only.

Exit codes: 0 all files read, 1 some files not read (or a query failed), 2 the command could not run.
"""

from __future__ import annotations

import typer

from pipeline.commands.align import catalogue_app, map_command, review_app
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

app.command("ingest")(ingest_command)
app.command("watch")(watch_command)
app.command("explain")(explain_command)
app.command("where")(where_command)
app.command("query")(query_command)
app.command("shell")(shell_command)
app.command("diff")(diff_command)
app.command("judge")(judge_command)
app.command("unknown")(unknown_command)
app.command("describe")(describe_command)
app.command("doctor")(doctor_command)
app.command("map")(map_command)
app.command("compare")(compare_command)
app.command("report")(report_command)
app.add_typer(review_app, name="review")
app.add_typer(catalogue_app, name="catalogue")


def main() -> None:
    """Entry point of the command `checksheet`."""
    app()
