"""The index of all answers in, which documents' questions are compared with the catalogue out, and which are too many for that.

Comparing takes a few milliseconds a question, in the one process that writes: a list of 160,000 made-up questions held everybody
else's up for minutes. No check sheet asks 5,000; a vendor's folder has room for those of many sheets. Questions that
another document asks as well are compared with that document's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from extractors.issue import Issue
from pipeline.assemble.answer_index import AnswerIndex, first_indices, ranked_documents
from pipeline.assemble.collect import CollectedRows
from pipeline.assemble.rows import issue_row
from pipeline.dataset.tables import TABLE_BY_NAME, plain_schema
from pipeline.execution.budget import folder_of
from pipeline.incremental.previous_run import KnownDocument

MOST_OF_DOCUMENT = 5_000  # questions
MOST_OF_FOLDER = 20_000
_CODE = "questions_not_compared"


def documents_to_compare(
    index: AnswerIndex, rows: CollectedRows, asks: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], list[tuple[KnownDocument, int]]]:
    """By rank of the documents whether their questions are compared; those whose are not, each with how many they are.

    `asks` tells of each answer, in reading order, whether its list asks anything.
    """
    documents = ranked_documents(rows)
    pairs = np.unique(np.column_stack([index.document[asks], index.item[asks]]), axis=0)
    counts = (
        np.bincount(pairs[:, 0], minlength=len(documents))
        if len(pairs)
        else np.zeros(len(documents), np.intp)
    )
    fits = counts <= MOST_OF_DOCUMENT
    within = asks & fits[index.document]
    first = index.document[within][first_indices(index.item[within])[1]]
    new = np.bincount(first, minlength=len(documents)) if len(first) else np.zeros(len(documents), np.intp)
    of_folder: dict[str, int] = defaultdict(int)
    for rank in np.flatnonzero(fits & (new > 0)).tolist():
        folder = folder_of(documents[rank].path)
        of_folder[folder] += int(new[rank]) if folder else 0
        fits[rank] = of_folder[folder] <= MOST_OF_FOLDER
    return fits, [(documents[rank], int(counts[rank])) for rank in np.flatnonzero(~fits).tolist()]


def with_uncompared(
    problems: pa.Table, documents: Sequence[tuple[KnownDocument, int]], language: str
) -> pa.Table:
    """The table of problems with one row for each document whose questions are not compared: found anew in each run."""
    standing = problems.filter(pc.not_equal(problems["code"], _CODE))
    added = [
        issue_row(
            known.document_id,
            known.path,
            Issue("questions_not_compared", params={"count": str(count)}),
            language,
        )
        for known, count in documents
    ]
    return pa.concat_tables(
        [standing, pa.Table.from_pylist(added, schema=plain_schema(TABLE_BY_NAME["problems"]))]
    )
