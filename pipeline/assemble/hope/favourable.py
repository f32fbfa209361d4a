"""Answers and the matches of their items in, the column `favourable` out: whether each is the one that a buyer hopes for.

Input: the answers, for each item its accepted match or None, for each answer its item and how its words are to be taken.
Told once for each item, answer and way of taking it; where the control has limits, anew for each row by its
figure: 保管期間 `90日` is no hope where a year is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from pipeline.align.match import Candidate
from pipeline.assemble.answer_index import column_to_array
from pipeline.assemble.hope.answer_wordings import WORDINGS, Codes
from pipeline.catalogue.figure_limits import Figure
from pipeline.review.items.directions import hoped_for


def favourable_column(
    answers: pa.Table,
    judged: tuple[Sequence[Candidate | None], Sequence[bool | None]],
    items: pa.Array,
    wordings: Codes,
) -> pa.Array:
    """For each answer whether it is hoped for; null where that cannot be said, and where a caveat has to be read.

    `judged` are the match of each item and whether はい to it is good, where a person decided that: it outranks what is known
    of its control, and how its words are taken.
    """
    matches, directions = judged
    flags = _flags_by_word(answers, matches, items, wordings)
    for row, good in _flags_by_direction(answers, directions, items):
        flags[row] = good
    for row, flag in _flags_by_figure(answers, matches, items):
        flags[row] = flag
    flags[np.asarray(answers["caveat"].is_valid().to_numpy())] = None
    return pa.array(flags.tolist(), pa.bool_())


def _flags_by_word(
    answers: pa.Table, matches: Sequence[Candidate | None], items: pa.Array, wordings: Codes
) -> NDArray[np.object_]:
    """What the word of each answer says of its control: true, false or None."""
    words = answers["answer"].combine_chunks().dictionary_encode()
    names = words.dictionary.to_pylist()
    width = len(names) or 1
    ways = len(WORDINGS)
    codes = (column_to_array(items) * width + column_to_array(words.indices)) * ways + wordings
    pairs, pair_of_answer = np.unique(codes, return_inverse=True)
    flags = [
        match.favourable(names[pair // ways % width], None, WORDINGS[pair % ways])
        if (match := matches[pair // ways // width])
        else None
        for pair in pairs.tolist()
    ]
    by_pair = np.array(flags, dtype=object)
    column: NDArray[np.object_] = by_pair[pair_of_answer.ravel()]
    return column


def _flags_by_direction(
    answers: pa.Table, directions: Sequence[bool | None], items: pa.Array
) -> Iterator[tuple[int, bool | None]]:
    """Row and flag of each yes and no to an item whose direction a person decided."""
    decided = [number for number, good in enumerate(directions) if good is not None]
    for row in np.flatnonzero(np.isin(column_to_array(items), decided)).tolist():
        good = directions[items[row].as_py()]
        flag = None if good is None else hoped_for(answers["answer"][row].as_py(), good)
        if flag is not None:
            yield row, flag


def _flags_by_figure(
    answers: pa.Table, matches: Sequence[Candidate | None], items: pa.Array
) -> Iterator[tuple[int, bool | None]]:
    """Row and flag of each answer to an item whose control has limits."""
    limited = [
        number for number, match in enumerate(matches) if match is not None and match.limits is not None
    ]
    rows = np.flatnonzero(np.isin(column_to_array(items), limited))
    given = answers.select(["answer", "value"]).take(pa.array(rows)).to_pylist() if len(rows) else []
    for row, answer in zip(rows.tolist(), given, strict=True):
        match = matches[items[row].as_py()]
        yield row, match.favourable(answer["answer"], _figure(answer["value"])) if match else None


def _figure(value: Mapping[str, Any] | None) -> Figure | None:
    return (value["canonical"], value["canonical_unit"], value["bound"]) if value else None
