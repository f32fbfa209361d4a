"""A sorted table in, files of some thousand rows out, cut so that a row more changes one file and leaves the others alone.

Cuts are chosen by content: a key (`document_id`, `path`, `item_id`) begins a new part where its hash says so, as in the
low-bandwidth file system (Muthitacharoen, Chen, Mazières, SOSP 2001) and the trees of Dolt. So the parts depend on the rows
alone and not on the order in which these came: the same rows give the same files, nothing has to be compacted, and what is
not new is not written. Put one after the other the parts are the sorted table. 追加した1社の行だけが、新しいファイルになる.

    answers/00012-3f9a….parquet     its place in the table, and the digest of its rows
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

PART_ROWS = 16_384  # of a part on average: 1 to 2 MB of answers; a file more writes little, and 10⁷ rows are 600 parts
_FEWEST, _MOST = PART_ROWS // 8, PART_ROWS * 4
_KEYS = ("document_id", "item_id", "path", "control_id", "key")  # what rows that belong together share
_ID = 32  # hex digits of a part's name


@dataclass(frozen=True, slots=True)
class PartFile:
    """One file of a table: the digest of its rows, SHA-256 of its bytes in hex, bytes, rows."""

    part_id: str
    sha256: str
    size: int
    rows: int


def part_name(number: int, part_id: str) -> str:
    """How the file of a part is called in its table's folder: names in order are rows in order."""
    return f"{number:05d}-{part_id}.parquet"


def split_table(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """The parts of a sorted table, each with the digest of its rows; one empty part of an empty table.

    Dictionaries of a part hold the words of its own rows, in the order in which these come.
    """
    plain = table.cast(_without_dictionaries(table.schema))
    key = next((name for name in _KEYS if name in table.column_names), table.column_names[0])
    for start, end in pairwise(part_edges(plain[key])):
        rows = plain.slice(start, end - start).combine_chunks()
        yield part_digest(rows, table.schema), _with_dictionaries(rows, table.schema)


def part_edges(keys: pa.ChunkedArray) -> list[int]:
    """Where parts begin, and the number of rows at the end; rows of one key stay together."""
    rows = len(keys)
    if not rows:
        return [0, 0]
    column = keys.combine_chunks() if isinstance(keys, pa.ChunkedArray) else keys
    changes = pc.indices_nonzero(pc.not_equal(column.slice(1), column.slice(0, rows - 1)))
    starts = [0, *(index + 1 for index in changes.to_pylist())]
    words = column.take(pa.array(starts)).to_pylist()
    edges = [0]
    for (start, end), word in zip(pairwise([*starts, rows]), words, strict=True):
        long_enough = start - edges[-1] >= _FEWEST and _is_cut(word, end - start)
        if long_enough or end - edges[-1] > _MOST:
            edges.append(start)
    return [*dict.fromkeys(edges), rows]


def _is_cut(word: str | None, rows: int) -> bool:
    """Whether a key begins a part: as often as makes parts of PART_ROWS rows, by nothing but the key and its own rows."""
    chance = int.from_bytes(hashlib.sha256(str(word).encode("utf-8", "surrogatepass")).digest()[:8], "big")
    return chance * PART_ROWS < rows << 64


def part_digest(rows: pa.Table, schema: pa.Schema) -> str:
    """Stands for the rows and types of a part, and for the library that writes it: equal digests, equal files."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows)
    digest = hashlib.sha256(f"{pa.__version__}\0{schema.to_string()}\0{schema.metadata}".encode())
    digest.update(sink.getvalue())
    return digest.hexdigest()[:_ID]


def encode_part(rows: pa.Table) -> pa.Buffer:
    """The bytes of a part's file."""
    sink = pa.BufferOutputStream()
    pq.write_table(rows, sink, compression="zstd")
    return sink.getvalue()


def join_files(tables: list[pa.Table]) -> pa.Table:
    """The tables of parts as one, its dictionaries unified."""
    return tables[0] if len(tables) == 1 else pa.concat_tables(tables).unify_dictionaries()


def read_files(paths: tuple[Path, ...], columns: list[str] | None = None) -> pa.Table:
    """A table by the files that hold it, in order. Raises OSError or pa.ArrowException."""
    return join_files([pq.ParquetFile(path).read(columns) for path in paths])


def _without_dictionaries(schema: pa.Schema) -> pa.Schema:
    fields = [f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in schema]
    return pa.schema(fields, schema.metadata)


def _with_dictionaries(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [
        rows[f.name].combine_chunks().dictionary_encode() if pa.types.is_dictionary(f.type) else rows[f.name]
        for f in schema
    ]
    return pa.table(columns, schema=schema)
