"""A command of the product in, the same command out that ends with an error's message and exit code where one is raised.

The one place where errors of pipeline/errors.py are caught: a command raises, and says nothing of how it ends.
"""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand

from pipeline.commands.terminal import resolve_language, tell
from pipeline.errors import ChecksheetError


class CheckedCommand(TyperCommand):
    """A command that tells an error in the language of its option `--lang`, on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ChecksheetError as error:
            tell(error.text(resolve_language(ctx.params.get("lang"))), error=True)
            raise typer.Exit(error.exit_code) from error
