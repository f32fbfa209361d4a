"""The answers and their index in, how the words of each are to be taken out: 適合 conforms, はい echoes, ○ states.

Told once for each distinct cell; where the sheet's legend explains a mark (`○：満たす`), the legend's words tell.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from normalizers.answers.legend import mark_key
from normalizers.responses.answer_wording import AnswerWording, answer_wording
from pipeline.assemble.answer_index import AnswerIndex, column_to_array

WORDINGS = tuple(AnswerWording)
Codes = NDArray[np.intp]
_STATES = WORDINGS.index(AnswerWording.STATES)


def wording_codes(answers: pa.Table, index: AnswerIndex) -> Codes:
    """For each answer the index into WORDINGS: by the legend where it decided, else by the cell, else by the choice."""
    by_cell, by_choice = (_by_column(answers[name]) for name in ("answer_raw", "choice"))
    codes = np.where(by_cell == _STATES, by_choice, by_cell)
    for row, code in _by_legend(answers, index).items():
        codes[row] = code
    return codes


def _by_column(column: pa.ChunkedArray) -> Codes:
    words = column.combine_chunks().dictionary_encode()
    codes = [
        WORDINGS.index(answer_wording(text)) if text else _STATES for text in words.dictionary.to_pylist()
    ]
    indices = column_to_array(pc.fill_null(words.indices, len(codes)))
    return np.array([*codes, _STATES], dtype=np.intp)[indices]


def _by_legend(answers: pa.Table, index: AnswerIndex) -> Mapping[int, int]:
    """Row → code of the answers that a legend decided."""
    legends = [
        {mark_key(entry["mark"]): WORDINGS.index(answer_wording(entry["meaning"])) for entry in row["legend"]}
        for row in index.checklists
    ]
    telling = [any(code != _STATES for code in legend.values()) for legend in legends]
    if not any(telling):
        return {}
    rules = pc.fill_null(pc.starts_with(answers["answer_rule"].cast(pa.string()), "legend"), False)
    decided = np.asarray(
        rules.to_numpy(zero_copy_only=False) if isinstance(rules, pa.Array) else rules.to_numpy()
    )
    rows = np.flatnonzero(np.array(telling, dtype=bool)[index.checklist] & decided[index.order])
    cells = answers["answer_raw"].take(pa.array(index.order[rows])).to_pylist()
    return {
        int(index.order[row]): legends[index.checklist[row]].get(mark_key(cell), _STATES)
        for row, cell in zip(rows.tolist(), cells, strict=True)
    }
