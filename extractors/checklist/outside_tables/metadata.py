"""Reads document metadata: title, vendor, service, date, and the legend.

Cells outside of items in; values out, and which cells they come from: `会社名 | 株式会社見本` names the vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from extractors.checklist.model import Meta
from extractors.checklist.terms.column_names import contains_word, guess_role
from extractors.grid import Cell
from normalizers.text import fold, shape_of
from normalizers.vocabulary import load

_LABEL = re.compile(
    r"^[\s　■◆●・【\[]*(?P<label>[^：:】\]\n]{2,20}?)[\s　】\]]*[：:][\s　]*(?P<value>[^\n]*)$", re.MULTILINE
)
_PLACEHOLDER = re.compile(r"^[\s　_＿.．…・〇○◯●×xX*＊\-－年月日記入してください（）()]*$|〇〇|○○|◯◯|XX|xxx")
_DATE = re.compile(
    r"(?:20\d\d|令和\s*(?:\d+|元)|R\s*\d+)\s*[年/.\-]\s*\d{1,2}"
    r"(?:\s*月(?:\s*\d{1,2}\s*日?)?|\s*[/.\-]\s*\d{1,2}\s*日?)?"
)
_COMPANY = "company"
_ORGANISATION = re.compile(r"会社|法人|組合|財団|協会|㈱|㈲|\(株\)|（株）|\b(?:Inc|Ltd|Corp|LLC|K\.K)\b")
_DATE_LABEL = re.compile(r"(最終更新日|更新日|作成日|記入日|回答日|提出日|改訂日)")
_LEGEND = re.compile(r"(?:凡例|記号の意味|記号|選択肢)|[○◯〇×✕☓△▲◎●－―]\s*[:：=＝…]")
_PROSE = re.compile(
    r"(?:項目|もの|箇所|場合|とき|時|際)(?:は|に|には|へ|のみ)?[、,]?[「『]?(?:[○◯〇×✕☓△レ✓✔]|チェック)(?:印|点|マーク|を|と|、|で|[」』])"
    r"|(?:[○◯〇×✕☓△レ✓✔]|チェック)(?:印|点|マーク)?[」』]?(?:は|を)[^。\n]{2,30}(?:項目|もの|箇所|場合|とき|時|際)(?:に|へ|で)"
)
_MARK_MEANING = re.compile(
    r"(?:^|[\s　、,，（(【])(?:[○◯〇×✕☓✖△▲▽◎●－―ー\-☑✓]|[A-EＡ-Ｅ]|[0-9０-９]"
    r"|[ア-ンあ-ん甲乙丙丁](?![^\s:：=＝…]))\s*[:：=＝…]\s*\S"
)


@cache
def _labels() -> dict[str, str]:
    return {
        fold(word): key
        for key, entries in load("extractors.checklist.outside_tables", "metadata.toml")["meta"].items()
        for word in entries
    }


def read_metadata(cells: Sequence[Cell]) -> Meta:
    """Vendor, service, title and date from cells in reading order; the first telling of each counts."""
    values: dict[str, str] = {}
    for cell, following in _with_next(cells):
        for label, value in _pairs(cell, following):
            key = _labels().get(fold(label))
            if key and _is_value(key, value):
                values.setdefault("vendor" if key == _COMPANY else key, value)
    if "date" not in values:
        dated = [
            m.group(0)
            for c in cells
            if _DATE_LABEL.search(c.text) or "版" in c.text
            for m in _DATE.finditer(c.text)
        ]
        if dated:
            values["date"] = dated[-1]
    return Meta(values.get("vendor"), values.get("service"), title_of(cells), values.get("date"))


def _is_value(key: str, value: str) -> bool:
    """Whether a text can be what a label asks for: no blank line, no other label, a date for a date."""
    if key == _COMPANY and not _ORGANISATION.search(value):
        return False
    if not value or _PLACEHOLDER.search(value) or fold(value) in _labels() or len(value) > 100:
        return False
    return bool(_DATE.search(value)) if key == "date" else guess_role(value) is None


def _with_next(cells: Sequence[Cell]) -> Iterable[tuple[Cell, Cell | None]]:
    """Each cell with its right neighbour in the same row."""
    for index, cell in enumerate(cells):
        after = cells[index + 1] if index + 1 < len(cells) else None
        yield cell, after if after is not None and after.row == cell.row else None


def _pairs(cell: Cell, following: Cell | None) -> list[tuple[str, str]]:
    pairs = [(m.group("label"), m.group("value").strip(" 　_")) for m in _LABEL.finditer(cell.text)]
    if following is not None:
        label = re.sub(r"[\s　：:]+$", "", cell.text.strip(" 　■◆●・【】[]"))
        pairs.append((label, following.text.strip(" 　_")))
    return pairs


def metadata_cells(cells: Sequence[Cell], title: str | None) -> set[tuple[int, int]]:
    """Places of the cells that the title, labels with their values and legend lines come from."""
    legend = set(legend_lines(cells))
    vendor = read_metadata(cells).vendor
    spots = set()
    for cell, following in _with_next(cells):
        labels = [
            label
            for label, value in _pairs(cell, following)
            if _labels().get(fold(label)) != _COMPANY
            or value == vendor  # a company that is not the vendor is told nowhere
        ]
        if cell.text in legend or (title and cell.text.strip().startswith(title)):
            spots.add((cell.row, cell.col))
        if any(fold(label) in _labels() for label in labels):
            spots.add((cell.row, cell.col))
            if following is not None and not _LABEL.search(cell.text):
                spots.add((following.row, following.col))
    return spots


def title_of(cells: Sequence[Cell]) -> str | None:
    """The first text that reads as a title: one line, no label, no note."""
    for cell in cells:
        text = "" if cell.hidden else cell.text.strip()
        line = text.splitlines()[0] if text else ""
        if (
            4 <= len(line) <= 80
            and not line.startswith(("※", "・", "注"))
            and not _LABEL.match(line)
            and not line.endswith("。")
        ):
            return line
    return None


def legend_lines(cells: Sequence[Cell]) -> list[str]:
    """Lines that tell what marks mean: `凡例 ○：…`, and tables of a mark beside its meaning."""
    lines = [cell.text for cell in cells if _LEGEND.search(cell.text) and _MARK_MEANING.search(cell.text)]
    lines += [
        cell.text for cell in cells if len(_MARK_MEANING.findall(cell.text)) >= 2 and cell.text not in lines
    ]
    lines += [cell.text for cell in cells if _PROSE.search(cell.text) and cell.text not in lines]
    return lines + _legend_table(cells)


def _legend_table(cells: Sequence[Cell]) -> list[str]:
    """A mark in one cell and its meaning in the next, at least twice: `◯ | 対応している` → `◯：対応している`."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    entries = [
        (mark.text.strip(), meaning.text.strip())
        for row in rows.values()
        for mark, meaning in pairwise(row)
        if _is_mark(mark.text)
        and meaning.col <= mark.end_col + 1
        and 2 <= len(meaning.text.strip()) <= 60
        and not meaning.text.strip().isdigit()
    ]
    marks = {mark for mark, _ in entries}
    return (
        [f"{mark}：{meaning}" for mark, meaning in entries]
        if len(marks) >= 2 and len(marks) == len(entries)
        else []
    )


def legend_marks(lines: Sequence[str]) -> frozenset[str]:
    """The single characters that legend lines explain."""
    marks = (m.group(0).strip(" 　、,，（(【") for line in lines for m in _MARK_MEANING.finditer(line))
    return frozenset(text[0] for text in marks if text)


def colour_notes(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Lines that say that colours mean something."""
    return tuple(
        cell.text
        for cell in cells
        if contains_word(cell.text, load("normalizers", "colours.toml")["notes"]["spoken"])
    )


def _is_mark(text: str) -> bool:
    stripped = text.strip()
    return shape_of(stripped) is not None or (
        len(stripped) == 1 and guess_role(stripped) is None and stripped.isalnum()
    )
