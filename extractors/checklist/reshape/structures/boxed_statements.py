"""Reads statements with a box before each: `☑ | 鍵を掛けるか。` in two cells, `□ 鍵を掛ける` and `- [ ] 鍵を掛ける` in one.

A grid in, the structure out. Boxes count as a list where they come again and again at the same place, with the
statements beside them. A black square is a bullet of headings as often as a tick: it is a tick where it stands in a
cell of its own, or among empty boxes before statements of their kind.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.list_chance import asking_share, logistic, speaks_of_answering
from extractors.checklist.reshape.structures.structure import Column, Listed, Structure, records_to_structure
from extractors.grid import Cell
from normalizers.text import empty_boxes, plain_number, ticked_boxes

_MIN_BOXES = 3
_STATED = 0.6  # share of texts that state something from which black squares before them are ticks
_BLACK = frozenset("■◼⬛")
_COLUMNS = (
    Column("番号", Role.NUMBER),
    Column("チェック", Role.ANSWER, guessed=True),
    Column("確認事項", Role.REQUIREMENT),
)
_NUMBER = re.compile(
    r"[(（]?[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3})*[)）]?[.．、:：)）]?(?=[\s　]|(?<=[)）.．、:：])\S)"
)
# By hand, from what a blank list of boxes, a ticked one and bullets of a text differ in.
_WEIGHTS = {
    "asking": 2.5, "both": 2.0, "drawn": 1.5, "written": 2.0, "speaks": 1.5, "many": 1.0, "share": 2.0, "apart": 1.0,
    "numbered": 1.0,
}  # fmt: skip
_BIAS = -4.5


@dataclass(frozen=True, slots=True)
class _Boxed:
    """A box, the statement beside it, whether they stand in cells of their own, and a number before the statement."""

    box: Cell
    text: Cell
    apart: bool
    written: bool


@cache
def _line() -> re.Pattern[str]:
    boxes = re.escape(empty_boxes() + ticked_boxes())
    return re.compile(
        rf"[\s　]*(?:[-*・][\s　]*)?(?P<box>[{boxes}]|\[[\s　xX✓✔レ]?\])[\s　]*(?P<text>[^\s　{boxes}\[][^{boxes}]*)",
        re.DOTALL,
    )


def boxed_structures(view: GridView) -> list[Structure]:
    """The list of boxes of a grid, none where it has no boxes before statements."""
    groups: dict[tuple[int, bool], list[_Boxed]] = defaultdict(list)
    for row in range(view.n_rows):
        boxed = _boxed(view, row)
        if boxed is not None:
            groups[boxed.box.col, boxed.apart].append(boxed)
    best = max(groups.values(), key=len, default=[])
    items = _without_headings(best)
    if len(items) < _MIN_BOXES:
        return []
    records = [_record(item) for item in items]
    return [records_to_structure(view.grid, "boxes", _COLUMNS, records, _chance(view, items))]


def _boxed(view: GridView, row: int) -> _Boxed | None:
    """The box and statement of a row: a box alone left of the row's longest text, or before the text of its only cell."""
    cells = view.starting(row)
    if not cells:
        return None
    first = cells[0].text.strip()
    if len(first) == 1 and first in empty_boxes() + ticked_boxes():
        over = {
            id(c): c for col in range(cells[0].end_col, view.n_cols) if (c := view.at(row, col)) is not None
        }
        texts = [c for c in over.values() if len(c.text.strip()) > 3]
        return _Boxed(cells[0], max(texts, key=lambda c: len(c.text)), True, False) if texts else None
    match = _line().fullmatch(cells[0].text)
    if match is None or len(cells) > 1:
        return None
    box, written = match["box"], match["box"].startswith("[")
    mark = box.strip("[] 　") if written else box
    return _Boxed(
        replace(cells[0], text=f"[{mark}]" if written and mark else mark),
        replace(cells[0], text=match["text"].strip()),
        False,
        written,
    )


def _without_headings(items: Sequence[_Boxed]) -> list[_Boxed]:
    """The boxes without black squares before headings: short, no statement, each before boxes of another kind."""
    black = [item for item in items if not item.apart and item.box.text in _BLACK]
    rest = [item for item in items if item not in black]
    if not black or not rest:
        return list(items) if rest else []
    ends = asking_share([item.text.text for item in rest])
    own = asking_share([item.text.text for item in black])
    length = sum(len(i.text.text) for i in rest) / len(rest)
    short = sum(len(i.text.text) for i in black) / len(black)
    runs = sum(a.box.text in _BLACK and b.box.text in _BLACK for a, b in itertools.pairwise(items))
    heads = runs == 0 and (own < ends - 0.3 or short < 0.6 * length)
    return rest if heads else list(items)


def _may_be_ticks(items: Sequence[_Boxed]) -> bool:
    """Whether black squares are ticks: in cells of their own, or before statements, or where the numbers count up."""
    if items[0].apart or any(
        item.box.text not in _BLACK and item.box.text in ticked_boxes() for item in items
    ):
        return True
    numbers = [match[0] for item in items if (match := _NUMBER.match(item.text.text))]
    plain = [plain_number(number.strip("．.、:：()（）")) for number in numbers]
    return (
        plain == list(range(1, len(items) + 1)) or asking_share([item.text.text for item in items]) >= _STATED
    )


def _record(item: _Boxed) -> Listed:
    match = _NUMBER.match(item.text.text)
    cells = {1: item.box, 2: item.text}
    if match:
        cells[0] = replace(item.text, text=match[0])
        cells[2] = replace(item.text, text=item.text.text[match.end() :].strip())
    top = min(item.box.row, item.text.row)
    return Listed(top, max(item.box.end_row, item.text.end_row), cells)


def _chance(view: GridView, items: Sequence[_Boxed]) -> float:
    boxes = Counter(item.box.text for item in items)
    ticks = sum(times for box, times in boxes.items() if box in ticked_boxes() or box.startswith("["))
    first, last = items[0].box.row, items[-1].box.row
    filled = [row for row in range(first, last + 1) if len(view.starting(row)) > 0]
    figures = {
        "asking": asking_share([item.text.text for item in items]),
        "both": float(0 < ticks < len(items) and _may_be_ticks(items)),
        "drawn": float(any(box in ticked_boxes() and box not in _BLACK for box in boxes)),
        "written": float(any(item.written for item in items)),
        "speaks": speaks_of_answering(view.grid),
        "many": min(1.0, len(items) / 8),
        "share": len(items) / max(1, len(filled)),
        "apart": float(items[0].apart),
        "numbered": sum(_NUMBER.match(item.text.text) is not None for item in items) / len(items),
    }
    chance = logistic(figures, _WEIGHTS, _BIAS)
    return min(chance, 0.5) if figures["speaks"] < 0 else chance
