"""Write the sample sheets of data/raw/ and, beside this file, the gold rows that reading them must give.

Run from the project's root: `python -m tests.golden.make_samples`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.golden.excel_boxes import boxes_workbook
from tests.golden.excel_levels import levels_workbook
from tests.golden.excel_marks import marks_workbook
from tests.golden.excel_save import workbook_bytes
from tests.golden.forms import Fill, load_fills
from tests.golden.gold import gold_records, manifest_entry
from tests.golden.pdf_tables import levels_pdf, marks_pdf

GOLDEN = Path(__file__).parent
RAW = GOLDEN.parents[1] / "data" / "raw"
WORKBOOKS: dict[str, Callable[[Fill], Workbook]] = {
    "marks_xlsx": marks_workbook,
    "levels_xlsx": levels_workbook,
    "boxes_xlsx": boxes_workbook,
}
PRINTS: dict[str, Callable[[Fill], bytes]] = {"marks_pdf": marks_pdf, "levels_pdf": levels_pdf}


def main() -> None:
    """Write every sample, its gold rows and the manifest."""
    fills = load_fills()
    for fill in fills:
        write_sample(fill, RAW)
        write_gold(fill, GOLDEN)
    manifest = [manifest_entry(fill) for fill in fills]
    (GOLDEN / "MANIFEST.json").write_text(_json(manifest, indent=1) + "\n", encoding="utf-8")


def sample_bytes(fill: Fill) -> bytes:
    """The sample file of one fill."""
    if fill.layout in PRINTS:
        return PRINTS[fill.layout](fill)
    return workbook_bytes(WORKBOOKS[fill.layout](fill), fill.vendor or fill.form.issuer.split("　")[0])


def write_sample(fill: Fill, folder: Path) -> None:
    """Write one sample under a folder, where its path says."""
    target = folder / fill.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(sample_bytes(fill))


def write_gold(fill: Fill, folder: Path) -> None:
    """Write the gold rows of one sample as JSON lines."""
    lines = [_json(record) for record in gold_records(fill)]
    (folder / f"{fill.path.stem}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _json(data: Any, indent: int | None = None) -> str:
    return json.dumps(data, ensure_ascii=False, indent=indent)


if __name__ == "__main__":
    main()
