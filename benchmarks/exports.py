"""Nothing in, a table out: processor seconds, megabytes and peak memory of the comparison workbook and the report.

    python -m benchmarks.exports [VENDORS] [CONTROLS]      default 200 and 250

The dataset is made up, in a temporary folder: a sheet for every vendor, an answer for every control, remarks beside
every third, each kind of answer in its usual share. Each export runs in a process of its own.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.assemble.rows import Row
from pipeline.assess.comparison.build import build_comparison
from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import rows_to_table, write_tables
from pipeline.outputs.comparison.write_comparison import write_comparison
from pipeline.outputs.html_report.write_report import write_report

_ANSWERS = (
    ("yes", "○", 60), ("no", "×", 10), ("partial", "△", 6), ("conditional", "オプション", 4), ("planned", "来年度に予定", 3),
    ("value", "営業日の9時から18時まで", 8), ("not_applicable", "－", 3), ("undisclosed", "非公開", 2), ("unanswered", "", 3),
    ("unclear", "◇", 1),
)  # fmt: skip
_REMARK = "作業の記録を毎月見直し、担当者が交代するときは手順書に沿って引き継ぎます。"
_DOMAINS = (
    "backup",
    "network",
    "logging",
    "incident",
    "physical",
    "contract",
    "operations",
    "assets",
    "governance",
    "cryptography",
)


def made_dataset(folder: Path, vendors: int, controls: int) -> None:
    """Write a dataset of that many vendors and controls; the same each time."""
    dice = random.Random(7)
    rows: dict[str, list[Row]] = {"controls": [_control(number) for number in range(controls)]}
    rows["documents"] = [_document(number) for number in range(vendors)]
    rows["checklists"] = [_checklist(number, controls) for number in range(vendors)]
    rows["answers"] = [
        _answer(dice, vendor, number) for vendor in range(vendors) for number in range(controls)
    ]
    rows["alignments"] = [_alignment(number) for number in range(controls)]
    folder.mkdir(parents=True, exist_ok=True)
    write_tables(folder, {table.name: rows_to_table(table, rows.get(table.name, ())) for table in TABLES}, "")


def _id(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


def _control(number: int) -> Row:
    return {
        "control_id": f"made-{number:03}", "domain": _DOMAINS[number % len(_DOMAINS)],
        "name_ja": f"みほんの統制その{number}", "name_en": f"Made-up control {number}",
        "definition_ja": "決めた手順を守り、守られているかを確かめていること。", "desired": "yes", "references": [],
    }  # fmt: skip


def _document(number: int) -> Row:
    return {
        "document_id": _id(number)[:16], "path": f"みほん{number}号/回答_{number}.xlsx", "sha256": _id(number), "size": 9_000,
        "media_type": "application/vnd.ms-excel", "vendor": f"株式会社みほん{number}号", "service": f"かくう便{number}",
        "title": None, "received_at": dt.date(2026, 1, 1) + dt.timedelta(number), "pages": None, "sheets": 1,
        "coverage": 0.97, "status": "ok", "duplicate_of": None, "message": "", "extractor": "made",
    }  # fmt: skip


def _checklist(number: int, items: int) -> Row:
    return {
        "document_id": _id(number)[:16], "checklist": 1, "title": None, "kind": "filled", "form_id": "form",
        "form_name": "みほん様式", "legend": [], "items": items, "answered": items,
    }  # fmt: skip


def _answer(dice: random.Random, vendor: int, number: int) -> Row:
    answer, raw, _ = dice.choices(_ANSWERS, [share for _, _, share in _ANSWERS])[0]
    source = {"page": None, "sheet": "回答", "cells": f"E{number + 5}", "bbox": None}
    return {
        "document_id": _id(vendor)[:16], "checklist": 1, "row": number + 1, "item_no": str(number + 1),
        "sub_item": None, "section": [], "category": None, "item": None,
        "requirement": f"手順その{number}を定め、年に一度は確かめていること。", "level": "mandatory" if number % 5 == 0 else None,
        "unit": None, "respondent": "provider", "answer_raw": raw, "remarks": _REMARK if dice.random() < 0.33 else "",
        "options": [], "answer": answer, "planned": answer == "planned",
        "planned_date": dt.date(2027, 4, 1) if answer == "planned" else None, "answer_rule": "made", "value": None,
        "item_id": f"item-{number}", "control_id": f"made-{number:03}", "match_score": 0.9, "match_method": "fuzzy",
        "favourable": {"yes": True, "no": False}.get(answer), "confidence": 0.98, "source": source, "comments": [],
        "decided": False,
    }  # fmt: skip


def _alignment(number: int) -> Row:
    return {
        "item_id": f"item-{number}", "rank": 1, "control_id": f"made-{number:03}", "score": 0.9, "method": "fuzzy",
        "polarity": "same", "relation": "equal", "accepted": True,
    }  # fmt: skip


def _compare(folder: Path) -> Path:
    write_comparison(folder / "compare.xlsx", build_comparison(folder), "ja")
    return folder / "compare.xlsx"


def _report(folder: Path) -> Path:
    write_report(folder / "report.html", build_comparison(folder), "ja")
    return folder / "report.html"


def _standing(folder: Path) -> Path:
    build_comparison(folder)
    return folder / "answers.parquet"


def _timed(work: Callable[[Path], Path], folder: Path) -> tuple[float, float, float]:
    """Processor seconds, megabytes of the file, megabytes of peak memory of this process."""
    start = time.process_time()
    size = work(folder).stat().st_size / 1e6
    return time.process_time() - start, size, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    vendors, controls = (int(word) for word in (sys.argv[1:3] if len(sys.argv) > 2 else ("200", "250")))
    table = Table(title=f"{vendors} vendors × {controls} controls", box=None)
    for title in ("export", "CPU seconds", "MB of the file", "MB of memory"):
        table.add_column(title, justify="left" if title == "export" else "right")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made_dataset(folder, vendors, controls)
        for label, work in (("read only", _standing), ("compare.xlsx", _compare), ("report.html", _report)):
            with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
                seconds, size, memory = pool.submit(_timed, work, folder).result()
            shown = "–" if work is _standing else f"{size:.1f}"
            table.add_row(label, f"{seconds:.1f}", shown, f"{memory:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
