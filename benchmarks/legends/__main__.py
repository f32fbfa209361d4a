"""Learn the weights of the classifier of legends, print held-out figures:

    python -m benchmarks.legends

Figures of each writer are by weights that saw none of that writer's lines. Answer cells of the same writers (benchmarks/remarks)
teach, too, and weigh less.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.remarks.fit import to_matrix
from benchmarks.remarks.pairs import read_cells
from normalizers.answers.model import AnswerValue
from normalizers.legends.definition_model import ANSWERS, DefinitionModel, definition_features, place_features
from normalizers.legends.meaning import answers_of_entries_by, deciding_part, read_by_patterns
from normalizers.remarks.classifier.linear_weights import WEIGHTS
from normalizers.remarks.classifier.word_cues import Features

FOLDER = Path(__file__).parent
_CELL_WEIGHT = 0.3
_BARE_WEIGHT = 0.4
_STRENGTH = 8.0
_LEAST_LINES = 2


@dataclass(frozen=True, slots=True)
class LabelledDefinition:
    """The words of a legend or a cell, the answer that they say (`unclear` where they say none), how much the line teaches.

    `legend` holds mark and words of all entries of the legend, where the line is one of them: that at `index`.
    """

    writer: str
    text: str
    answer: AnswerValue
    weight: float = 1.0
    legend: tuple[tuple[str, str], ...] = ()
    index: int = 0


def read_definitions(writers: Sequence[str]) -> list[LabelledDefinition]:
    """The labelled legends of the writers, in their order.

    A line is one JSON object: mark, definition, answer and, where the writer wrote whole legends, the legend's number.
    """
    lines = []
    for writer in writers:
        rows = list(map(json.loads, (FOLDER / f"{writer}.jsonl").read_text(encoding="utf-8").splitlines()))
        for _, group in groupby(enumerate(rows), key=lambda entry: entry[1].get("legend", -entry[0])):
            entries = [row for _, row in group]
            legend = tuple((row["mark"], row["definition"]) for row in entries)
            lines += [
                LabelledDefinition(writer, row["definition"], _answer(row["answer"]), 1.0, legend, index)
                for index, row in enumerate(entries)
            ]
    return lines


def _answer(label: str) -> AnswerValue:
    return AnswerValue(label) if label in ANSWERS else AnswerValue.UNCLEAR


def _cells(writers: Sequence[str]) -> list[LabelledDefinition]:
    return [
        LabelledDefinition(cell.writer, cell.remark, AnswerValue(cell.answer), _CELL_WEIGHT)
        for cell in read_cells()
        if cell.question and cell.writer in writers and cell.answer in ANSWERS
    ]


def features_of(line: LabelledDefinition) -> Features:
    """The features of a line, with what patterns say of it and of the others of its legend."""
    features = definition_features(deciding_part(line.text), read_by_patterns(line.text))
    if not line.legend:
        return features
    marks, said = [mark for mark, _ in line.legend], [read_by_patterns(text) for _, text in line.legend]
    return features | place_features(marks, said, line.index)


def fit_definitions(lines: Sequence[LabelledDefinition], features: Sequence[Features]) -> DefinitionModel:
    """Weights learnt from lines and their features: one answer against the rest, column by column."""
    counts = Counter(name for row in features for name in row)
    names = sorted(name for name, count in counts.items() if count >= _LEAST_LINES and "\n" not in name)
    index = {name: position for position, name in enumerate(names)}
    matrix = to_matrix(features, index)
    weights, constants = [], []
    for answer in ANSWERS:
        fitted = LogisticRegression(C=_STRENGTH, solver="liblinear", random_state=0).fit(
            matrix, [line.answer == answer for line in lines], [line.weight for line in lines]
        )
        weights.append(fitted.coef_[0])
        constants.append(fitted.intercept_[0])
    rounded = np.stack(weights, axis=1).astype(np.float16).astype(np.float32)
    return DefinitionModel(index, rounded, np.array(constants, np.float32))


def verdict(line: LabelledDefinition, features: Features, model: DefinitionModel) -> str:
    """`right`, `unclear`, or how a line would be stored wrongly."""
    answers = answers_of_entries_by(line.legend, lambda _text, _ruled, _place: model.guess(features))
    answer = answers[line.index] or AnswerValue.UNCLEAR
    if answer == line.answer:
        return "right"
    return {"unclear": "unclear", "yes": "false yes", "no": "false no"}.get(answer, "wrong")


def main() -> None:
    """Learn without each writer and print, learn from all and write."""
    writers = sorted(path.stem for path in FOLDER.glob("*.jsonl"))
    legends = read_definitions(writers)
    bare = [replace(line, legend=(), weight=_BARE_WEIGHT) for line in legends]  # an option is words alone
    lines = [*legends, *bare, *_cells(writers)]
    features = [features_of(line) for line in lines]
    total: Counter[str] = Counter()
    for writer in writers:
        kept = [n for n, line in enumerate(lines) if line.writer != writer]
        model = fit_definitions([lines[n] for n in kept], [features[n] for n in kept])
        own = [n for n, line in enumerate(lines) if line.writer == writer and line.weight == 1.0]
        counts = Counter(verdict(lines[n], features[n], model) for n in own)
        total += counts
        print(f"without {writer}: {len(own)} lines, {_shares(counts)}")
    print(f"all, each by weights without its writer: {_shares(total)}")
    write_definitions(fit_definitions(lines, features), resources.files("normalizers.legends") / WEIGHTS)


def _shares(counts: Counter[str]) -> str:
    names = ("right", "unclear", "wrong", "false no", "false yes")
    return ", ".join(f"{name} {counts[name] / counts.total():.1%}" for name in names)


def write_definitions(model: DefinitionModel, path: Any) -> None:
    """Write the weights; the same bytes for the same model."""
    names = np.frombuffer("\n".join(model.index).encode(), np.uint8)
    np.savez_compressed(
        path, names=names, weights=model.weights.astype(np.float16), constants=model.constants
    )


if __name__ == "__main__":
    main()
