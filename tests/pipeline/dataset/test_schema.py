"""The tables' names, columns and types: the contract with whoever queries the dataset."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest

from normalizers.answers.model import ANSWERS
from pipeline.dataset.data_dictionary import columns_markdown
from pipeline.dataset.schema import SCHEMA_VERSION, TABLES
from tests.conftest import SHARED

WORD = pa.dictionary(pa.int32(), pa.string())
SOURCE = pa.struct(
    [
        ("page", pa.int32()),
        ("sheet", pa.string()),
        ("cells", pa.string()),
        ("bbox", pa.list_(pa.float32())),
        ("read_by", pa.string()),
    ]
)
# Name → type and whether a value may be missing, in the contract's order.
ANSWER_COLUMNS: dict[str, tuple[pa.DataType, bool]] = {
    "document_id": (pa.string(), False),
    "checklist": (pa.int32(), False),
    "row": (pa.int32(), False),
    "item_no": (pa.string(), False),
    "sub_item": (pa.string(), True),
    "section": (pa.list_(pa.string()), False),
    "category": (pa.string(), True),
    "item": (pa.string(), True),
    "requirement": (pa.string(), False),
    "level": (pa.string(), True),
    "unit": (pa.string(), True),
    "respondent": (pa.string(), False),
    "answer_raw": (pa.string(), False),
    "remarks": (pa.string(), False),
    "options": (pa.list_(pa.struct([("label", pa.string()), ("checked", pa.bool_())])), False),
    "choice": (pa.string(), True),
    "answer": (WORD, False),
    "caveat": (pa.string(), True),
    "planned": (pa.bool_(), False),
    "planned_date": (pa.date32(), True),
    "answer_rule": (WORD, False),
    "value": (
        pa.struct(
            [
                ("number", pa.float64()),
                ("unit", pa.string()),
                ("bound", pa.string()),
                ("canonical", pa.float64()),
                ("canonical_unit", pa.string()),
                ("origin", pa.string()),
            ]
        ),
        True,
    ),
    "item_id": (pa.string(), False),
    "control_id": (pa.string(), True),
    "match_score": (pa.float32(), True),
    "match_method": (WORD, True),
    "favourable": (pa.bool_(), True),
    "confidence": (pa.float32(), False),
    "source": (SOURCE, False),
    "comments": (pa.list_(pa.string()), False),
    "decided": (pa.bool_(), False),
    "answer_read": (WORD, True),
    "replied_at": (pa.date32(), True),
}
OTHER_COLUMNS = {
    "documents": "document_id path container sha256 size media_type vendor vendor_source vendor_key service title received_at "
    "date_source pages sheets coverage status duplicate_of message extractor version replaced_by",
    "checklists": "document_id checklist title kind form_id form_name legend items answered form_family",
    "items": "item_id form_id item_no sub_item section category item requirement documents",
    "alignments": "item_id rank control_id score method polarity relation accepted",
    "controls": "control_id domain name_ja name_en definition_ja desired references",
    "rescued": "document_id sheet page cells bbox text reason",
    "problems": "document_id path severity code message source",
    "layouts": "document_id checklist form_key list_kind rank sheet page area header_rows columns p margin sample decided_by "
    "status",
    "decisions": "kind key value who at why applied",
}
SCHEMAS = {entry.name: entry.schema for entry in TABLES}


def test_the_tables_are_those_of_the_contract() -> None:
    assert list(SCHEMAS) == ["answers", *OTHER_COLUMNS]
    assert SCHEMA_VERSION == "4"


def test_answers_has_the_columns_of_the_contract_in_its_order() -> None:
    found = {column.name: (column.type, column.nullable) for column in SCHEMAS["answers"]}
    assert list(found) == list(ANSWER_COLUMNS)
    assert found == ANSWER_COLUMNS


@pytest.mark.parametrize("name", OTHER_COLUMNS)
def test_other_tables_have_the_columns_of_the_contract_in_its_order(name: str) -> None:
    assert SCHEMAS[name].names == OTHER_COLUMNS[name].split()


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_column_says_what_it_means(name: str) -> None:
    told = [column.metadata[b"description"].decode() for column in SCHEMAS[name]]
    assert all(len(text) > 3 for text in told)
    assert len(told) == len(SCHEMAS[name])


def test_keys_are_never_missing() -> None:
    for name in ("documents", "checklists", "answers", "rescued", "problems"):
        assert not SCHEMAS[name].field("document_id").nullable
    assert all(
        not SCHEMAS[entry.name].field(column).nullable for entry in TABLES for column in entry.sorted_by
    )


def test_a_table_is_sorted_by_columns_that_it_has() -> None:
    assert all(set(entry.sorted_by) <= set(entry.schema.names) for entry in TABLES)
    assert all(entry.sorted_by and entry.about.endswith(".") for entry in TABLES)


def test_the_vocabulary_of_answers_stands_in_the_description() -> None:
    told = SCHEMAS["answers"].field("answer").metadata[b"description"].decode()
    assert told.split(", ") == list(ANSWERS)


def test_the_markdown_names_every_table_and_column() -> None:
    text = columns_markdown()
    assert re.findall(r"^## (\w+)\.parquet$", text, re.MULTILINE) == list(SCHEMAS)
    rows = re.findall(r"^\| (\w+) \|", text, re.MULTILINE)
    assert [row for row in rows if row != "column"] == [
        name for schema in SCHEMAS.values() for name in schema.names
    ]
    assert "| answer | dictionary<string> | yes, no, partial" in text
    assert "| sub_item | string? |" in text


def test_the_contract_written_down_elsewhere_is_this_one() -> None:
    path = SHARED / "design" / "dataset.md"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    text = path.read_text(encoding="utf-8")
    part = text.split("## answers.parquet")[1].split("`answer` is one of")[0]
    rows = re.findall(r"^\| (\w+) \| (.+?) \|", part, re.MULTILINE)
    written = [(name, kind.split(" (")[0].endswith("?")) for name, kind in rows if name != "column"]
    ours = [(column.name, column.nullable) for column in SCHEMAS["answers"]]
    later = {"search_text"}  # a column that is not made yet
    assert ours[:-4] == [column for column in written if column[0] not in later]
    assert ours[-4:] == [("comments", False), ("decided", False), ("answer_read", True), ("replied_at", True)]
    assert not later & set(SCHEMAS["answers"].names)
    words = re.findall(
        r"^\| (\w+) \|", text.split("`answer` is one of")[1].split("## The other")[0], re.MULTILINE
    )
    assert words[1:] == list(ANSWERS)
