"""Tells labels by their repetition: texts that come again and again, but for a counter inside them.

Texts in, their templates out. `設問1`, `設問2` and `設問3` are one label, `設問#`; so are `カード01` and `カード02`,
`第1問` and `第2問`, `設問イ` and `設問ロ`. A mark, an answer word, a figure or a text with a box is no label,
however often it comes: `はい` under every card is what was answered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby

from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.model import Role
from extractors.checklist.terms.column_names import STRONG, guess_role
from extractors.checklist.terms.requirement_level import is_level
from extractors.grid import Cell
from normalizers.text import empty_boxes, fold, is_item_number, shape_of, ticked_boxes

LONGEST = 30  # characters of a label
COUNTED = "#"
_DIGITS = re.compile(r"\d{1,4}(?:[-.]\d{1,3})*")
_SERIES = re.compile(r"(?P<head>[^\d\W]{1,8})[\s.]?(?P<no>[a-zア-ンぁ-ん一二三四五六七八九十]|[ivx]{1,5})")
_CODE = re.compile(rf"[a-z]{{1,6}}[-_.]?{COUNTED}")
_MIN_SERIES = 3
_UNITS = frozenset("%年月日時分秒円件名人個台回点歳倍部枚本社") | {
    "か月", "ヶ月", "日間", "時間", "年度", "世代", "営業日", "gb", "mb",
}  # fmt: skip


def templates_of(cells: Sequence[Cell]) -> list[str | None]:
    """The template of each cell's text, None where it may be no label."""
    keys = [_key(cell.text) for cell in cells]
    series: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        match = _SERIES.fullmatch(key) if key else None
        if match:
            series[match["head"]].add(match["no"])
    result: list[str | None] = []
    for key in keys:
        match = _SERIES.fullmatch(key) if key else None
        if key is None:
            result.append(None)
        elif match and len(series[match["head"]]) >= _MIN_SERIES:
            result.append(match["head"] + COUNTED)
        else:
            result.append(_DIGITS.sub(COUNTED, key))
    return _with_chapters(result)


def _with_chapters(templates: list[str | None]) -> list[str | None]:
    """The templates, where codes count on from one chapter to the next, `A-1`, `A-2`, `B-1`: these are one label.

    `Q1`, `A1`, `Q2`, `A2` take turns and are two.
    """
    coded = [t for t in templates if t is not None and _CODE.fullmatch(t)]
    runs = [code for code, _ in groupby(coded)]
    if len(runs) < 2 or len(set(runs)) < len(runs) or len(coded) < _MIN_SERIES:
        return templates
    return [COUNTED if t is not None and _CODE.fullmatch(t) else t for t in templates]


def counts(template: str | None) -> bool:
    """Whether a label has a counter: it begins the block."""
    return template is not None and COUNTED in template


def _key(text: str) -> str | None:
    stripped = text.strip()
    key = fold(stripped).rstrip(":")
    if not key or len(stripped) > LONGEST or stripped.endswith(("。", "？", "?")):
        return None
    if shape_of(stripped) or any(char in stripped for char in empty_boxes() + ticked_boxes()):
        return None
    if is_level(stripped) or (is_answer_like(stripped) and not _names(stripped, key)):
        return None
    if is_item_number(stripped) or _DIGITS.search(key):
        return key if _may_count(key) else None
    return key


def _may_count(key: str) -> bool:
    """`q1`, `第1問`, `カード01` and `1` alone; no figure with its unit, no date, nothing with two figures."""
    rest = _DIGITS.sub("", key).strip("()[]【】<>.-:_")
    return len(_DIGITS.findall(key)) == 1 and rest not in _UNITS


def _names(text: str, key: str) -> bool:
    """`対応状況` begins with an answer word and is a name, and so is `No.`."""
    guess = guess_role(text)
    if guess is not None and guess.strength == STRONG and guess.role != Role.ANSWER:
        return True
    return len(key) > 2 and key.endswith(
        ("状況", "内容", "欄", "結果", "方法", "資料", "理由", "有無", "可否")
    )
