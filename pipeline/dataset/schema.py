"""The dataset's tables: every column with its type and its meaning. The product's public interface.

A change of a name or a type needs a new SCHEMA_VERSION. Descriptions are written into the Parquet files, so
that a reader can ask a file itself what a column means; docs/columns.md is made from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = "1"

_WORD = pa.dictionary(pa.int32(), pa.string())
_SOURCE = pa.struct(
    [("page", pa.int32()), ("sheet", pa.string()), ("cells", pa.string()), ("bbox", pa.list_(pa.float32()))]
)
_VALUE = pa.struct(
    [
        ("number", pa.float64()),
        ("unit", pa.string()),
        ("bound", pa.string()),
        ("canonical", pa.float64()),
        ("canonical_unit", pa.string()),
    ]
)
_OPTIONS = pa.list_(pa.struct([("label", pa.string()), ("checked", pa.bool_())]))
_LEGEND = pa.list_(pa.struct([("mark", pa.string()), ("meaning", pa.string()), ("answer", pa.string())]))
_REFERENCES = pa.list_(pa.struct([("standard", pa.string()), ("clause", pa.string())]))


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: its Arrow schema, what a row of it is, and the columns that it is sorted by."""

    name: str
    about: str
    schema: pa.Schema
    sorted_by: tuple[str, ...]


def _field(name: str, kind: pa.DataType, description: str, optional: bool = False) -> pa.Field:
    return pa.field(name, kind, nullable=optional, metadata={"description": description})


_ANSWERS = pa.schema(
    [
        _field("document_id", pa.string(), "The file: first 16 hex digits of the SHA-256 of its bytes"),
        _field("checklist", pa.int32(), "Which checklist of the document, from 1"),
        _field("row", pa.int32(), "Reading order inside the document, from 1"),
        _field("item_no", pa.string(), "Item number as printed; empty where the form has none"),
        _field("sub_item", pa.string(), "Label of a sub-item under the same number", True),
        _field("section", pa.list_(pa.string()), "Headings over the row, outermost first, as printed"),
        _field("category", pa.string(), "種別 / 分類 cell, carried down merged cells, as printed", True),
        _field("item", pa.string(), "Short item name, carried down merged cells, as printed", True),
        _field("requirement", pa.string(), "The question or requirement, as printed"),
        _field("level", pa.string(), "mandatory (必須) or recommended (推奨)", True),
        _field("unit", pa.string(), "測定単位 cell as printed", True),
        _field("respondent", pa.string(), "Who answers: provider, contractor or customer"),
        _field("answer_raw", pa.string(), "The answer cell as printed, empty where blank"),
        _field("remarks", pa.string(), "The 備考 / 根拠 / 実施内容 cell as printed, empty where blank"),
        _field("options", _OPTIONS, "Check boxes of the answer cell in reading order"),
        _field(
            "answer",
            _WORD,
            "yes, no, partial, conditional, planned, not_applicable, undisclosed, unanswered, value, unclear",
        ),
        _field(
            "caveat",
            pa.string(),
            "Words beside or inside a yes that may limit it and whose effect is not sure: to be read before it counts",
            True,
        ),
        _field("planned", pa.bool_(), "The vendor says that it will be done later"),
        _field(
            "planned_date",
            pa.date32(),
            "When it will be done; the first day where only a month is given",
            True,
        ),
        _field("answer_rule", _WORD, "Which rule and vocabulary entry decided the answer"),
        _field(
            "value",
            _VALUE,
            "The one clear figure of the answer as written; bound is exact, min, max or about; canonical is the same "
            "figure in canonical_unit (hours, days, per cent, count, times per year, …) to compare with; a clock span is "
            "its hours per day",
            True,
        ),
        _field("item_id", pa.string(), "The same for the same item of the same form, whoever filled it in"),
        _field(
            "control_id", pa.string(), "The control of the catalogue; null where nothing is sure enough", True
        ),
        _field("match_score", pa.float32(), "How sure the alignment is, 0 to 1", True),
        _field("match_method", _WORD, "exact, fuzzy or reviewed", True),
        _field(
            "favourable",
            pa.bool_(),
            "Whether the answer is the one a buyer hopes for; null where it cannot be said, and where a caveat stands",
            True,
        ),
        _field("confidence", pa.float32(), "How sure the extraction of this row is, 0 to 1"),
        _field(
            "source",
            _SOURCE,
            "Where the answer cell stands: page from 1 and box in PDF points from the page's top left, or sheet and A1 range",
        ),
        _field(
            "comments",
            pa.list_(pa.string()),
            "Comments and notes that a program shows on cells of the row; others than the vendor may have written them",
        ),
    ]
)

_DOCUMENTS = pa.schema(
    [
        _field("document_id", pa.string(), "First 16 hex digits of the SHA-256 of the file's bytes"),
        _field("path", pa.string(), "Path relative to the raw folder"),
        _field("sha256", pa.string(), "SHA-256 of the file's bytes in hex"),
        _field("size", pa.int64(), "Size of the file in bytes"),
        _field("media_type", pa.string(), "Kind of file, told by its content"),
        _field(
            "vendor",
            pa.string(),
            "The vendor as a person corrected it (data/review/vendors.csv), else as the sheet, the file's or folder's name tells",
            True,
        ),
        _field(
            "vendor_key",
            pa.string(),
            "The same for all prints of one vendor's name: without its legal form, width, case and kana folded",
            True,
        ),
        _field("service", pa.string(), "The service or system as the sheet names it", True),
        _field("title", pa.string(), "The sheet's title as printed", True),
        _field(
            "received_at",
            pa.date32(),
            "Date in the file's or folder's name, else the date printed on the sheet",
            True,
        ),
        _field("pages", pa.int32(), "Pages of a PDF", True),
        _field("sheets", pa.int32(), "Sheets of a workbook", True),
        _field(
            "coverage",
            pa.float32(),
            "Share of the non-empty cells that a field or heading of the dataset holds, 0 to 1",
            True,
        ),
        _field(
            "status",
            _WORD,
            "ok, partial, no_checklist, encrypted, failed or duplicate; removed where the file is no longer in the folder",
        ),
        _field(
            "duplicate_of", pa.string(), "Path of the file with the same bytes that was read instead", True
        ),
        _field("message", pa.string(), "What to know about the file, in words; empty where all is well"),
        _field("extractor", pa.string(), "Which reader gave the rows", True),
        _field("version", pa.int32(), "Which bytes under this path, from 1, in the order received"),
        _field(
            "replaced_by", pa.string(), "document_id of the path's next version; null for the newest", True
        ),
    ]
)

