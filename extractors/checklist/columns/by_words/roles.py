"""Assigns column roles: by the words of the header first, by content where they leave it open.

A header and the rows under it in; columns out, one number, one requirement, one answer a respondent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.checklist.columns.by_words.answer_columns import assign_answers, read_column_texts
from extractors.checklist.columns.by_words.number_columns import assign_numbers
from extractors.checklist.columns.by_words.reserved_columns import reserved_columns
from extractors.checklist.columns.by_words.respondents_variants import answer_column_words
from extractors.checklist.columns.frames import names_over
from extractors.checklist.columns.profile import Profile, build_profile
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ANSWER_ROLES, QUESTION_ROLES, ChecklistColumn, Header, Role
from extractors.checklist.terms.column_names import contains_word
from extractors.checklist.terms.continuation import begins_sub_item, is_sub_item_mark
from extractors.checklist.terms.headings import heading_words
from extractors.grid import Cell

_MIN_ROWS = 3
_SENTENCE = 6
_LONG = 10
_SOME_LATIN, _ALL_LATIN = 0.3, 0.9  # share of texts in Latin letters alone: of a question, of its translation
_PARTS = 0.7  # share of cells beside numbers that are marks of parts
_LABELS = 1.3  # how many times as many, and as short, labels are as the questions they part


def assign_roles(
    view: GridView, header: Header, bottom: int, legend_marks: frozenset[str] = frozenset()
) -> tuple[ChecklistColumn, ...]:
    """The header's columns with one number, one requirement, one answer a respondent; rows end at `bottom`.

    `legend_marks` are single characters that the sheet's legend explains (A, 3): a column of them is an answer.
    """
    columns = _split_merged(view, header, bottom)
    columns = _with_unheaded(view, header, columns, bottom)
    columns = _with_reserved(view, header, columns)
    profiles = [build_profile(view, column, header.bottom, bottom, legend_marks) for column in columns]
    columns = _ignore_hidden(columns, profiles)
    columns = _assign_levels(columns, profiles)
    columns = assign_numbers(columns, profiles)
    columns = _assign_requirement(columns, profiles)
    columns = assign_groups(columns)
    columns = assign_answers(read_column_texts(view, columns, header.bottom, bottom), columns, profiles)
    columns = _assign_remarks(columns, profiles)
    return tuple(replace(c, role=Role.IGNORE) if c.role == Role.UNKNOWN else c for c in columns)


def _with_reserved(view: GridView, header: Header, columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """The columns, those that the issuer keeps for himself with no answers."""
    stacks = [names_over(view, header.top, header.bottom, column.start) for column in columns]
    reserved = reserved_columns([tuple(cell.text for cell in stack) for stack in stacks])
    return [replace(c, role=Role.VERDICT) if i in reserved else c for i, c in enumerate(columns)]


def _split_merged(view: GridView, header: Header, bottom: int) -> list[ChecklistColumn]:
    """One header over grid columns whose rows hold several cells is several columns.

    `項目` over a number and a text: number and text. `質問` over a text and, in some rows, labels beside it: the
    question and its sub-items.
    """
    columns: list[ChecklistColumn] = []
    for column in header.columns:
        rows = [_inside(view, row, column) for row in range(header.bottom, bottom)]
        rows = [cells for cells in rows if cells]
        starts = Counter(cell.col for cells in rows for cell in cells if cell.col > column.start)
        cuts = [col for col, count in sorted(starts.items()) if count >= max(2, len(rows) * 0.3)]
        edges = [column.start, *cuts, column.end]
        parts = [replace(column, start=a, end=b) for a, b in pairwise(edges)]
        merged_rows = (
            sum(
                len(cells) == 1 and cells[0].col == column.start and cells[0].end_col > cuts[0]
                for cells in rows
            )
            if cuts
            else 0
        )
        split = merged_rows or _are_marks(view, parts[0], header.bottom, bottom)
        if len(parts) == 2 and split and _marks_of_parts(view, parts[0], header.bottom, bottom):
            columns += [replace(parts[0], role=Role.SUB_ITEM), parts[1]]
        elif len(parts) > 1 and merged_rows >= max(1, len(rows) * 0.15):
            columns += [parts[0], *(replace(part, role=Role.SUB_ITEM) for part in parts[1:])]
        elif len(parts) == 2 and _are_sub_items(view, parts, header.bottom, bottom):
            columns += [parts[0], replace(parts[1], role=Role.SUB_ITEM)]
        else:
            columns += [replace(part, role=Role.UNKNOWN) for part in parts[:-1]] + parts[-1:]
    return columns


def _marks_of_parts(view: GridView, part: ChecklistColumn, top: int, bottom: int) -> bool:
    """Whether the narrow column before the questions holds their marks, `(a)`, `ア`, beside questions over both columns."""
    cells = [c for r in range(top, bottom) for c in _inside(view, r, part) if c.end_col <= part.end]
    marks = sum(is_sub_item_mark(cell.text) for cell in cells)
    return part.role in QUESTION_ROLES and len(cells) > 1 and marks >= _PARTS * len(cells)


def _are_marks(view: GridView, part: ChecklistColumn, top: int, bottom: int) -> bool:
    """Whether a column holds nothing but marks of parts that begin again, `(1) (2) (1) (2) (3)`: the numbers stand elsewhere."""
    marks = [c.text.strip() for r in range(top, bottom) for c in _inside(view, r, part)]
    return len(set(marks)) < len(marks) and all(map(is_sub_item_mark, marks))


def _are_sub_items(view: GridView, parts: Sequence[ChecklistColumn], top: int, bottom: int) -> bool:
    """Whether the second of two columns under one name holds marks or labels of parts of what the first numbers or asks."""
    if parts[0].role == Role.NUMBER:
        return _parts_numbers(view, parts, top, bottom)
    return parts[0].role == Role.REQUIREMENT and _parts_labels(view, parts, top, bottom)


def _parts_labels(view: GridView, parts: Sequence[ChecklistColumn], top: int, bottom: int) -> bool:
    """Whether a question stands beside several labels of its parts: few long merged texts, more short ones."""
    first, second = ([c for r in range(top, bottom) for c in _inside(view, r, part)] for part in parts)
    if not first or len(second) < _LABELS * len(first) or not any(cell.row_span > 1 for cell in first):
        return False
    return _length(first) > _LABELS * _length(second)


def _parts_numbers(view: GridView, parts: Sequence[ChecklistColumn], top: int, bottom: int) -> bool:
    """Whether marks of parts, `(a)`, stand beside a number's column, most of them in rows without a number."""
    first, second = ([_inside(view, row, part) for row in range(top, bottom)] for part in parts)
    marks = [cells[0].text for cells in second if cells]
    alone = sum(
        bool(marks_of_row) and not numbers for numbers, marks_of_row in zip(first, second, strict=True)
    )
    return bool(marks) and alone >= len(marks) / 2 and sum(map(begins_sub_item, marks)) >= _PARTS * len(marks)


