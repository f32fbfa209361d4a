"""The command diff: two receipts in (files, document ids, paths of the dataset), what differs between them out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import typer

from normalizers.vocabulary import load
from pipeline.assess.receipts import Receipt, dataset_to_receipt, outcome_to_receipt
from pipeline.commands.single_sheet import read_single_sheet, stop_without_items
from pipeline.commands.terminal import (
    DATASET,
    Dataset,
    Lang,
    print_answer,
    resolve_language,
    say,
    stop,
    tell,
    writing,
)
from pipeline.errors import DatasetMissing
from pipeline.outputs.diff import Change, change_lines, changes_to_data, counts, diff, write_diff
from pipeline.query.query import Answer, dump_json

_HEADERS = ("change", "number", "question", "answer", "remarks")


def diff_command(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="File, document id or path in the dataset: before.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same: after.")],
    dataset: Dataset = DATASET,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Workbook to write.")] = None,
    lang: Lang = None,
) -> None:
    """Added, removed, reworded and changed answers between two receipts.

    Ends with 0 where both say the same, 1 where they differ, 2 where they could not be compared.
    """
    language = resolve_language(lang)
    receipts = [_receipt(name, dataset, language) for name in (old, new)]
    changes = diff(receipts[0], receipts[1])
    if xlsx is not None:
        _write(xlsx, changes, language)
    if as_json:
        tell(dump_json(changes_to_data(receipts, changes)))
    else:
        _print(receipts, changes, language)
    raise typer.Exit(int(bool(changes)))


def _receipt(name: str, dataset: Path, language: str) -> Receipt:
    """A file where there is one of that name, else a document of the dataset."""
    words = load("pipeline.commands.texts", "questions.toml")[language]
    path = Path(name)
    if path.is_file():
        return _file_receipt(path, language)
    if path.is_dir():
        stop(words["diff_folder"].format(name=name))
    try:
        return dataset_to_receipt(dataset, name)
    except (OSError, pa.ArrowException):
        message = words["diff_no_file"].format(name=name)
        missing = DatasetMissing({"path": dataset})
        stop(f"{message} {missing.text(language)}")


def _file_receipt(path: Path, language: str) -> Receipt:
    """What a file says, read in a process of its own."""
    outcome = read_single_sheet(path, language)
    receipt = outcome_to_receipt(outcome)
    if not receipt.cells:
        stop_without_items(path, outcome, language)
    return receipt


def _write(path: Path, changes: Sequence[Change], language: str) -> None:
    words = load("pipeline.commands.texts", "questions.toml")[language]
    with writing(path, language):
        write_diff(path, changes, words, language)
    tell(say(language, "written", {"path": path}), error=True)


def _print(receipts: Sequence[Receipt], changes: Sequence[Change], language: str) -> None:
    words = load("pipeline.commands.texts", "questions.toml")[language]
    names = {"old": receipts[0].name, "new": receipts[1].name}
    if not changes:
        tell(words["diff_same"].format(**names, items=len(receipts[1].cells)))
        return
    counts_text = ", ".join(f"{words[f'diff_{kind}']} {n}" for kind, n in counts(changes).items() if n)
    headers = tuple(words[f"diff_head_{key}"] for key in _HEADERS)
    tell(words["diff_between"].format(**names))
    print_answer(Answer(headers, tuple(change_lines(changes, words))), counts_text)
