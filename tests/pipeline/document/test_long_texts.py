"""A whole document, from its bytes to its rows, takes time as it grows: long cells, many rows, many columns."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document.process import read_document
from tests.pipeline.make import raw_file

HEAD = "No.,分類,設問,回答,備考\n"
MOST = 9.0  # times as long for four times as much; 16 where each part is compared with each
SMALL = 0.2  # seconds that are no sign of anything


def _rows(count: int) -> str:
    return HEAD + "".join(f"{n},区分,手順 {n} を定めていますか,○,\n" for n in range(count))


def _alike(count: int) -> str:
    return HEAD + "1,区分,手順を定めていますか,○,\n" * count


def _columns(count: int) -> str:
    return "\n".join(",".join(texts) for texts in (["回答"] * count, *[["○"] * count] * 15)) + "\n"


def _cells(text: str) -> Callable[[int], str]:
    def sheet(count: int) -> str:
        long = text * (count // len(text)) + "対"
        return f'{HEAD}1,区分,手順を定めていますか,○,\n2,区分,教育をしていますか,×,\n3,区分,"{long}","{long}","{long}"\n'

    return sheet


SHEETS: dict[str, tuple[Callable[[int], str], int]] = {
    "rows": (_rows, 400),
    "rows alike": (_alike, 400),
    "columns": (_columns, 60),
    **{
        f"cells of {text!r}": (_cells(text), 5000)
        for text in ("■□", " ", "（", "対応", "1", "、", "①", "ない", "☑ はい　", "1．はい。", "か？はい・")
    },
}


def _seconds(path: Path, text: str) -> float:
    path.write_text(text, encoding="utf-8")
    start = time.process_time()
    assert read_document(raw_file(path)).status in {"ok", "no_checklist", "partial", "to_confirm"}
    return time.process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", SHEETS)
def test_four_times_as_much_takes_about_four_times_as_long(tmp_path: Path, name: str) -> None:
    sheet, count = SHEETS[name]
    _seconds(tmp_path / "first.csv", _rows(20))  # dictionaries and words are loaded
    longer = min(_seconds(tmp_path / "long.csv", sheet(4 * count)) for _ in range(2))
    shorter = min(_seconds(tmp_path / "short.csv", sheet(count)) for _ in range(2))
    assert longer < max(SMALL, MOST * shorter)
