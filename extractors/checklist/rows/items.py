"""Drafts in, item rows out: one a respondent, sub-items told from answers, remarks given to their answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.columns.respondents_variants import remarks_for_all
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Column, ItemRow
from extractors.checklist.rows.comments import comments_of_row
from extractors.checklist.rows.conflicting_answers import RIVALS, differ, rivals_of
from extractors.checklist.rows.parse import Draft
from extractors.checklist.terms.requirement_level import is_mark, level_of
from extractors.location import Location
from normalizers.text import shape_of

_NO_MARK = 2
_MOSTLY = 0.7
_LEADING_NUMBER = re.compile(
    r"^[\s　]*(?P<number>(?:No\.?|Q|問|設問)?[\s　]?[(（]?[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3}){0,3}"
    r"[)）]?[.．、:：]?|[①-⑳])(?:[\s　]+|(?<=[)）.．、:：①-⑳]))",
    re.IGNORECASE,
)


def drafts_to_items(drafts: Sequence[Draft], columns: tuple[Column, ...], view: GridView) -> list[ItemRow]:
    """Item rows in reading order."""
    rows: list[ItemRow] = []
    rivals = rivals_of(drafts, columns)
    for group in _groups(drafts, columns):
        shift = _labels_in_answers(group, columns)
        for draft in group:
            rows.extend(_draft_to_items(draft, columns, view, shift, rivals))
    return _numbers_cut_off(rows)


def _numbers_cut_off(rows: list[ItemRow]) -> list[ItemRow]:
    """`Q1. 質問` in one cell, in most rows of a list without a number column: number and question."""
    if not rows or any(row.item_no for row in rows):
        return rows
    found = [_LEADING_NUMBER.match(row.requirement) for row in rows]
    if sum(match is not None for match in found) < _MOSTLY * len(rows):
        return rows
    return [
        replace(row, item_no=match.group("number"), requirement=row.requirement[match.end() :])
        if match
        else row
        for row, match in zip(rows, found, strict=True)
    ]


def _groups(drafts: Sequence[Draft], columns: tuple[Column, ...]) -> list[list[Draft]]:
    """Neighbouring drafts that share one number and one question are sub-items of it."""
    keys = [index for index, column in enumerate(columns) if column.role in {"number", "requirement"}]
    groups: list[list[Draft]] = []
    for draft in drafts:
        key = [draft.text(index) for index in keys]
        fresh = any(index in draft.own for index in keys)
        if groups and not fresh and key == [groups[-1][-1].text(index) for index in keys]:
            groups[-1].append(draft)
        else:
            groups.append([draft])
    return groups


def _labels_in_answers(group: list[Draft], columns: tuple[Column, ...]) -> bool:
    """Whether the answer column names sub-items and the column after it holds their marks.

    So it is where several rows share one number and question, the answer column's texts are no marks and differ
    from row to row, and the remarks column holds marks or nothing.
    """
    answers = [i for i, c in enumerate(columns) if c.role == "answer"]
    remarks = [i for i, c in enumerate(columns) if c.role == "remarks"]
    if len(group) < _NO_MARK or len(answers) != 1 or not remarks:
        return False
    labels = [draft.text(answers[0]) for draft in group]
    marks = [draft.text(remarks[0]) for draft in group]
    named = all(label.strip() and not is_answer_like(label) for label in labels)
    marked = all(not mark.strip() or shape_of(mark) or is_answer_like(mark) for mark in marks)
    return named and marked and len(set(labels)) == len(labels)


def _draft_to_items(
    draft: Draft,
    columns: tuple[Column, ...],
    view: GridView,
    shift: bool,
    rivals: Mapping[int, Sequence[int]],
) -> list[ItemRow]:
    base = _base(draft, columns, view)
    answers = [i for i, c in enumerate(columns) if c.role == "answer"]
    remarks = [i for i, c in enumerate(columns) if c.role == "remarks"]
    if shift:
        return [
            replace(
                base,
                sub_item=draft.text(answers[0]).strip(),
                answer=draft.text(remarks[0]),
                comments=comments_of_row(view, draft.row, columns, (), first=True),
                location=_place(draft, columns[remarks[0]], remarks[0], view),
            )
        ]
    if any(c.role == "choice" for c in columns):
        return _choice_items(base, draft, columns, view)
    if not answers:
        told = comments_of_row(view, draft.row, columns, (), first=True)
        doubts = (*base.doubts, "no_answer_column")
        return [replace(base, remarks=_joined(draft, remarks), doubts=doubts, comments=told)]
    rows = []
    for position, index in enumerate(answers):
        column = columns[index]
        mine = _remarks_of(position, answers, remarks, columns)
        doubts = (*base.doubts, "answer_column_guessed") if column.guessed else base.doubts
        doubts = (*doubts, RIVALS) if differ(draft, index, rivals) else doubts
        others = [columns[i] for i in {*answers, *remarks} - {index, *mine}]
        rows.append(
            replace(
                base,
                comments=comments_of_row(
                    view, draft.row, [columns[i] for i in (index, *mine)], others, position == 0
                ),
                answer=draft.text(index),
                remarks=_joined(draft, mine),
                respondent=column.respondent or "provider",
                sub_item=_sub_item(base, column),
                location=_place(draft, column, index, view),
                doubts=doubts,
                chosen=draft.cells[index].chosen if index in draft.cells else (),
                colour=_colour(draft, index, column, view),
            )
        )
    return rows


def _colour(draft: Draft, index: int, column: Column, view: GridView) -> str | None:
    """The colour of an answer cell; of a blank one that of its ground."""
    if draft.text(index).strip():
        return draft.cells[index].colour if index in draft.cells else None
    return view.shade(draft.row, column.start, column.end)


def _remarks_of(
    position: int, answers: list[int], remarks: list[int], columns: tuple[Column, ...]
) -> list[int]:
    """The remarks columns of an answer: of its respondent, else those between it and the next answer."""
    mine = columns[answers[position]].respondent
    named = [i for i in remarks if columns[i].respondent and columns[i].respondent == mine]
    start = answers[position]
    stop = answers[position + 1] if position + 1 < len(answers) else len(columns)
    near = [i for i in remarks if start < i < stop and columns[i].respondent in {None, mine}]
    before = [i for i in remarks if position == 0 and i < start and columns[i].respondent in {None, mine}]
    return sorted({*named, *near, *before, *remarks_for_all(columns, answers, remarks)})


def _sub_item(base: ItemRow, column: Column) -> str | None:
    """The label of the part, and what it is answered for."""
    return " ".join(filter(None, (base.sub_item, column.variant))) or None


def _choice_items(base: ItemRow, draft: Draft, columns: tuple[Column, ...], view: GridView) -> list[ItemRow]:
    """`はい | いいえ | 該当なし`: the answer is the column in which a mark stands; two marks stay both."""
    rows = []
    remarks = [i for i, c in enumerate(columns) if c.role == "remarks"]
    asked = list(dict.fromkeys((c.respondent, c.variant) for c in columns if c.role == "choice"))
    for respondent, variant in asked:
        mine = [
            i
            for i, c in enumerate(columns)
            if c.role == "choice" and (c.respondent, c.variant) == (respondent, variant)
        ]
        marked = [i for i in mine if is_mark(draft.text(i))]
        index = marked[0] if marked else mine[0]
        choices = "|".join(columns[i].choice or "" for i in marked)
        doubts = (*base.doubts, "answer_column_guessed") if columns[index].guessed else base.doubts
        others = [c for i, c in enumerate(columns) if c.role == "choice" and i not in mine]
        rows.append(
            replace(
                base,
                comments=comments_of_row(
                    view, draft.row, [columns[i] for i in mine], others, (respondent, variant) == asked[0]
                ),
                sub_item=_sub_item(base, columns[index]),
                answer=" ".join(draft.text(i) for i in marked),
                choice=choices,
                remarks=_joined(draft, remarks),
                respondent=respondent or "provider",
                location=_place(draft, columns[index], index, view),
                doubts=doubts,
            )
        )
    return rows


def _place(draft: Draft, column: Column, index: int, view: GridView) -> Location:
    cell = draft.cells.get(index)
    return cell.location if cell is not None else view.location(draft.row, column.start, column.end)


def _joined(draft: Draft, indices: list[int]) -> str:
    return "\n".join(text for text in (draft.text(i) for i in indices) if text.strip())


def _base(draft: Draft, columns: tuple[Column, ...], view: GridView) -> ItemRow:
    """The row without its answer."""
    by_role: dict[str, list[str]] = {}
    for index, column in enumerate(columns):
        text = draft.text(index)
        if text.strip():
            by_role.setdefault(column.role, []).append(text)
    hidden = all(draft.cells[i].hidden for i in draft.own) if draft.own else False
    return ItemRow(
        item_no=_number(by_role.get("number", [])),
        requirement="\n".join(by_role.get("requirement", [])),
        sub_item=_first(by_role, "sub_item"),
        answer="",
        remarks="",
        respondent="provider",
        location=view.location(draft.row, 0, view.n_cols),
        start=_start(draft, columns, view),
        section=(*draft.headings, *by_role.get("section", [])),
        category=_first(by_role, "category"),
        item=_first(by_role, "item"),
        level=_level(draft, columns),
        unit=_first(by_role, "unit"),
        hidden=hidden,
        doubts=(*draft.doubts, *_cell_doubts(draft), *(() if view.grid.ruled else ("unruled",))),
    )


def _start(draft: Draft, columns: tuple[Column, ...], view: GridView) -> Location:
    """Where a person finds the row: at its own number, else its own question, else its first own cell."""
    own = sorted(draft.own, key=lambda i: (columns[i].role != "number", columns[i].role != "requirement", i))
    return draft.cells[own[0]].location if own else view.location(draft.row, 0, view.n_cols)


def _cell_doubts(draft: Draft) -> list[str]:
    return sorted({cell.doubt for index, cell in draft.cells.items() if index in draft.own and cell.doubt})


def _number(parts: list[str]) -> str:
    """The number as printed; of numbering columns side by side, all parts."""
    return "-".join(part.strip() for part in parts)


def _first(by_role: dict[str, list[str]], role: str) -> str | None:
    return by_role[role][0] if by_role.get(role) else None


def _level(draft: Draft, columns: tuple[Column, ...]) -> str | None:
    """How binding the requirement is, by the first level column that says so."""
    told = (level_of(draft.text(i), c.label) for i, c in enumerate(columns) if c.role == "level")
    return next((level for level in told if level), None)