_CHECKLISTS = pa.schema(
    [
        _field("document_id", pa.string(), "The file"),
        _field("checklist", pa.int32(), "Which checklist of the document, from 1"),
        _field("title", pa.string(), "Title over the list as printed", True),
        _field("kind", _WORD, "filled, blank, example or reference; only filled and blank are a vendor's"),
        _field("form_id", pa.string(), "The same for the same form, whoever filled it in"),
        _field("form_name", pa.string(), "Name of the form", True),
        _field("legend", _LEGEND, "What the sheet says that its marks mean, and the answer that follows"),
        _field("items", pa.int32(), "Answer cells"),
        _field("answered", pa.int32(), "Answer cells that are not blank and were asked for"),
        _field(
            "form_family",
            pa.string(),
            "The same for editions of one form; null where no other edition was received",
            True,
        ),
    ]
)

_ITEMS = pa.schema(
    [
        _field("item_id", pa.string(), "The same for the same item of the same form"),
        _field("form_id", pa.string(), "The form"),
        _field("item_no", pa.string(), "Item number as printed"),
        _field("sub_item", pa.string(), "Label of a sub-item", True),
        _field("section", pa.list_(pa.string()), "Headings over the item"),
        _field("category", pa.string(), "種別 / 分類", True),
        _field("item", pa.string(), "Short item name", True),
        _field("requirement", pa.string(), "The question or requirement"),
        _field("documents", pa.int32(), "How many documents answered it; older versions are not counted"),
    ]
)

_ALIGNMENTS = pa.schema(
    [
        _field("item_id", pa.string(), "The item"),
        _field("rank", pa.int32(), "Place among the item's candidates, from 1"),
        _field("control_id", pa.string(), "The candidate"),
        _field("score", pa.float32(), "How alike, 0 to 1"),
        _field("method", _WORD, "exact, fuzzy or reviewed"),
        _field(
            "polarity",
            _WORD,
            "same where yes to the item means that the control is met, inverse where it is not met, else unclear",
        ),
        _field(
            "relation",
            _WORD,
            "equal, subset, superset or intersects: what the item asks, seen from the control",
        ),
        _field("accepted", pa.bool_(), "Whether the item takes this control"),
    ]
)

_CONTROLS = pa.schema(
    [
        _field("control_id", pa.string(), "Id of the control"),
        _field("domain", pa.string(), "Field of security that it belongs to"),
        _field("name_ja", pa.string(), "Short name in Japanese"),
        _field("name_en", pa.string(), "Short name in English"),
        _field("definition_ja", pa.string(), "What is asked, in one sentence"),
        _field("desired", _WORD, "The answer a buyer hopes for: yes, no, or value where it is a figure"),
        _field("references", _REFERENCES, "Clauses of standards that ask for it"),
    ]
)

_RESCUED = pa.schema(
    [
        _field("document_id", pa.string(), "The file"),
        _field("sheet", pa.string(), "Sheet of a workbook", True),
        _field("page", pa.int32(), "Page of a PDF, from 1", True),
        _field("cells", pa.string(), "A1 range, or row and column of a text file", True),
        _field("bbox", pa.list_(pa.float32()), "Box in PDF points from the page's top left", True),
        _field("text", pa.string(), "The text as printed"),
        _field("reason", _WORD, "Why no row uses it"),
    ]
)

_PROBLEMS = pa.schema(
    [
        _field("document_id", pa.string(), "The file"),
        _field("path", pa.string(), "Path relative to the raw folder"),
        _field("severity", _WORD, "error: data is missing; warning: a person should look"),
        _field("code", _WORD, "Kind of problem"),
        _field("message", pa.string(), "What happened, where, and what to do"),
        _field("source", _SOURCE, "Where in the file"),
    ]
)

TABLES = (
    TableSpec("answers", "One row per answer cell.", _ANSWERS, ("document_id", "row")),
    TableSpec(
        "documents",
        "One row per file that lay in the raw folder, and per older version of it; none is left out.",
        _DOCUMENTS,
        ("path", "version"),
    ),
    TableSpec("checklists", "One row per checklist found.", _CHECKLISTS, ("document_id", "checklist")),
    TableSpec("items", "One row per item of a form, whoever filled it in.", _ITEMS, ("form_id", "item_id")),
    TableSpec(
        "alignments",
        "Candidates of every item among the controls, best first.",
        _ALIGNMENTS,
        ("item_id", "rank"),
    ),
    TableSpec("controls", "The catalogue of common controls.", _CONTROLS, ("domain", "control_id")),
    TableSpec("rescued", "Every non-empty cell that no row uses.", _RESCUED, ("document_id",)),
    TableSpec("problems", "Everything a person should look at.", _PROBLEMS, ("path",)),
)
