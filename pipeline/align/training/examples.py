"""Labelled pairs and standards in two editions in, examples to learn from and to be judged by out."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from normalizers.text import fold
from pipeline.align.features import Pairs, build_pairs
from pipeline.align.model import Model
from pipeline.align.vectors import prepare_text
from pipeline.document.process import read_document
from pipeline.document.records import Record
from pipeline.sources.discover import single_file

_COUNTERPARTS = {"equal", "subset", "superset"}


@dataclass(frozen=True, slots=True)
class Example:
    """Two lists laid side by side: relation of each candidate pair ("" none), and all relations of each query.

    `plain`: a list of another field than check sheets.
    """

    forms: frozenset[str]
    pairs: Pairs
    relations: tuple[str, ...]
    truth: tuple[tuple[str, ...], ...]
    plain: bool


def pairs_to_examples(pairs: Path, files: Path) -> list[Example]:
    """Examples of every labelled pair of forms, both ways, with the short names of the items and without."""
    labels, sheets = read_labels(pairs), read_sheets(files)
    examples: list[Example] = []
    for (form_a, form_b), relations in labels.items():
        for with_names in (True, False):
            texts = [
                [text if with_names else question for _, text, question in sheets[form]]
                for form in (form_a, form_b)
            ]
            numbers = [[number for number, _, _ in sheets[form]] for form in (form_a, form_b)]

            def relation(row: int, col: int, relations: dict[tuple[str, str], str] = relations,
                         numbers: list[list[str]] = numbers) -> str:  # fmt: skip
                return relations.get((numbers[0][row], numbers[1][col]), "")

            examples += _both_ways(frozenset((form_a, form_b)), texts, relation, plain=False)
    return examples


def read_labels(path: Path) -> dict[tuple[str, str], dict[tuple[str, str], str]]:
    """Relation of each labelled pair of item numbers, by pair of forms. Raises OSError, KeyError without a column."""
    labels: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            relations = labels.setdefault((row["a_doc"], row["b_doc"]), {})
            relations[row["a_no"], row["b_no"]] = row["relation"]
    return labels


def read_sheets(path: Path) -> dict[str, list[tuple[str, str, str]]]:
    """(number, whole text, question) of the items of each form that the JSON file names."""
    files: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {form: _items(path.parent / name) for form, name in files.items()}


def editions_to_examples(path: Path) -> list[Example]:
    """Examples of standards in two editions, both ways."""
    examples: list[Example] = []
    for standard in tomllib.loads(path.read_text(encoding="utf-8"))["standards"]:
        old, new = ([pair[side] for pair in standard["pairs"]] for side in (0, 1))
        count = len(standard["pairs"])
        texts = [old + standard["dropped"], new + standard["added"]]

        def relation(row: int, col: int, count: int = count) -> str:
            return "equal" if row == col < count else ""

        examples += _both_ways(frozenset((standard["name"],)), texts, relation, plain=True)
    return examples


def _both_ways(
    forms: frozenset[str], texts: list[list[str]], relation: Callable[[int, int], str], plain: bool
) -> Iterator[Example]:
    def turned(row: int, col: int) -> str:
        return relation(col, row)

    yield _example(forms, texts, relation, plain)
    yield _example(forms, texts[::-1], turned, plain)


def _example(
    forms: frozenset[str], texts: Sequence[Sequence[str]], relation: Callable[[int, int], str], plain: bool
) -> Example:
    queries, candidates = ([prepare_text(text) for text in side] for side in texts)
    pairs = build_pairs(queries, candidates)
    relations = tuple(relation(int(row), int(col)) for row, col in zip(pairs.rows, pairs.cols, strict=True))
    truth = tuple(
        tuple(name for col in range(len(candidates)) if (name := relation(row, col)))
        for row in range(len(queries))
    )
    return Example(forms, pairs, relations, truth, plain)


def _items(path: Path) -> list[tuple[str, str, str]]:
    """(number, text with category and short name, question) of every item of a sheet; examples left out."""
    items: dict[str, tuple[str, str, str]] = {}
    for checklist in read_document(single_file(path)).checklists:
        for record in checklist.records if checklist.kind in {"filled", "blank"} else ():
            number = fold(record.row.item_no) + (f"/{record.row.sub_item}" if record.row.sub_item else "")
            items.setdefault(number, (number, full_text(record), record.row.requirement))
    return list(items.values())


def full_text(record: Record) -> str:
    """An item with its category and short name, as one text."""
    row = record.row
    return " ".join(filter(None, (row.category, row.item, row.sub_item, row.requirement)))


def evaluate(judged: Sequence[tuple[Example, Model]]) -> Iterator[str]:
    """Lines of figures, for check sheets and for other fields: the first candidate, and whether there is any."""
    for plain, field_name in ((False, "check sheets"), (True, "other fields")):
        rows = [row for example, model in judged if example.plain == plain for row in _judge(example, model)]
        if not rows:
            continue
        equal = [hit == "equal" for hit, _, truth in rows if "equal" in truth]
        any_ = [bool(hit) for hit, _, truth in rows if truth]
        has = np.array([bool(_COUNTERPARTS & set(truth)) for _, _, truth in rows])
        score = np.array([score for _, score, _ in rows])
        yield (
            f"{field_name}: equal first {np.mean(equal):.3f} ({len(equal)}), related first {np.mean(any_):.3f} ({len(any_)}), "
            f"counterpart or none AUC {_auc(has, score):.3f}, right at 0.5 {np.mean((score >= 0.5) == has):.3f}"
        )


def _judge(example: Example, model: Model) -> Iterator[tuple[str, float, tuple[str, ...]]]:
    """Relation of the first candidate, its score, and the true relations, for every query."""
    scores = model.scores(example.pairs, both_sides=True)
    for row, truth in enumerate(example.truth):
        pair_indices = np.flatnonzero(example.pairs.rows == row)
        best = pair_indices[np.argmax(scores[pair_indices])]
        yield example.relations[best], float(scores[best]), truth


def _auc(has: np.ndarray, score: np.ndarray) -> float:
    """Chance that a query with a counterpart scores higher than one without."""
    return float(np.mean([np.mean((s > score[~has]) + 0.5 * (s == score[~has])) for s in score[has]]))
