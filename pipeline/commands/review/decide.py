"""The group `checksheet decide`: a command for each kind of decision, the list of them, and the one that takes one back."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import typer

from pipeline.commands.review.decide_answers import (
    decide_alignment_command,
    decide_answer_command,
    decide_direction_command,
    decide_reply_command,
)
from pipeline.commands.review.decide_files import (
    decide_date_command,
    decide_service_command,
    decide_vendor_command,
)
from pipeline.commands.review.decide_meaning import decide_exception_command, decide_legend_command
from pipeline.commands.review.decided import list_command, undo_command
from pipeline.commands.review.layouts import decide_layout_command
from pipeline.commands.terminal import CheckedCommand

decide_app = typer.Typer(
    help="Decide what the program cannot know: layouts, answers, replies, dates, vendors, directions, exceptions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
_COMMANDS: Mapping[str, Callable[..., None]] = {
    "layout": decide_layout_command,
    "answer": decide_answer_command,
    "reply": decide_reply_command,
    "date": decide_date_command,
    "vendor": decide_vendor_command,
    "service": decide_service_command,
    "alignment": decide_alignment_command,
    "direction": decide_direction_command,
    "legend": decide_legend_command,
    "exception": decide_exception_command,
    "list": list_command,
    "undo": undo_command,
}
for _name, _command in _COMMANDS.items():
    decide_app.command(_name, cls=CheckedCommand)(_command)
