"""The table of received files: every column with its type and its meaning; a part of schema.py, which has the rules."""

from __future__ import annotations

import pyarrow as pa

from pipeline.dataset.table_spec import TableSpec, described

_WORD = pa.dictionary(pa.int32(), pa.string())
_COLUMNS = pa.schema(
    [
        described("document_id", pa.string(), "First 16 hex digits of the SHA-256 of the file's bytes"),
        described(
            "path",
            pa.string(),
            "Path relative to the raw folder; what a mail or archive carries stands under its path",
        ),
        described(
            "container",
            pa.string(),
            "Path of the mail or archive that carried the file; null where it lay there",
            True,
        ),
        described("sha256", pa.string(), "SHA-256 of the file's bytes in hex"),
        described("size", pa.int64(), "Size of the file in bytes"),
        described("media_type", pa.string(), "Kind of file, told by its content"),
        described(
            "vendor",
            pa.string(),
            "The vendor as a person corrected it (data/review/vendors.csv), else as the sheet, the file's or folder's name tells",
            True,
        ),
        described(
            "vendor_source",
            _WORD,
            "What names the vendor: reviewed, sheet, service, footer, file_name, folder_name, mail, line or properties",
            True,
        ),
        described(
            "vendor_key",
            pa.string(),
            "The same for all prints of one vendor's name: without its legal form, width, case and kana folded",
            True,
        ),
        described("service", pa.string(), "The service or system as the sheet names it", True),
        described("title", pa.string(), "The sheet's title as printed", True),
        described(
            "received_at",
            pa.date32(),
            "The date as a person decided (data/review/dates.csv), else in the file's or folder's name, else the day of "
            "answering printed on the sheet, else the mail's; the first "
            "day where a month or year is all that is told",
            True,
        ),
        described(
            "date_source",
            _WORD,
            "What tells received_at: reviewed, file_name, folder_name, sheet or mail",
            True,
        ),
        described("pages", pa.int32(), "Pages of a PDF", True),
        described("sheets", pa.int32(), "Sheets of a workbook", True),
        described(
            "coverage",
            pa.float32(),
            "Share of the non-empty cells that a field or heading of the dataset holds, 0 to 1",
            True,
        ),
        described(
            "status",
            _WORD,
            "ok, partial, to_confirm (a layout is proposed and waits for a person), no_checklist, container (a mail or archive "
            "whose contents are documents of their own), ignored (noise), encrypted, failed or duplicate; removed where the "
            "file is no longer in the folder",
        ),
        described(
            "duplicate_of", pa.string(), "Path of the file with the same bytes that was read instead", True
        ),
        described("message", pa.string(), "What to know about the file, in words; empty where all is well"),
        described("extractor", pa.string(), "Which reader gave the rows", True),
        described("version", pa.int32(), "Which bytes under this path, from 1, in the order received"),
        described(
            "replaced_by", pa.string(), "document_id of the path's next version; null for the newest", True
        ),
    ]
)

DOCUMENTS = TableSpec(
    "documents",
    "One row per file received, carried ones too, and per older version of it; none is left out.",
    _COLUMNS,
    ("path", "version"),
)