def _length(cells: Sequence[Cell]) -> float:
    return sum(len(cell.text) for cell in cells) / len(cells)


def _inside(view: GridView, row: int, column: ChecklistColumn) -> list[Cell]:
    return [cell for cell in view.starting(row) if column.start <= cell.col < column.end]


def _with_unheaded(
    view: GridView, header: Header, columns: list[ChecklistColumn], bottom: int
) -> list[ChecklistColumn]:
    """Grid columns that no header cell names but rows fill: they join as unknown columns."""
    headed = {col for column in columns for col in range(column.start, column.end)}
    filled = {
        cell.col
        for row in range(header.bottom, bottom)
        for cell in view.starting(row)
        if not {cell.col, cell.end_col - 1} & headed
    }
    extra = [ChecklistColumn(col, col + 1, "", Role.UNKNOWN, guessed=True) for col in sorted(filled)]
    return sorted([*columns, *extra], key=lambda column: column.start)


def _ignore_hidden(columns: list[ChecklistColumn], profiles: Sequence[Profile]) -> list[ChecklistColumn]:
    """A column hidden as a whole is not part of the sheet that people see; hidden rows are."""
    hidden = [profile.filled > 0 and profile.hidden == 1.0 for profile in profiles]
    if all(flag or not profile.filled for flag, profile in zip(hidden, profiles, strict=True)):
        return columns
    return [replace(c, role=Role.IGNORE) if flag else c for c, flag in zip(columns, hidden, strict=True)]


def _assign_levels(columns: list[ChecklistColumn], profiles: Sequence[Profile]) -> list[ChecklistColumn]:
    """`区分` over 必須 and 推奨 says how binding a requirement is."""
    level = [profile.filled > 0 and profile.levels >= 0.8 for profile in profiles]
    kinds = {Role.UNKNOWN, Role.CATEGORY, Role.ITEM}
    return [
        replace(c, role=Role.LEVEL) if flag and c.role in kinds else c
        for c, flag in zip(columns, level, strict=True)
    ]


def _assign_requirement(columns: list[ChecklistColumn], profiles: Sequence[Profile]) -> list[ChecklistColumn]:
    """One requirement: of several the longest; of none the longest item or unnamed text before the answer."""
    answer = next((i for i, c in enumerate(columns) if c.role in ANSWER_ROLES), len(columns))
    by_name = _questions_by_name(columns, profiles, answer)
    items = _filled(columns, profiles, Role.ITEM)
    if by_name and items and all(_heads(profiles[i], [profiles[item] for item in items]) for i in by_name):
        items = [*by_name, *items]  # `基準 | 小項目`: the few merged cells head groups of the questions
        by_name = []
    candidates = (
        by_name
        or items + _texts_before(columns, profiles, answer)
        or _unnamed_texts(columns, profiles, _LONG)
        or _filled(columns, profiles, Role.CATEGORY)
    )
    if not candidates:
        return columns
    best = max(_in_one_language(candidates, profiles), key=lambda i: (profiles[i].length, i))
    result = list(columns)
    for index in _filled(columns, profiles, Role.REQUIREMENT):
        role = _beside_question(index, best, answer, index in by_name)
        result[index] = replace(columns[index], role=role)
    result[best] = replace(columns[best], role=Role.REQUIREMENT)
    return result


