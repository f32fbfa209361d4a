"""A million answer cells in, cells read per second out: with the memory of readings, and each cell anew.

    python -m benchmarks.answers [CELLS]

Cells are drawn as they stand in received sheets: few marks and words very often, remarks behind them, figures, sentences and
check boxes seldom and in many wordings, in lists of 100 rows with a legend, a unit and a date of their own.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.answers.classify import clear_answer_cache, read_anew
from normalizers.answers.legend import LegendEntry
from normalizers.answers.model import Context
from normalizers.language.tokens import tokenizer
from normalizers.legends.parse_legend import parse_legend
from normalizers.remarks.contradiction import contradicts
from normalizers.responses.read_responses import read_responses

ROWS = 100
MARKS = (
    "○", "◯", "〇", "×", "✕", "△", "―", "-", "有", "無", "はい", "いいえ", "適合", "不適合", "対応済", "未対応", "該当なし",
    "非公開", "",
)  # fmt: skip
ACTIONS = ("実施", "整備", "取得", "監視", "暗号化", "点検", "記録", "保管", "制限", "周知", "見直し", "訓練")
THINGS = (
    "手順書",
    "通信",
    "名簿",
    "鍵",
    "倉庫",
    "受付",
    "帳簿",
    "端末",
    "利用者",
    "来客",
    "備品",
    "窓口",
    "書庫",
    "配線",
    "掲示",
)
ENDINGS = (
    "しています", "しております", "していません", "する予定です", "済み", "できません", "を検討中です",
    "しています（一部を除く）",
)  # fmt: skip
UNITS = (None, None, None, "有無", "時間", "〇×", "稼働率(%)")
LEGENDS = (
    "", "", "○：満たす ×：満たさない △：要相談", "◎：実施済 ○：一部実施 ×：未実施", "A：対応 B：一部対応 C：未対応",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class List:
    """One list of a sheet: its rows, its legend and the sheet's date."""

    rows: tuple[ItemRow, ...]
    legend: tuple[LegendEntry, ...]
    date: dt.date | None


def cell(dice: random.Random) -> str:
    """One answer cell."""
    kind, mark = dice.random(), MARKS[min(int(dice.expovariate(0.35)), len(MARKS) - 1)]
    thing, action, ending = dice.choice(THINGS), dice.choice(ACTIONS), dice.choice(ENDINGS)
    if kind < 0.65:
        return mark
    if kind < 0.75:
        return f"{mark}（{thing}を{action}{ending}）"
    if kind < 0.85:
        return (
            f"{dice.randint(1, 60)}{dice.choice(('時間以内', '世代', '日', '営業日前まで', '分', '回/年'))}"
        )
    if kind < 0.97:
        return f"{thing}を{action}{ending}"
    return f"次から回答すること。\n　{dice.choice('□■')}適合\n　{dice.choice('□■')}不適合\n　備考：{thing}を{action}{ending}"


def lists(cells: int, seed: int = 5) -> Iterator[List]:
    """Lists of 100 rows, `cells` answer cells in all."""
    dice = random.Random(seed)
    for _ in range(cells // ROWS):
        unit, legend = dice.choice(UNITS), dice.choice(LEGENDS)
        date = dt.date(2026, 1, 1) + dt.timedelta(days=dice.randrange(300)) if dice.random() < 0.7 else None
        rows = tuple(_row(number, unit, dice) for number in range(1, ROWS + 1))
        yield List(rows, parse_legend([legend]) if legend else (), date)


def _row(number: int, unit: str | None, dice: random.Random) -> ItemRow:
    question = f"{dice.choice(THINGS)}を{dice.choice(ACTIONS)}していること。"
    remark = f"{dice.choice(THINGS)}は別に{dice.choice(ACTIONS)}しています。" if dice.random() < 0.3 else ""
    return ItemRow(str(number), question, cell(dice), remark, "provider", Location(), unit=unit)


def read_lists(drawn: Sequence[List]) -> int:
    """Read every row of the lists, remarks too; the number of contradicted answers."""
    found = 0
    for one in drawn:
        readings = read_responses(one.rows, one.legend, one.date)
        found += sum(
            contradicts(r.answer, row.remarks, one.date) for row, r in zip(one.rows, readings, strict=True)
        )
    return found


def main() -> None:
    """Print cells per second."""
    cells = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    drawn = list(lists(cells))
    texts = [row.answer for one in drawn for row in one.rows]
    tokenizer().tokenize("辞書を読む")  # loading the dictionary is no part of reading
    clear_answer_cache()
    start = time.process_time()
    read_lists(drawn)
    whole = time.process_time() - start
    sample = texts[:20_000]
    start = time.process_time()
    for text in sample:
        read_anew(text, Context())
    anew = time.process_time() - start
    print(f"{len(texts):,} cells, {len(set(texts)):,} different, in lists of {ROWS} rows")
    print(f"rows with question, unit, legend and remarks: {whole:.1f} s, {len(texts) / whole:,.0f} cells/s")
    print(f"each cell anew (of {len(sample):,}): {len(sample) / anew:,.0f} cells/s")


if __name__ == "__main__":
    main()
