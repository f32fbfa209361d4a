"""Splits a row into items: one a respondent and variant, or one a choice.

Drafts of rows in; item rows out, sub-items told from answers, remarks given to their answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractors.checklist.columns.by_words.respondents_variants import shared_remarks
from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn, ItemRow, Respondent, Role
from extractors.checklist.rows.attach_comments import comments_of_row
from extractors.checklist.rows.base_item import build_base_item
from extractors.checklist.rows.conflicting_answers import (
    ANSWER_COLUMNS_DIFFER,
    answers_conflict,
    conflicting_columns,
    excluding_columns,
    is_excluded,
)
from extractors.checklist.rows.parse import Draft
from extractors.checklist.rows.part_marks import split_part_marks
from extractors.checklist.terms.requirement_level import is_marked
from extractors.location import Location
from normalizers.text import shape_of

_NO_MARK = 2
_MOSTLY = 0.7
_LEADING_NUMBER = re.compile(
    r"^[\s　]*(?P<number>(?:No\.?|Q|問|設問)?[\s　]?[(（]?[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3}){0,3}"
    r"[)）]?[.．、:：]?|[①-⑳]|[A-Za-zＡ-Ｚａ-ｚ]{1,6}[-－_.．]?[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3}){0,2}[.．:：]?"
    r"|[【［\[](?:[A-Za-zＡ-Ｚａ-ｚ]{1,6}|No\.?|問|設問)?[-－_.．]?[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3}){0,2}[】］\]])"
    r"(?:[\s　]+(?![をにでのはがともや以])|(?<=[)）.．、:：①-⑳】］\]]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _AnswerLayout:
    """The columns of a list, and the indices of those that hold answers, choices and remarks.

    `conflicts` are columns of the same name and respondent as an answer column that may say something else, `excluding` those
    in which a mark takes a row out of what is asked.
    """

    columns: tuple[ChecklistColumn, ...]
    answers: tuple[int, ...]
    choices: tuple[int, ...]
    remarks: tuple[int, ...]
    conflicts: Mapping[int, Sequence[int]]
    excluding: tuple[int, ...]

    def of(self, indices: Iterable[int]) -> list[ChecklistColumn]:
        """The columns at some indices."""
        return [self.columns[index] for index in indices]


def drafts_to_items(
    drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...], view: GridView
) -> list[ItemRow]:
    """Item rows in reading order."""
    layout = _answer_layout(drafts, columns)
    rows: list[ItemRow] = []
    for group in _groups(drafts, columns):
        labelled = _labels_in_answers(group, layout)
        for draft in group:
            rows += _draft_to_items(draft, layout, view, labelled)
    return split_part_marks(_split_leading_numbers(rows))


def _answer_layout(drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...]) -> _AnswerLayout:
    return _AnswerLayout(
        columns,
        tuple(i for i, c in enumerate(columns) if c.role == Role.ANSWER),
        tuple(i for i, c in enumerate(columns) if c.role == Role.CHOICE),
        tuple(i for i, c in enumerate(columns) if c.role == Role.REMARKS),
        conflicting_columns(drafts, columns),
        excluding_columns(drafts, columns),
    )


def _split_leading_numbers(rows: list[ItemRow]) -> list[ItemRow]:
    """`Q1. 質問` in one cell, in most rows of a list without a number column: number and question."""
    if not rows or any(row.item_no for row in rows):
        return rows
    matches = [_LEADING_NUMBER.match(row.requirement) for row in rows]
    numbers = [match.group("number") for match in matches if match]
    if len(numbers) < _MOSTLY * len(rows) or len(set(numbers)) < _MOSTLY * len(
        {row.requirement for row in rows}
    ):
        return rows
    return [
        replace(row, item_no=match.group("number"), requirement=row.requirement[match.end() :])
        if match
        else row
        for row, match in zip(rows, matches, strict=True)
    ]


def _groups(drafts: Sequence[Draft], columns: tuple[ChecklistColumn, ...]) -> list[list[Draft]]:
    """Neighbouring drafts that share one number and one question are sub-items of it."""
    keys = [index for index, column in enumerate(columns) if column.role in {Role.NUMBER, Role.REQUIREMENT}]
    groups: list[list[Draft]] = []
    for draft in drafts:
        key = [draft.text(index) for index in keys]
        fresh = any(index in draft.own_columns for index in keys)
        if groups and not fresh and key == [groups[-1][-1].text(index) for index in keys]:
            groups[-1].append(draft)
        else:
            groups.append([draft])
    return groups


def _labels_in_answers(group: list[Draft], layout: _AnswerLayout) -> bool:
    """Whether the answer column names sub-items and the column after it holds their marks.

    So it is where several rows share one number and question, the answer column's texts are no marks and differ
    from row to row, and the remarks column holds marks or nothing.
    """
    if len(group) < _NO_MARK or len(layout.answers) != 1 or not layout.remarks:
        return False
    labels = [draft.text(layout.answers[0]) for draft in group]
    marks = [draft.text(layout.remarks[0]) for draft in group]
    labelled = all(label.strip() and not is_answer_like(label) for label in labels)
    marked = all(not mark.strip() or shape_of(mark) or is_answer_like(mark) for mark in marks)
    return labelled and marked and len(set(labels)) == len(labels)


def _draft_to_items(draft: Draft, layout: _AnswerLayout, view: GridView, labelled: bool) -> list[ItemRow]:
    """The items of one row: one a respondent and variant; `labelled` says that the answer column names sub-items."""
    base = build_base_item(draft, layout.columns, view)
    if labelled:
        return [_labelled_item(base, draft, layout, view)]
    if layout.choices:
        return [_choice_item(base, draft, layout, view, own) for own in _choice_groups(layout)]
    if not layout.answers:
        return [_item_without_answer(base, draft, layout, view)]
    return [_answer_item(base, draft, layout, view, position) for position in range(len(layout.answers))]


def _labelled_item(base: ItemRow, draft: Draft, layout: _AnswerLayout, view: GridView) -> ItemRow:
    """The item of a row whose answer column holds a label and whose remarks column holds the answer."""
    label, mark = layout.answers[0], layout.remarks[0]
    return replace(
        base,
        sub_item=draft.text(label).strip(),
        answer=draft.text(mark),
        comments=comments_of_row(view, draft.row, layout.columns, (), first=True),
        location=_place(draft, layout.columns[mark], mark, view),
    )


def _item_without_answer(base: ItemRow, draft: Draft, layout: _AnswerLayout, view: GridView) -> ItemRow:
    return replace(
        base,
        remarks=_joined(draft, layout.remarks),
        doubts=(*base.doubts, "no_answer_column"),
        comments=comments_of_row(view, draft.row, layout.columns, (), first=True),
    )


def _answer_item(
    base: ItemRow, draft: Draft, layout: _AnswerLayout, view: GridView, position: int
) -> ItemRow:
    """The item of one answer column: its text with the remarks, comments and colour that belong to it."""
    index = layout.answers[position]
    column = layout.columns[index]
    remarks = _remarks_of(position, layout)
    other_columns = layout.of({*layout.answers, *layout.remarks} - {index, *remarks})
    doubts = _doubts(base, column)
    excluded = is_excluded(draft, layout.excluding) and draft.text(index).strip()
    if excluded or answers_conflict(draft, index, layout.conflicts):
        doubts = (*doubts, ANSWER_COLUMNS_DIFFER)
    return replace(
        base,
        comments=comments_of_row(view, draft.row, layout.of((index, *remarks)), other_columns, position == 0),
        answer=draft.text(index),
        remarks=_joined(draft, remarks),
        respondent=column.respondent or Respondent.PROVIDER,
        sub_item=_sub_item(base, column),
        location=_place(draft, column, index, view),
        doubts=doubts,
        chosen=draft.cells[index].chosen if index in draft.cells else (),
        colour=_colour(draft, index, column, view),
    )


def _doubts(base: ItemRow, column: ChecklistColumn) -> tuple[str, ...]:
    if column.unsure:
        return (*base.doubts, "answer_column_unsure")
    return (*base.doubts, "answer_column_guessed") if column.guessed else base.doubts


def _colour(draft: Draft, index: int, column: ChecklistColumn, view: GridView) -> str | None:
    """The colour of an answer cell; of a blank one that of its ground."""
    if draft.text(index).strip():
        return draft.cells[index].colour if index in draft.cells else None
    return view.shade(draft.row, column.start, column.end)


def _remarks_of(position: int, layout: _AnswerLayout) -> list[int]:
    """The remarks columns of an answer: of its respondent, else those between it and the next answer."""
    columns, answers = layout.columns, layout.answers
    respondent = columns[answers[position]].respondent
    start = answers[position]
    stop = answers[position + 1] if position + 1 < len(answers) else len(columns)
    of_respondent = [i for i in layout.remarks if respondent and columns[i].respondent == respondent]
    possible = [i for i in layout.remarks if columns[i].respondent in {None, respondent}]
    near = [i for i in possible if start < i < stop or (position == 0 and i < start)]
    return sorted({*of_respondent, *near, *shared_remarks(columns, answers, layout.remarks)})


def _sub_item(base: ItemRow, column: ChecklistColumn) -> str | None:
    """The label of the part, and what it is answered for."""
    return " ".join(filter(None, (base.sub_item, column.variant))) or None


def _choice_groups(layout: _AnswerLayout) -> list[list[int]]:
    """The choice columns of each respondent and variant."""
    groups: dict[tuple[Respondent | None, str | None], list[int]] = {}
    for index in layout.choices:
        column = layout.columns[index]
        groups.setdefault((column.respondent, column.variant), []).append(index)
    return list(groups.values())


def _choice_item(
    base: ItemRow, draft: Draft, layout: _AnswerLayout, view: GridView, own: Sequence[int]
) -> ItemRow:
    """`はい | いいえ | 該当なし`: the answer is the column in which a mark stands; two marks stay both."""
    marked = [i for i in own if is_marked(draft.text(i))]
    index = marked[0] if marked else own[0]
    column = layout.columns[index]
    other_columns = layout.of(i for i in layout.choices if i not in own)
    is_first = own[0] == layout.choices[0]
    return replace(
        base,
        comments=comments_of_row(view, draft.row, layout.of(own), other_columns, is_first),
        sub_item=_sub_item(base, column),
        answer=" ".join(draft.text(i) for i in marked),
        choice="|".join(layout.columns[i].choice or "" for i in marked),
        remarks=_joined(draft, layout.remarks),
        respondent=column.respondent or Respondent.PROVIDER,
        location=_place(draft, column, index, view),
        doubts=_doubts(base, column),
    )


def _place(draft: Draft, column: ChecklistColumn, index: int, view: GridView) -> Location:
    cell = draft.cells.get(index)
    return cell.location if cell is not None else view.location(draft.row, column.start, column.end)


def _joined(draft: Draft, indices: Sequence[int]) -> str:
    return "\n".join(text for text in (draft.text(i) for i in indices) if text.strip())
