"""Tables in, weights of texts out: what reads like a question, an answer, a remark, a label or a line of another
document, and which titles and names stand over lists of questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.layouts.examples import Table, roles_of
from extractors.checklist.columns import frame_features
from extractors.checklist.columns.learned.text_kinds import BUCKETS, TEXT_KINDS, context_texts, text_buckets

Weights = dict[str, NDArray[Any]]
_TEXTS, _CONTEXTS = 3.0, 3.0  # inverse strength of regularisation
_KIND_OF = {
    "requirement": "question", "answer": "answer", "choice": "answer", "remarks": "remarks", "evidence": "remarks",
    "item": "label", "category": "label", "level": "label", "number": "label", "unit": "label",
}  # fmt: skip
_FIELDS = {"requirement": "question", "answer_raw": "answer", "remarks_raw": "remarks"}
_WIDEST = 2  # frames of a table that show its names


@dataclass(frozen=True)
class TextExamples:
    """Texts and contexts with what they are, and the writer of each; buckets are those of texts.py."""

    texts: tuple[tuple[str, NDArray[np.int64], int], ...]
    contexts: tuple[tuple[str, NDArray[np.int64], bool], ...]


def text_examples(tables: Sequence[Table]) -> TextExamples:
    """Every text of the tables whose kind is known, once a form, and the widest headers of each table."""
    texts = {
        (table.writer, table.file.split("_b.")[0], text, kind): None
        for table in tables
        for text, kind in [*_cells(table), *_gold(table)]
        if text.strip()
    }
    contexts = [entry for table in tables for entry in _contexts(table)]
    return TextExamples(
        tuple((writer, text_buckets(text), TEXT_KINDS.index(kind)) for writer, _, text, kind in texts),
        tuple(contexts),
    )


def _cells(table: Table) -> Iterator[tuple[str, str]]:
    """Texts of cells: all of a table without gold are foreign, those of a list are what their column is."""
    for frame in table.frames:
        if not table.gold:
            yield from ((c.text, "foreign") for row in frame.rows for c in table.view.starting(row))
            continue
        roles = roles_of(table, frame)
        if roles is None or any(row in table.question_rows for row in range(frame.top, frame.bottom)):
            continue
        for column, role in zip(frame.columns, roles, strict=True):
            if role in _KIND_OF:
                cells = (table.view.within(row, column.start, column.end) for row in frame.rows)
                yield from ((cell.text, _KIND_OF[role]) for cell in cells if cell is not None)


def _gold(table: Table) -> Iterator[tuple[str, str]]:
    for record in table.gold:
        yield from ((str(record.get(name) or ""), kind) for name, kind in _FIELDS.items())


def _contexts(table: Table) -> Iterator[tuple[str, NDArray[np.int64], bool]]:
    headed = [f for f in table.frames if f.top < f.bottom and (not table.gold or roles_of(table, f))]
    widest = sorted(headed, key=lambda f: (-len(f.rows) * sum(bool(c.names) for c in f.columns), f.top))
    for frame in widest[:_WIDEST]:
        texts = context_texts(*frame_features.context_of(table.view, frame))
        runs = [text_buckets(text, salt) for text, salt in texts]
        yield table.writer, np.concatenate([*runs, np.zeros(0, dtype=np.int64)]), bool(table.gold)


def _matrix(buckets: Sequence[NDArray[np.int64]]) -> csr_matrix:
    ends = np.cumsum([0, *map(len, buckets)])
    values = np.concatenate([np.full(len(row), 1.0 / np.sqrt(max(1, len(row)))) for row in buckets])
    return csr_matrix((values, np.concatenate(buckets), ends), shape=(len(buckets), BUCKETS))


def fit_texts(examples: TextExamples, without: frozenset[str] = frozenset()) -> Weights:
    """Weights of texts and contexts, learned without the examples of some writers."""
    texts = [(row, kind) for writer, row, kind in examples.texts if writer not in without]
    model = LogisticRegression(C=_TEXTS, max_iter=60, tol=1e-2)
    model.fit(_matrix([row for row, _ in texts]), [kind for _, kind in texts])
    contexts = [(row, right) for writer, row, right in examples.contexts if writer not in without]
    over = LogisticRegression(C=_CONTEXTS, max_iter=200)
    over.fit(_matrix([row for row, _ in contexts]), [right for _, right in contexts])
    return {
        "text_weights": model.coef_.T.astype(np.float16),
        "text_bias": model.intercept_.astype(np.float32),
        "context_weights": over.coef_.T.astype(np.float16),
        "context_bias": over.intercept_.astype(np.float32),
    }
