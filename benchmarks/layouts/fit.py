"""Examples in, weights out: names, then columns, then whole layouts, each learned on what the step before gives on
unseen writers.

Logistic regression, and boosted trees beside it for the last step (scikit-learn). The second and third step are taught
with figures of the step before that were made without the writer at hand, for a model that has seen a form before
is surer than it will ever be of a new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.layouts.examples import Table, is_head, roles_of
from benchmarks.layouts.fit_texts import fit_texts, text_examples
from benchmarks.layouts.fit_trees import fit_trees
from extractors.checklist.columns import evidence, frame_features, layouts, names
from extractors.checklist.columns.beside.column_relations import related
from extractors.checklist.columns.evidence import column_figures
from extractors.checklist.columns.frames import Frame
from extractors.checklist.columns.learned import text_kinds, weights
from extractors.checklist.columns.names import NAME_ROLES, name_runs
from extractors.checklist.terms.column_names import column_name_words

Weights = dict[str, NDArray[Any]]
_NAMES, _COLUMNS, _FRAMES, _LISTS = 9.0, 0.3, 2.0, 1.0  # inverse strength of regularisation
_LEAST = 3  # times that a run of characters must occur
_UNKNOWN = -8.0
_FOLDS = 6
# Files of documents that are no check sheets have borders and groups of names, tables that are only written down have neither.
_OF_SOURCES = ("look_rows_bordered", "levels")


@dataclass(frozen=True)
class HeadExample:
    """One frame: its figures, and whether it heads a list."""

    table: Table
    frame: Frame
    figures: NDArray[np.float64]
    right: bool


@contextmanager
def using(found: Mapping[str, NDArray[Any]]) -> Iterator[None]:
    """The program reads with these weights inside the block."""
    before = weights.load_weights
    for module in (weights, names, text_kinds, layouts):
        module.load_weights = lambda: dict(found)  # type: ignore[assignment, attr-defined]
    names._table.cache_clear()
    names._scores.cache_clear()
    text_kinds.clear_texts()
    evidence._reads.cache_clear()
    try:
        yield
    finally:
        for module in (weights, names, text_kinds, layouts):
            module.load_weights = before  # type: ignore[attr-defined]
        names._table.cache_clear()
        names._scores.cache_clear()
        text_kinds.clear_texts()
        evidence._reads.cache_clear()


def fit(tables: Sequence[Table]) -> Weights:
    """All weights, learned on the tables of two writers or more."""
    folds = writers_apart(tables)
    headed = [
        (table, frame, roles)
        for table in tables
        for frame in table.frames
        if (roles := roles_of(table, frame))
    ]
    texts_of = text_examples(tables)
    apart = [
        fit_names([e for e in headed if e[0].writer not in fold]) | fit_texts(texts_of, fold)
        for fold in folds
    ]
    columns: list[tuple[str, NDArray[np.float64], tuple[str | None, ...]]] = []
    for fold, known in zip(folds, apart, strict=True):
        with using(known):
            columns += [
                (t.writer, column_figures(t.view, f), r)
                for t, f, r in headed
                if t.writer in fold and is_taught(t, f)
            ]
    heads: list[HeadExample] = []
    for fold, known in zip(folds, apart, strict=True):
        held = known | fit_columns([entry for entry in columns if entry[0] not in fold])
        with using(held):
            heads += [example for table in tables if table.writer in fold for example in head_examples(table)]
    whole = fit_names(headed) | fit_texts(texts_of)
    return whole | fit_columns(columns) | fit_heads(heads) | fit_lists(heads, folds)


def writers_apart(tables: Sequence[Table]) -> list[frozenset[str]]:
    """The writers of the tables in groups, each of which is kept out of what judges it."""
    writers = sorted({table.writer for table in tables})
    return [frozenset(writers[start::_FOLDS]) for start in range(min(_FOLDS, len(writers)))]


def is_taught(table: Table, frame: Frame) -> bool:
    """Whether a frame teaches what columns hold: one of two levels or more only where no smaller one has the same rows."""
    return (
        not any(row in table.question_rows for row in range(frame.top, frame.bottom))
        and frame.top < frame.bottom
    ) or (frame.top == frame.bottom and any(bottom == frame.bottom for bottom, _ in table.labels))


def fit_names(headed: Sequence[tuple[Table, Frame, tuple[str | None, ...]]]) -> Weights:
    """Weights of runs of characters, by role: of the words that are known, and of the names in labelled forms."""
    pairs = [*known_names()]
    seen: set[tuple[str, str, str]] = set()
    for table, frame, roles in headed:
        for column, role in zip(frame.columns, roles, strict=True):
            key = (table.file.split("_b.")[0], column.label, role or "")
            if role and column.label.strip() and key not in seen:
                seen.add(key)
                pairs.append((column.label, role))
    counts = Counter(run for text, _ in pairs for run in name_runs(text))
    runs = sorted(run for run, count in counts.items() if count >= _LEAST)
    index = {run: i for i, run in enumerate(runs)}
    rows, cols, values = [], [], []
    for row, (text, _) in enumerate(pairs):
        known = [index[run] for run in name_runs(text) if run in index]
        rows += [row] * len(known)
        cols += known
        values += [1.0 / np.sqrt(len(known))] * len(known)
    matrix = csr_matrix((values, (rows, cols)), shape=(len(pairs), len(runs)))
    model = LogisticRegression(C=_NAMES, max_iter=400, tol=1e-4).fit(
        matrix, [NAME_ROLES.index(role) for _, role in pairs]
    )
    table_of = np.zeros((len(runs), len(NAME_ROLES)), dtype=np.float16)
    bias = np.full(len(NAME_ROLES), _UNKNOWN, dtype=np.float16)
    for position, role in enumerate(model.classes_):
        table_of[:, role] = model.coef_[position]
        bias[role] = model.intercept_[position]
    return {"name_runs": np.array(runs), "name_weights": table_of, "name_bias": bias}


def known_names() -> Iterator[tuple[str, str]]:
    """The words of terms/ as names, each with its role."""
    for role, entry in column_name_words()["roles"].items():
        for word in [*entry["exact"], *entry.get("contains", [])]:
            yield word, role
    for side in ("yes", "other"):
        yield from ((word, "choice") for word in column_name_words()["choices"][side])
    yield from ((f"{word}回答", "previous") for word in column_name_words()["prior"]["words"])


def fit_columns(columns: Sequence[tuple[str, NDArray[np.float64], tuple[str | None, ...]]]) -> Weights:
    """Weights of a column's figures, by role."""
    figures = np.vstack([rows[i] for _, rows, roles in columns for i, role in enumerate(roles) if role])
    right = [NAME_ROLES.index(role) for _, _, roles in columns for role in roles if role]
    model = LogisticRegression(C=_COLUMNS, max_iter=800, tol=1e-4, fit_intercept=False).fit(
        layouts.steps(figures), right
    )
    found = np.zeros((model.coef_.shape[1], len(NAME_ROLES)), dtype=np.float32)
    found[0] = _UNKNOWN
    for position, role in enumerate(model.classes_):
        found[:, role] = model.coef_[position]
    return {"column_weights": found}


