"""The dataset's tables: every column with its type and its meaning. The product's public interface.

A change of a name or a type needs a new SCHEMA_VERSION. Descriptions are written into the Parquet files, so
that a reader can ask a file itself what a column means; docs/columns.md is made from here.
"""

from __future__ import annotations

import pyarrow as pa

from pipeline.dataset.documents_schema import DOCUMENTS
from pipeline.dataset.review_schema import DECISIONS, LAYOUTS
from pipeline.dataset.table_spec import TableSpec, described

SCHEMA_VERSION = "4"

_WORD = pa.dictionary(pa.int32(), pa.string())
_SOURCE = pa.struct(
    [
        ("page", pa.int32()),
        ("sheet", pa.string()),
        ("cells", pa.string()),
        ("bbox", pa.list_(pa.float32())),
        ("read_by", pa.string()),
    ]
)
_VALUE = pa.struct(
    [
        ("number", pa.float64()),
        ("unit", pa.string()),
        ("bound", pa.string()),
        ("canonical", pa.float64()),
        ("canonical_unit", pa.string()),
        ("origin", pa.string()),
    ]
)
_OPTIONS = pa.list_(pa.struct([("label", pa.string()), ("checked", pa.bool_())]))
_LEGEND = pa.list_(pa.struct([("mark", pa.string()), ("meaning", pa.string()), ("answer", pa.string())]))
_REFERENCES = pa.list_(pa.struct([("standard", pa.string()), ("clause", pa.string())]))


_ANSWERS = pa.schema(
    [
        described("document_id", pa.string(), "The file: first 16 hex digits of the SHA-256 of its bytes"),
        described("checklist", pa.int32(), "Which checklist of the document, from 1"),
        described("row", pa.int32(), "Reading order inside the document, from 1"),
        described("item_no", pa.string(), "Item number as printed; empty where the form has none"),
        described("sub_item", pa.string(), "Label of a sub-item under the same number", True),
        described("section", pa.list_(pa.string()), "Headings over the row, outermost first, as printed"),
        described("category", pa.string(), "種別 / 分類 cell, carried down merged cells, as printed", True),
        described("item", pa.string(), "Short item name, carried down merged cells, as printed", True),
        described("requirement", pa.string(), "The question or requirement, as printed"),
        described("level", pa.string(), "mandatory (必須) or recommended (推奨)", True),
        described("unit", pa.string(), "測定単位 cell as printed", True),
        described("respondent", pa.string(), "Who answers: provider, contractor or customer"),
        described("answer_raw", pa.string(), "The answer cell as printed, empty where blank"),
        described("remarks", pa.string(), "The 備考 / 根拠 / 実施内容 cell as printed, empty where blank"),
        described("options", _OPTIONS, "Check boxes of the answer cell in reading order"),
        described(
            "choice",
            pa.string(),
            "The label of the column or printed option that is marked, where the form has one a choice",
            True,
        ),
        described(
            "answer",
            _WORD,
            "yes, no, partial, conditional, planned, not_applicable, undisclosed, unanswered, value, unclear",
        ),
        described(
            "caveat",
            pa.string(),
            "Words beside or inside a yes that may limit it and whose effect is not sure: to be read before it counts",
            True,
        ),
        described("planned", pa.bool_(), "The vendor says that it will be done later"),
        described(
            "planned_date",
            pa.date32(),
            "When it will be done; the first day where only a month is given",
            True,
        ),
        described(
            "answer_rule",
            _WORD,
            "Which rule and vocabulary entry decided the answer; reviewed where a person did",
        ),
        described(
            "value",
            _VALUE,
            "The one clear figure of the answer as written; bound is exact, min, max or about; canonical is the same "
            "figure in canonical_unit (hours, days, per cent, count, times per year, …) to compare with; a clock span is "
            "its hours per day; origin is answer, or remarks where the item asks for a figure and its remark holds it",
            True,
        ),
        described(
            "item_id", pa.string(), "The same for the same item of the same form, whoever filled it in"
        ),
        described(
            "control_id", pa.string(), "The control of the catalogue; null where nothing is sure enough", True
        ),
        described("match_score", pa.float32(), "How sure the alignment is, 0 to 1", True),
        described("match_method", _WORD, "exact, fuzzy or reviewed", True),
        described(
            "favourable",
            pa.bool_(),
            "Whether the answer is the one a buyer hopes for; null where it cannot be said, and where a caveat stands",
            True,
        ),
        described("confidence", pa.float32(), "How sure the extraction of this row is, 0 to 1"),
        described(
            "source",
            _SOURCE,
            "Where the answer cell stands: page from 1 and box in PDF points from the page's top left, or sheet and A1 range",
        ),
        described(
            "comments",
            pa.list_(pa.string()),
            "Comments and notes that a program shows on cells of the row; others than the vendor may have written them",
        ),
        described(
            "decided",
            pa.bool_(),
            "A person decided the answer, its figure and its date of a plan; texts stay as printed",
        ),
        described("answer_read", _WORD, "What the program had read; null where nobody decided", True),
        described(
            "replied_at",
            pa.date32(),
            "When the vendor replied, where the answer is a reply (返答 2026-06-20); null otherwise",
            True,
        ),
    ]
)

