"""The TOML files under sheets/ → plain forms and fills.

A form is what an issuer prints (items, legend); a fill is one vendor's answers to it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHEETS = Path(__file__).parent / "sheets"
RESPONDENTS = ("provider", "contractor")


@dataclass(frozen=True, slots=True)
class Item:
    """One printed item of a form; empty text where the form has no such column."""

    no: str
    requirement: str
    section: str
    category: str = ""
    item: str = ""
    unit: str = ""
    level: str = ""
    stages: str = ""
    remark_before: str = ""
    provider_cell: str = ""
    contractor_cell: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row over the whole width: a band (`band`) or a condition (`note`)."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form as its issuer prints it."""

    title: str
    issuer: str
    intro: str
    legend: str
    stages: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def two_respondents(self) -> bool:
        """Whether provider and contractor each have a column of boxes."""
        return bool(self.items[0].contractor_cell)


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer cell without its remarks, what it means, and the remarks."""

    cell: str
    means: str
    remarks: str


@dataclass(frozen=True, slots=True)
class Example:
    """The example row of an instruction sheet."""

    category: str
    requirement: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Fill:
    """One sample file: a form and what was written into it."""

    path: Path
    layout: str
    form: Form
    vendor: str
    service: str
    contractor: str
    date: str
    person: str
    features: tuple[str, ...]
    replies: dict[tuple[str, str], Reply]
    values: dict[str, tuple[float, str, str]]
    notes: dict[str, str]
    answer_ok: dict[str, list[str]]
    hidden: tuple[str, ...]
    example: Example | None

    def printed(self, item: Item, respondent: str = "provider") -> str:
        """The answer cell as it is printed: check-box cells carry their remarks inside."""
        reply = self.replies[respondent, item.no]
        if "□" in reply.cell or "■" in reply.cell:
            return f"{reply.cell}\n備考：{reply.remarks}"
        return reply.cell


def load_fills() -> list[Fill]:
    """Every sample, in the order of the file names."""
    return [_fill(_toml(path.stem)) for path in sorted(SHEETS.glob("fill_*.toml"))]


def plan(form: Form) -> Iterator[Heading | Item]:
    """The rows of the form's body in reading order."""
    section = ""
    for item in form.items:
        if item.section != section:
            yield Heading(item.section, "band")
            section = item.section
        if item.remark_before:
            yield Heading(item.remark_before, "note")
        yield item


def category_runs(rows: list[Heading | Item]) -> Iterator[tuple[int, int]]:
    """First and last index of neighbouring items that share a category cell."""
    start = 0
    for index, row in enumerate(rows):
        following = rows[index + 1] if index + 1 < len(rows) else None
        here = row.category if isinstance(row, Item) else None
        after = following.category if isinstance(following, Item) else None
        if here != after or here is None:
            if here is not None:
                yield start, index
            start = index + 1


def _toml(stem: str) -> dict[str, Any]:
    return tomllib.loads((SHEETS / f"{stem}.toml").read_text(encoding="utf-8"))


def _form(raw: dict[str, Any]) -> Form:
    cells = {key: raw.get(key, "") for key in ("provider_cell", "contractor_cell")}
    items = [
        Item(**{**cells, **entry, "section": section["heading"]})
        for section in raw["section"]
        for entry in section["items"]
    ]
    return Form(
        raw["title"], raw["issuer"], raw["intro"], raw["legend"], tuple(raw.get("stages", [])), tuple(items)
    )


def _replies(raw: dict[str, Any], form: Form) -> dict[tuple[str, str], Reply]:
    if raw.get("blank"):
        return _blank_replies(form)
    return {
        (who, no): Reply(*entry) for who in RESPONDENTS for no, entry in raw["answers"].get(who, {}).items()
    }


def _blank_replies(form: Form) -> dict[tuple[str, str], Reply]:
    cells = {
        (who, item.no): cell
        for item in form.items
        for who, cell in zip(RESPONDENTS, (item.provider_cell, item.contractor_cell), strict=True)
    }
    return {
        key: Reply(cell, "not_applicable" if cell == "―" else "unanswered", "") for key, cell in cells.items()
    }


def _example(raw: dict[str, str] | None) -> Example | None:
    if raw is None:
        return None
    return Example(raw["category"], raw["requirement"], Reply(raw["cell"], raw["means"], raw["remarks"]))


def _fill(raw: dict[str, Any]) -> Fill:
    form = _form(_toml(raw["form"]))
    return Fill(
        path=Path(raw["path"]),
        layout=raw["layout"],
        form=form,
        vendor=raw["vendor"],
        service=raw["service"],
        contractor=raw.get("contractor", ""),
        date=raw["date"],
        person=raw["person"],
        features=tuple(raw["features"]),
        replies=_replies(raw, form),
        values={no: (number, unit, bound) for no, (number, unit, bound) in raw.get("values", {}).items()},
        notes=raw.get("notes", {}),
        answer_ok=raw.get("answer_ok", {}),
        hidden=tuple(raw.get("hidden", [])),
        example=_example(raw.get("example")),
    )
