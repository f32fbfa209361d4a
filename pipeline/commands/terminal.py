"""What the commands share: usual folders and options, the environment's settings, words, and how a command ends.

`CheckedCommand` is the one place where errors of pipeline/errors.py are caught: a command raises, and says nothing of how
it ends. With `--lang ja` a missing dataset is told in Japanese and ends with code 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from normalizers.vocabulary import load
from pipeline.dataset.storage import is_remote, place_text, split_version
from pipeline.errors import ChecksheetError, StorageError
from pipeline.problems import LANGUAGES
from pipeline.system.platform import is_open_elsewhere
from pipeline.system.private_files import PRIVATE, mask_of
from pipeline.system.signals import ends_kept, exit_code_of
from pipeline.texts.sanitize import sanitize_text

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.query.query import Answer

RAW, DATASET, PICTURES = Path("data/raw"), Path("data/parquet"), Path("data/explain")
CONTROLS, REVIEW = Path("data/controls"), Path("data/review")
EXPECTED = Path("data/review/expected.csv")
_INVITED = Path("data/invited.csv")  # where earlier versions kept that list
Dataset = Annotated[Path, typer.Option("--dataset", help="Folder of the Parquet tables.")]
RawFolder = Annotated[Path, typer.Argument(help="Folder of received sheets.")]
TablesFolder = Annotated[Path, typer.Option("--out", help="Folder to write the tables to.")]
Review = Annotated[Path, typer.Option("--review", help="Folder of people's decisions.")]
Lang = Annotated[str | None, typer.Option("--lang", help="Language of the messages: en or ja.")]
Embeddings = Annotated[
    Path | None, typer.Option("--embeddings", help="Folder of a model2vec model, one more sign of likeness.")
]
PasswordFolders = Annotated[
    list[Path] | None,
    typer.Option("--passwords-in", help="Folder with a passwords.txt to try too; may be given again."),
]
_PIPE_WIDTH = 120
# Commands that only read a dataset: of these it may lie in object storage, or be that of an older run (`data/parquet@7`).
_READERS = {
    "query",
    "shell",
    "describe",
    "unknown",
    "compare",
    "report",
    "judge",
    "diff",
    "doctor",
    "where",
    "map",
}
_WRITERS = {"ingest"}


def console() -> Console:
    """Standard output; into a file or pipe 120 columns wide, where no terminal tells its width."""
    from rich.console import Console  # noqa: PLC0415  only where something is laid out

    return Console() if sys.stdout.isatty() else Console(width=_PIPE_WIDTH)


def say(language: str, key: str, words: dict[str, object]) -> str:
    """What words.toml says under `key`, with `words` put in."""
    return str(load("pipeline.commands.texts", "words.toml")[language][key]).format_map(words)


def read_passwords() -> tuple[str, ...]:
    """Passwords of CHECKSHEET_PASSWORDS: one a line, or the whole text and its parts between commas."""
    listed = os.environ.get("CHECKSHEET_PASSWORDS", "")
    lines = listed.splitlines() if "\n" in listed else [listed, *listed.split(",")]
    return tuple(dict.fromkeys(line for line in lines if line))


def find_requests(language: str) -> Path:
    """The list of who was asked; that of an earlier version is taken over, which is told. Raises UserFileError."""
    from pipeline.review.lines.expected import adopt_invited  # noqa: PLC0415  only what reads files needs it

    count = adopt_invited(_INVITED, EXPECTED)
    if count:
        tell(
            say(language, "invited_adopted", {"old": _INVITED, "count": count, "path": EXPECTED}), error=True
        )
    return EXPECTED


def read_mask() -> int:
    """The rights that files of the program lack: by CHECKSHEET_UMASK, else all of everybody else. Raises typer.BadParameter."""
    setting = os.environ.get("CHECKSHEET_UMASK", "")
    mask = mask_of(setting) if setting else PRIVATE
    if mask is None:
        raise typer.BadParameter(
            say(resolve_language(None), "no_mask", {"mask": setting}), param_hint="CHECKSHEET_UMASK"
        )
    return mask


def read_cache() -> Path:
    """Where copies of what lies in object storage are kept: by CHECKSHEET_CACHE, else the user's cache."""
    setting = os.environ.get("CHECKSHEET_CACHE")
    home = os.environ.get("XDG_CACHE_HOME")
    return Path(setting) if setting else (Path(home) if home else Path.home() / ".cache") / "checksheet"


