"""The schema in, docs/columns.md out: all tables with their columns, types and meanings."""

from __future__ import annotations

import pyarrow as pa

from pipeline.dataset.schema import TABLES


def columns_markdown() -> str:
    """docs/columns.md: all tables with their columns."""
    lines = [
        "# Tables and columns",
        "",
        "Made from `pipeline/dataset/schema.py` by `make docs`; do not edit.",
        "",
    ]
    for table in TABLES:
        lines += [
            f"## {table.name}.parquet",
            "",
            table.about,
            "",
            "| column | type | meaning |",
            "|---|---|---|",
        ]
        for column in table.schema:
            mark = "?" if column.nullable else ""
            meaning = column.metadata[b"description"].decode()
            lines.append(f"| {column.name} | {_type_name(column.type)}{mark} | {meaning} |")
        lines.append("")
    return "\n".join(lines)


def _type_name(kind: pa.DataType) -> str:
    if pa.types.is_dictionary(kind):
        return f"dictionary<{kind.value_type}>"
    if pa.types.is_list(kind):
        return f"list<{_type_name(kind.value_type)}>"
    if pa.types.is_struct(kind):
        inner = ", ".join(
            f"{kind.field(i).name}: {_type_name(kind.field(i).type)}" for i in range(kind.num_fields)
        )
        return f"struct<{inner}>"
    return str(kind)