_CHECKLISTS = pa.schema(
    [
        described("document_id", pa.string(), "The file"),
        described("checklist", pa.int32(), "Which checklist of the document, from 1"),
        described("title", pa.string(), "Title over the list as printed", True),
        described("kind", _WORD, "filled, blank, example or reference; only filled and blank are a vendor's"),
        described("form_id", pa.string(), "The same for the same form, whoever filled it in"),
        described("form_name", pa.string(), "Name of the form", True),
        described("legend", _LEGEND, "What the sheet says that its marks mean, and the answer that follows"),
        described("items", pa.int32(), "Answer cells"),
        described("answered", pa.int32(), "Answer cells that are not blank and were asked for"),
        described(
            "form_family",
            pa.string(),
            "The same for editions of one form; null where no other edition was received",
            True,
        ),
    ]
)

_ITEMS = pa.schema(
    [
        described("item_id", pa.string(), "The same for the same item of the same form"),
        described("form_id", pa.string(), "The form"),
        described("item_no", pa.string(), "Item number as printed"),
        described("sub_item", pa.string(), "Label of a sub-item", True),
        described("section", pa.list_(pa.string()), "Headings over the item"),
        described("category", pa.string(), "種別 / 分類", True),
        described("item", pa.string(), "Short item name", True),
        described("requirement", pa.string(), "The question or requirement"),
        described("documents", pa.int32(), "How many documents answered it; older versions are not counted"),
    ]
)

_ALIGNMENTS = pa.schema(
    [
        described("item_id", pa.string(), "The item"),
        described("rank", pa.int32(), "Place among the item's candidates, from 1"),
        described("control_id", pa.string(), "The candidate"),
        described("score", pa.float32(), "How alike, 0 to 1"),
        described("method", _WORD, "exact, fuzzy or reviewed"),
        described(
            "polarity",
            _WORD,
            "same where yes to the item means that the control is met, inverse where it is not met, else unclear",
        ),
        described(
            "relation",
            _WORD,
            "equal where item and control surely ask the same; null where that cannot be said",
            optional=True,
        ),
        described("accepted", pa.bool_(), "Whether the item takes this control"),
    ]
)

_CONTROLS = pa.schema(
    [
        described("control_id", pa.string(), "Id of the control"),
        described("domain", pa.string(), "Field of security that it belongs to"),
        described("name_ja", pa.string(), "Short name in Japanese"),
        described("name_en", pa.string(), "Short name in English"),
        described("definition_ja", pa.string(), "What is asked, in one sentence"),
        described("desired", _WORD, "The answer a buyer hopes for: yes, no, or value where it is a figure"),
        described("references", _REFERENCES, "Clauses of standards that ask for it"),
    ]
)

_RESCUED = pa.schema(
    [
        described("document_id", pa.string(), "The file"),
        described("sheet", pa.string(), "Sheet of a workbook", True),
        described("page", pa.int32(), "Page of a PDF, from 1", True),
        described("cells", pa.string(), "A1 range, or row and column of a text file", True),
        described("bbox", pa.list_(pa.float32()), "Box in PDF points from the page's top left", True),
        described("text", pa.string(), "The text as printed"),
        described("reason", _WORD, "Why no row uses it"),
    ]
)

_PROBLEMS = pa.schema(
    [
        described("document_id", pa.string(), "The file"),
        described("path", pa.string(), "Path relative to the raw folder"),
        described("severity", _WORD, "error: data is missing; warning: a person should look"),
        described("code", _WORD, "Kind of problem"),
        described("message", pa.string(), "What happened, where, and what to do"),
        described("source", _SOURCE, "Where in the file"),
    ]
)

TABLES = (
    TableSpec("answers", "One row per answer cell.", _ANSWERS, ("document_id", "row")),
    DOCUMENTS,
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
    LAYOUTS,
    DECISIONS,
)
