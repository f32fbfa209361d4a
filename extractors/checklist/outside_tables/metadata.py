"""Reads document metadata: title, vendor, service and date.

Cells outside of items in; values out, and which cells they come from: `会社名 | 株式会社見本` names the vendor.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extractors.checklist.model import Meta
from extractors.checklist.outside_tables.legend_lines import legend_lines
from extractors.checklist.terms.column_names import contains_word, guess_role
from extractors.grid import Cell
from normalizers.text import fold
from normalizers.vocabulary import load

_LABEL = re.compile(
    r"^[\s　■◆●・【\[]*(?P<label>[^：:】\]\n]{2,20}?)[\s　】\]]*[：:][\s　]*(?P<value>[^\n]*)$", re.MULTILINE
)
_PLACEHOLDER = re.compile(r"^[\s　_＿.．…・〇○◯●×xX*＊\-－年月日記入してください（）()]*$|〇〇|○○|◯◯|XX|xxx")
_DATE = re.compile(
    r"(?:20\d\d|令和\s*(?:\d+|元)|R\s*\d+)\s*[年/.\-]\s*\d{1,2}"
    r"(?:\s*月(?:\s*\d{1,2}\s*日?)?|\s*[/.\-]\s*\d{1,2}\s*日?)?"
)
_COMPANY, _CONTRACTOR_COMPANY = "company", "contractor_company"
_VENDORS = ("vendor", "contractor", _CONTRACTOR_COMPANY)  # the first that is told
_ORGANISATION = re.compile(r"会社|法人|組合|財団|協会|㈱|㈲|\(株\)|（株）|\b(?:Inc|Ltd|Corp|LLC|K\.K)\b")
_WIDE_SPACE = re.compile(r"　+| {2,}")
_DATE_LABEL = re.compile(r"(最終更新日|更新日|作成日|記入日|回答日|提出日)")
_EDITION = re.compile(
    r"\s*(?:時点)?\s*(?:版|改訂|改定|改正|施行|制定)"
)  # behind a date: that of the form, not of its answers
_DATES = ("date", "date_made")  # the day of answering before the day on which the paper was made
_DECORATION = r"[ \t　■◆●・【\[]{0,8}"
_MOST_LABELS = 20  # on one line


@cache
def _spaced_label() -> re.Pattern[str]:
    """A known label with a space behind it and its value: `受託者名　株式会社カクウ`."""
    return re.compile(rf"^{_DECORATION}(?P<label>{_any_label()})[ 　\t]+(?P<value>\S[^\n]*)$", re.MULTILINE)


@cache
def _further_label() -> re.Pattern[str]:
    """A label behind another one's value on the same line, known or not: `会社名：株式会社カクウ　委託内容：印刷`."""
    return re.compile(
        rf"(?<![\s　])[\s　]+(?P<label>{_any_label()}|[^\s　：:0-9０-９][^\s　：:]{{1,11}})[\s　]*[：:](?!//)[\s　]*"
    )


@cache
def _any_label() -> str:
    words = load("extractors.checklist.outside_tables", "metadata.toml")["meta"]
    labels = sorted((word for entries in words.values() for word in entries), key=len, reverse=True)
    return "|".join("[ 　]?".join(map(re.escape, label)) for label in labels)


@cache
def _labels() -> dict[str, str]:
    return {
        fold(word): key
        for key, entries in load("extractors.checklist.outside_tables", "metadata.toml")["meta"].items()
        for word in entries
    }


def _key_of(label: str) -> str | None:
    """What a label asks for, None where it is not known; a polite ご, お or 御 before it changes nothing."""
    plain = fold(label)
    return _labels().get(plain) or (_labels().get(plain[1:]) if plain[:1] in {"ご", "お", "御"} else None)


def read_metadata(cells: Sequence[Cell]) -> Meta:
    """Vendor, service, title and date from cells in reading order; the first telling of each counts."""
    values: dict[str, str] = {}
    for cell, following in _with_next(cells):
        for label, value in _pairs(cell, following):
            key = _key_of(label)
            if key and _is_value(key, value):
                values.setdefault("vendor" if key == _COMPANY else key, value)
    for key, value in _values_below(cells):
        values.setdefault(key, value)
    date = next((values[key] for key in _DATES if key in values), None) or _last_labelled_date(cells)
    vendor = next((_organisation_in(values[key]) for key in _VENDORS if key in values), None)
    return Meta(vendor, values.get("service"), title_of(cells), date)


