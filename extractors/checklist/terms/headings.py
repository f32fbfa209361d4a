"""Classifies heading rows, notes, examples and totals, and stacks section headings.

Texts in; the headings over the next item out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from normalizers.text import fold
from normalizers.vocabulary import load

# From the outermost to the innermost as sheets use them; a new style nests under styles before it.
_STYLES = (
    ("chapter", re.compile(r"第?[0-9０-９一二三四五六七八九十]+[章編部]")),
    ("roman", re.compile(r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]|[IVX]{1,4}[.．、)）]")),
    ("letter", re.compile(r"[A-ZＡ-Ｚ][.．、)）]")),
    ("number", re.compile(r"[0-9０-９]+[.．、]?(?![0-9０-９.．\-－)）])")),
    ("square", re.compile(r"[■□▼▲]")),
    ("diamond", re.compile(r"[◆◇]")),
    ("bracket", re.compile(r"[【［\[〔<＜《]")),
    ("dotted", re.compile(r"[0-9０-９]+[.．\-－][0-9０-９]+")),
    ("paren", re.compile(r"[(（][0-9０-９一二三四五六七八九十]+[)）]")),
    ("circled", re.compile(r"[①-⑳]")),
    ("bullet", re.compile(r"[●○・]")),
)
_LABEL = 12  # characters that a label before a colon has at most
PLAIN = "plain"
_FRAMED = re.compile(r"[【［\[〔<＜《〈][^【】［］\[\]〔〕<>＜＞《》〈〉]{1,40}[】］\]〕>＞》〉]")
_COUNT = re.compile(r"\d+(?:/\d+)?(?:件|個|項目|%|点)?")
_RANK = {name: rank for rank, (name, _) in enumerate(_STYLES)} | {PLAIN: len(_STYLES)}


@cache
def heading_words() -> dict[str, Any]:
    """What headings.toml says of rows that are no items, and of titles."""
    return load("extractors.checklist.terms", "headings.toml")


def style_of(text: str) -> str:
    """The numbering or bullet style that a heading begins with, `plain` where it has none."""
    stripped = text.strip()
    if _STYLES[7][1].match(stripped):
        return "dotted"
    return next((name for name, pattern in _STYLES if pattern.match(stripped)), PLAIN)


def is_framed(text: str) -> bool:
    """`＜入退室＞`, `【体制】`: a heading by its brackets alone."""
    return _FRAMED.fullmatch(text.strip()) is not None


def is_note(text: str) -> bool:
    """`※No.11～16は…`: a condition or note, not a heading."""
    return fold(text).startswith(tuple(fold(mark) for mark in heading_words()["bands"]["note"]))


def is_label(text: str) -> bool:
    """Whether a text names what stands beside it, `根拠：`, and asks nothing."""
    return len(text.strip()) <= _LABEL and text.strip().endswith(("：", ":"))


def is_example(text: str) -> bool:
    """`例`, `（例）`, `例1`, `記入例１`: the form's own example."""
    key = fold(text).strip("()[]【】<>〈〉《》■◆●※:.")
    return key.rstrip("0123456789-.)") in {fold(word) for word in heading_words()["bands"]["example"]}


def is_total(text: str, other_texts: Sequence[str]) -> bool:
    """`合計`, or `○の数` beside nothing but counts: a row that sums up."""
    key = fold(text).rstrip(":")
    entries = heading_words()["bands"]
    if key in {fold(word) for word in entries["total"]}:
        return True
    counted = bool(other_texts) and all(
        _COUNT.fullmatch(fold(text_beside)) for text_beside in other_texts if text_beside.strip()
    )
    return counted and len(key) <= 10 and key.endswith(tuple(fold(word) for word in entries["total_end"]))


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings over the current row, outermost first, each with its style."""

    stack: tuple[tuple[str, str], ...] = ()
    fresh: bool = False  # a heading was the last thing seen

    def push(self, text: str) -> Headings:
        """The headings after a heading row: a style seen before closes what stands under it."""
        style = style_of(text)
        styles = [known for known, _ in self.stack]
        if style in styles:
            kept = self.stack[: styles.index(style)]
        elif self.fresh:
            kept = self.stack
        else:
            kept = tuple(entry for entry in self.stack if _RANK[entry[0]] < _RANK[style])
        return Headings((*kept, (style, text.strip())), fresh=True)

    def settled(self) -> Headings:
        """The same headings after an item row."""
        return Headings(self.stack) if self.fresh else self

    @property
    def texts(self) -> tuple[str, ...]:
        """The headings as printed, outermost first."""
        return tuple(text for _, text in self.stack)