def _in_one_language(candidates: Sequence[int], profiles: Sequence[Profile]) -> list[int]:
    """Of questions beside their translations (`質問 | Question`) those that are not in Latin letters."""
    native = [i for i in candidates if profiles[i].latin < _SOME_LATIN]
    translated = any(profiles[i].latin >= _ALL_LATIN for i in candidates)
    return native if native and translated else list(candidates)


def _questions_by_name(
    columns: Sequence[ChecklistColumn], profiles: Sequence[Profile], answer: int
) -> list[int]:
    """The columns whose names say that they ask: those before the answer, else those behind it that ask plainly."""
    by_name = _filled(columns, profiles, Role.REQUIREMENT)
    rivals = _filled(columns, profiles, Role.ITEM) + _texts_before(columns, profiles, answer)
    if rivals and by_name and min(by_name) > answer:
        return []  # `項目 | 状況 | 内容`: what follows the answer explains it
    return [i for i in by_name if i < answer] or _plainly_named(by_name, columns)


def _filled(columns: Sequence[ChecklistColumn], profiles: Sequence[Profile], role: Role) -> list[int]:
    """The columns of a role that hold anything."""
    return [i for i, column in enumerate(columns) if column.role == role and profiles[i].filled]


def _texts_before(columns: Sequence[ChecklistColumn], profiles: Sequence[Profile], answer: int) -> list[int]:
    """The columns before the answer that hold sentences under no known name."""
    return [i for i in _unnamed_texts(columns, profiles, _SENTENCE) if i < answer]


def _unnamed_texts(
    columns: Sequence[ChecklistColumn], profiles: Sequence[Profile], least: float
) -> list[int]:
    """The columns without a known name whose texts are `least` characters long on average."""
    return [i for i, c in enumerate(columns) if c.role == Role.UNKNOWN and profiles[i].length >= least]


def _beside_question(index: int, best: int, answer: int, by_name: bool) -> Role:
    """What a column that might have been the question is instead: left of it its name, behind the answer what content says."""
    if index > answer:
        return Role.UNKNOWN
    return Role.ITEM if index < best else Role.IGNORE if by_name else Role.UNKNOWN


def _plainly_named(questions: list[int], columns: Sequence[ChecklistColumn]) -> list[int]:
    """Of questions behind the answer those whose names ask more plainly than `内容`, if there are any."""
    plain = [
        i for i in questions if not contains_word(columns[i].label, answer_column_words()["asked"]["vague"])
    ]
    return plain or questions


def _heads(group: Profile, items: Sequence[Profile]) -> bool:
    """Whether a column of few short texts stands beside one of many longer ones."""
    return any(group.filled * 2 <= item.filled and group.length * 1.5 <= item.length for item in items)


def assign_groups(columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """大・中・小分類: the innermost is the category, outer ones are headings; of two items the last is the item."""
    result = list(columns)
    items = [i for i, column in enumerate(result) if column.role == Role.ITEM]
    for index in items[:-1]:
        result[index] = replace(result[index], role=Role.CATEGORY)
    categories = [i for i, column in enumerate(result) if column.role == Role.CATEGORY]
    for index in categories[:-1]:
        result[index] = replace(result[index], role=Role.SECTION)
    return result


def _assign_remarks(columns: list[ChecklistColumn], profiles: Sequence[Profile]) -> list[ChecklistColumn]:
    """Texts without a known name behind an answer that has no remarks are its remarks."""
    result = list(columns)
    for index, column in enumerate(result):
        if column.role not in ANSWER_ROLES:
            continue
        following = []
        for next_index in range(index + 1, len(result)):
            if result[next_index].role in ANSWER_ROLES:
                break
            following.append(next_index)
        if any(result[i].role == Role.REMARKS for i in following):
            continue
        texts = [
            i for i in following if result[i].role == Role.UNKNOWN and profiles[i].length >= _SENTENCE / 2
        ]
        if texts and profiles[texts[0]].marks < 0.5 and profiles[texts[0]].numbers < 0.5:
            result[texts[0]] = replace(
                result[texts[0]], role=Role.REMARKS, respondent=column.respondent, guessed=True
            )
    return result


def is_reference(columns: Sequence[ChecklistColumn], title: str) -> bool:
    """A list that asks nothing: no answer column, and words of a reference in its header or title."""
    if any(column.role in ANSWER_ROLES for column in columns):
        return False
    entries = heading_words()["kinds"]["reference"]
    return any(contains_word(text, entries) for text in [title, *(column.label for column in columns)])
