"""What one table of the dataset is: its Arrow schema with the meaning of each column, and the order of its rows."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its Arrow schema, what a row of it is, and the columns that it is sorted by."""

    name: str
    about: str
    schema: pa.Schema
    sorted_by: tuple[str, ...]


def described(name: str, kind: pa.DataType, description: str, optional: bool = False) -> pa.Field:
    """A column with its meaning; `optional` where it may hold nothing."""
    return pa.field(name, kind, nullable=optional, metadata={"description": description})