def head_examples(table: Table) -> Iterator[HeadExample]:
    """Every frame of a table as the program reads it now, and whether it heads a list."""
    for frame in table.frames:
        figures = column_figures(table.view, frame)
        relations = related(table.view, frame, layouts.column_chances(frame, figures))
        chances = relations.chances
        chosen = layouts.joint_roles(chances, figures, relations.alike)
        if chosen is None:
            continue
        right = is_head(table, frame, roles_of(table, frame), frame_features.main_question(chosen, chances))
        if right is not None:
            yield HeadExample(
                table, frame, frame_features.frame_figures(table.view, frame, chosen, chances, figures), right
            )


def fit_heads(heads: Sequence[HeadExample]) -> Weights:
    """Weights of a frame's figures: whether it heads a list."""
    figures = layouts.steps(
        _without(np.array([example.figures for example in heads]), "context", *_OF_SOURCES)
    )
    model = LogisticRegression(C=_FRAMES, max_iter=2000, fit_intercept=False).fit(
        figures, [example.right for example in heads], sample_weight=[e.table.weight for e in heads]
    )
    return {"frame_weights": model.coef_[0].astype(np.float32)}


def fit_lists(heads: Sequence[HeadExample], folds: Sequence[frozenset[str]]) -> Weights:
    """What tells, of the best of frames over each other, whether it is a list: a linear sum, and trees."""
    rows: list[NDArray[np.float64]] = []
    right: list[bool] = []
    counts: list[float] = []
    for fold in folds:
        ranking = fit_heads([example for example in heads if example.table.writer not in fold])[
            "frame_weights"
        ]
        by_table: dict[int, list[HeadExample]] = {}
        for example in heads:
            if example.table.writer in fold:
                by_table.setdefault(id(example.table), []).append(example)
        for examples in by_table.values():
            figures = np.array([example.figures for example in examples])
            ranks = layouts.steps(figures) @ ranking
            chosen = layouts.without_overlaps(
                list(range(len(examples))), list(ranks), [e.frame for e in examples]
            )
            rows += [np.append(figures[i], ranks[i] / layouts.RANK_SCALE) for i in chosen]
            right += [examples[i].right for i in chosen]
            counts += [examples[i].table.weight for i in chosen]
    figures = _without(np.array(rows), *_OF_SOURCES)
    model = LogisticRegression(C=_LISTS, max_iter=3000, fit_intercept=False).fit(
        layouts.steps(figures), right, sample_weight=counts
    )
    linear = {"list_weights": model.coef_[0].astype(np.float32)}
    return linear | fit_trees(figures, np.array(right), np.array(counts), "list")


def _without(figures: NDArray[np.float64], *names: str) -> NDArray[np.float64]:
    """The figures with some of them 0: what titles and names say together a linear sum trusts far beyond the forms it was learned
    on, and what differs by where examples come from says nothing of lists."""
    kept = figures.copy()
    kept[:, [frame_features.FRAME_FEATURES.index(name) for name in names]] = 0.0
    return kept