def _organisation_in(value: str) -> str:
    """An organisation's name without what wide spaces part from it: `株式会社カクウ　技術部　2026年6月1日`."""
    first = _WIDE_SPACE.split(value, maxsplit=1)[0]
    form = _ORGANISATION.search(first)
    return first if form is not None and len(first) > len("株式会社") + 1 else value


def _values_below(cells: Sequence[Cell]) -> Iterable[tuple[str, str]]:
    """Dates and organisations that stand under their label, where names of columns stand over one row of values."""
    below = {(cell.row, cell.col): cell for cell in cells}
    for cell in cells:
        key = _key_of(cell.text)
        under = below.get((cell.end_row, cell.col))
        if key is None or under is None:
            continue
        value = under.text.strip(" 　_")
        if key in _DATES and _is_value(key, value):
            yield key, value
        elif key in {_COMPANY, *_VENDORS} and _is_value(_COMPANY, value):
            yield "vendor" if key == _COMPANY else key, value


def _last_labelled_date(cells: Sequence[Cell]) -> str | None:
    """The last date of the cells that say that it is one of answering, making or changing the paper."""
    dated = [
        match.group(0)
        for cell in cells
        if _DATE_LABEL.search(cell.text)
        for match in _DATE.finditer(cell.text)
        if not _EDITION.match(cell.text, match.end())
    ]
    return dated[-1] if dated else None


def _is_value(key: str, value: str) -> bool:
    """Whether a text can be what a label asks for: no blank line, no other label, a date for a date."""
    if key in {_COMPANY, _CONTRACTOR_COMPANY} and not _ORGANISATION.search(value):
        return False
    if not value or _PLACEHOLDER.search(value) or fold(value) in _labels() or len(value) > 100:
        return False
    if key in _DATES:
        date = _DATE.search(value)
        return date is not None and not _EDITION.match(value, date.end())
    return guess_role(value) is None


def _with_next(cells: Sequence[Cell]) -> Iterable[tuple[Cell, Cell | None]]:
    """Each cell with its right neighbour in the same row."""
    for index, cell in enumerate(cells):
        after = cells[index + 1] if index + 1 < len(cells) else None
        yield cell, after if after is not None and after.row == cell.row else None


def _pairs(cell: Cell, following: Cell | None) -> list[tuple[str, str]]:
    pairs = [pair for m in _LABEL.finditer(cell.text) for pair in _apart(m.group("label"), m.group("value"))]
    pairs += [pair for line in cell.text.splitlines() for pair in _apart("", line)[1:]]
    spaced = _spaced_label().finditer(cell.text)
    pairs += [pair for m in spaced for pair in _apart(m.group("label"), m.group("value"))]
    if following is not None:
        label = re.sub(r"[\s　：:]+$", "", cell.text.strip(" 　■◆●・【】[]"))
        pairs += _apart(label, following.text.strip(" 　_"))
    return pairs


def _apart(label: str, value: str) -> list[tuple[str, str]]:
    """A label with its value, and the labels behind it on the same line with theirs."""
    pairs: list[tuple[str, str]] = []
    rest = value
    while len(pairs) < _MOST_LABELS and (further := _further_label().search(rest)) is not None:
        pairs.append((label, rest[: further.start()].strip(" 　_")))
        label, rest = further.group("label"), rest[further.end() :]
    return [*pairs, (label, rest.strip(" 　_"))]


def metadata_cells(cells: Sequence[Cell], title: str | None) -> set[tuple[int, int]]:
    """Places of the cells that the title, labels with their values and legend lines come from."""
    legend = set(legend_lines(cells))
    vendor = read_metadata(cells).vendor
    spots = set()
    for cell, following in _with_next(cells):
        labels = [
            label
            for label, value in _pairs(cell, following)
            if _key_of(label) not in {_COMPANY, *_VENDORS[1:]}
            or _organisation_in(value) == vendor  # a company that is not the vendor is told nowhere
        ]
        if cell.text in legend or (title and cell.text.strip().startswith(title)):
            spots.add((cell.row, cell.col))
        if any(_key_of(label) for label in labels):
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


def colour_notes(cells: Sequence[Cell]) -> tuple[str, ...]:
    """Lines that say that colours mean something."""
    return tuple(
        cell.text
        for cell in cells
        if contains_word(cell.text, load("normalizers", "colours.toml")["notes"]["spoken"])
    )