def resolve_language(option: str | None) -> str:
    """`en` or `ja`: as asked, else by CHECKSHEET_LANG, else by the locale."""
    setting = (
        option
        or os.environ.get("CHECKSHEET_LANG")
        or os.environ.get("LC_ALL")
        or os.environ.get("LANG")
        or "en"
    )
    language = setting[:2].lower()
    if option and language not in LANGUAGES:
        raise typer.BadParameter(f"{option} is not one of {', '.join(LANGUAGES)}", param_hint="--lang")
    return language if language in LANGUAGES else "en"


def tell(text: object, error: bool = False) -> None:
    """Print a line, on standard error if it tells of an error; control characters of files reach no terminal."""
    print(sanitize_text(str(text)), file=sys.stderr if error else sys.stdout)


def hand_out(text: str) -> None:
    """Write data for another program on standard output as it is; what a person sees on a terminal is made harmless."""
    sys.stdout.write(sanitize_text(text) if sys.stdout.isatty() else text)


def shown(value: object) -> str:
    """A value for the terminal: nothing for null, figures to four places, texts that cannot steer it."""
    if value is None:
        return ""
    return str(round(value, 4)) if isinstance(value, float) else sanitize_text(str(value))


def print_answer(answer: Answer, note: str = "") -> None:
    """The rows of a query as a table, and how many there are or what `note` says."""
    from rich.table import Table  # noqa: PLC0415  only where something is laid out
    from rich.text import Text  # noqa: PLC0415

    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    for column in answer.columns:
        table.add_column(Text(sanitize_text(column)), overflow="fold")
    for row in answer.rows:
        table.add_row(*(Text(shown(value)) for value in row))
    screen = console()
    screen.print(table)
    screen.print(note or f"{len(answer.rows)} rows", style="dim")


def stop(message: str) -> NoReturn:
    """End the command with code 2 and a message."""
    tell(message, error=True)
    raise typer.Exit(2)


@contextmanager
def writing(path: Path, language: str) -> Iterator[None]:
    """A block that writes the file at `path`: where it cannot, the command ends and says why."""
    try:
        yield
    except OSError as error:
        key = "not_written_open" if is_open_elsewhere(error, path) else "not_written"
        stop(say(language, key, {"path": path, "why": error.strerror or error}))


class CheckedCommand(TyperCommand):
    """A command that tells an error in the language of its option `--lang`, on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            _resolve_places(str(self.name), ctx.params)
            with ends_kept(RuntimeError, ChecksheetError, passing=(typer.Exit, typer.Abort)):
                done = super().invoke(ctx)
            sys.stdout.flush()
            return done
        except ChecksheetError as error:
            tell(error.text(resolve_language(ctx.params.get("lang"))), error=True)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as interrupt:
            tell(say(resolve_language(ctx.params.get("lang")), "stopped", {}), error=True)
            raise typer.Exit(exit_code_of(interrupt)) from None
        except BrokenPipeError:  # whoever reads has read enough: `checksheet query … | head`
            raise
        except OSError as error:
            _drop_output()
            words = {"file": error.filename or "", "why": error.strerror or error}
            code = "disk_error_of_file" if error.filename else "disk_error"
            tell(say(resolve_language(ctx.params.get("lang")), code, words), error=True)
            raise typer.Exit(2) from error


def _resolve_places(command: str, params: dict[str, Any]) -> None:
    """Put the folder in the place of a dataset that is in object storage or of an older run; other commands refuse such."""
    dataset = params.get("dataset")
    if command in _READERS and isinstance(dataset, Path) and split_version(dataset) != (str(dataset), None):
        from pipeline.dataset.objects.copies import dataset_to_read  # noqa: PLC0415  tables are seldom elsewhere

        params["dataset"] = dataset_to_read(dataset, read_cache())
    remote = [value for value in params.values() if isinstance(value, Path) and is_remote(value)]
    if remote and command not in _WRITERS:
        raise StorageError({"place": place_text(remote[0])}, "local_only")


def _drop_output() -> None:
    """Let what could not be written to standard output go, so that it is not tried again when the program ends."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):  # no file of the system stands behind it
        return
