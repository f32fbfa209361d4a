"""The command shell: SQL typed line by line in, tables out, over one connection to a dataset."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from normalizers.vocabulary import load
from pipeline.commands.terminal import (
    DATASET,
    Dataset,
    Lang,
    print_answer,
    resolve_language,
    tell,
)
from pipeline.dataset.schema import TABLES
from pipeline.query.query import Answer, connect
from pipeline.query.views.make_views import load_views
from pipeline.system.signals import ends_kept, forget_end

_SHOWN = 500
_KEPT = 2000  # lines of history
# A quoted text or name, a remark, the end of a statement; a quote or remark that is not closed runs to the end.
_PARTS = re.compile(r"""'(?:[^']|'')*(?:'|\Z)|"(?:[^"]|"")*(?:"|\Z)|--[^\n]*|/\*.*?(?:\*/|\Z)|;""", re.DOTALL)
_REMARKS = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Session:
    """What a session talks to: the connection, where lines come from (EOFError ends), the language of its words."""

    connection: duckdb.DuckDBPyConnection
    read_line: Callable[[str], str]
    language: str

    def tell(self, key: str, words: dict[str, object] | None = None) -> str:
        """What questions.toml says under `key`."""
        texts = load("pipeline.commands.texts", "questions.toml")[self.language]
        return str(texts[key]).format_map(words or {}).strip("\n")


def shell_command(dataset: Dataset = DATASET, lang: Lang = None) -> None:
    """Ask the dataset in SQL, line by line (DuckDB)."""
    language = resolve_language(lang)
    connection = connect(dataset)
    person = sys.stdin.isatty()
    with connection, _history(person):
        session = Session(connection, input if person else _piped, language)
        if person:
            tell(session.tell("shell_hello"))
        run_session(session)
        if person:
            tell("")


def _piped(_: str) -> str:
    """The next line of standard input, without a prompt."""
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.rstrip("\n")


def run_session(session: Session) -> None:
    """Read and answer until the lines end or `.quit`; what cannot be run is told and the session goes on."""
    typed = ""
    while True:
        try:
            line = session.read_line("         … " if typed else "checksheet> ")
        except KeyboardInterrupt:
            forget_end()
            tell("")
            typed = ""
            continue
        except EOFError:
            break
        if not typed and line.strip().startswith("."):
            if line.split()[0] in {".quit", ".exit"}:
                return
            _command(session, line.split())
            continue
        statements, typed = split_statements(f"{typed}{line}\n")
        for statement in statements:
            _run(session, statement)
    for statement in split_statements(f"{typed}\n;")[0]:
        _run(session, statement)


def split_statements(text: str) -> tuple[list[str], str]:
    """Statements that a semicolon outside of quotes and remarks ends, and what stands behind the last.

    Behind it nothing is left where only white space and remarks stand there.
    """
    statements, start = [], 0
    for part in _PARTS.finditer(text):
        if part.group() == ";":
            statements.append(text[start : part.start()].strip())
            start = part.end()
    rest = text[start:]
    return [statement for statement in statements if statement], rest if _REMARKS.sub(
        "", rest
    ).strip() else ""


def _run(session: Session, sql: str) -> None:
    try:
        with ends_kept(RuntimeError, duckdb.Error):
            result = session.connection.execute(sql)
            if result.description is None:
                tell(session.tell("shell_done"))
                return
            columns = tuple(column[0] for column in result.description)
            rows = result.fetchmany(_SHOWN + 1)
    except KeyboardInterrupt:
        forget_end()
        tell(session.tell("shell_stopped"))
        return
    except (duckdb.Error, RuntimeError) as error:
        tell(session.tell("shell_error", {"why": error}))
        return
    more = len(rows) > _SHOWN
    note = session.tell(
        "shell_first" if more else "shell_rows", {"shown": _SHOWN, "rows": len(rows[:_SHOWN])}
    )
    print_answer(Answer(columns, tuple(rows[:_SHOWN])), note)


def _command(session: Session, words: list[str]) -> None:
    """Do what a line that starts with a dot says."""
    relations = {name: (about, columns) for name, about, columns in _known(session.language)}
    if words[0] == ".tables":
        _show(("name", "about"), [(name, about) for name, (about, _) in relations.items()])
    elif words[0] == ".schema" and len(words) == 2 and words[1] in relations:
        _show(("column", "about"), list(relations[words[1]][1]))
    elif words[0] == ".schema":
        tell(session.tell("shell_no_table", {"name": " ".join(words[1:]) or "–"}))
    elif words[0] == ".help":
        tell(session.tell("shell_help"))
    else:
        tell(session.tell("shell_unknown", {"word": words[0]}))


def _show(columns: tuple[str, str], rows: list[tuple[str, str]]) -> None:
    print_answer(Answer(columns, tuple(rows)), " ")


def _known(language: str) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Name, meaning and columns of every table and public view."""
    for table in TABLES:
        columns = [(column.name, column.metadata[b"description"].decode()) for column in table.schema]
        yield table.name, table.about, tuple(columns)
    for view in load_views():
        if view.public:
            name = f"{view.name}({view.macro})" if view.macro else view.name
            yield name, view.about_ja if language == "ja" else view.about, view.columns


@contextmanager
def _history(person: bool) -> Iterator[None]:
    """Lines of earlier sessions to go back to; none where lines are piped in or the machine has no readline."""
    try:
        import readline  # noqa: PLC0415  not on every machine
    except ImportError:
        person = False
    if not person:
        yield
        return
    state = os.environ.get("XDG_STATE_HOME")
    path = (Path(state) if state else Path.home() / ".local" / "state") / "checksheet" / "history"
    try:
        readline.read_history_file(path)
    except OSError:
        readline.clear_history()
    try:
        yield
    finally:
        readline.set_history_length(_KEPT)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            readline.write_history_file(path)
            path.chmod(0o600)
        except OSError as error:
            tell(f"{path}: {error.strerror}", error=True)
