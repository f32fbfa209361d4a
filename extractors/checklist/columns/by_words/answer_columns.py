"""Assigns answer columns: by their names, and by their marks where names fail.

Columns with roles and what stands in them in; the same columns out, answers, choices and remarks told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.columns.by_words.answers_of_respondents import assign_one_per_respondent, head_of
from extractors.checklist.columns.by_words.respondents_variants import (
    answer_column_words,
    assign_answers_side_by_side,
    assign_contrasted,
    assign_verdicts,
    resolve_variants,
)
from extractors.checklist.columns.by_words.shown_columns import assign_examples, names_example
from extractors.checklist.columns.profile import Profile
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ANSWER_ROLES, ChecklistColumn, Role
from extractors.checklist.terms.column_names import column_name_words, contains_word
from extractors.checklist.terms.requirement_level import is_marked
from normalizers.text import fold, shape_of

_MIN_ROWS = 3
_COVERED = 0.6
_TWICE = 0.2
_REFUSING = {"cross", "triangle"}
_NO_TICK = {None, "cross", "triangle", "dash"}
_MAY_TICK = {"circle", "double_circle", "filled_circle", "tick", "cross"}


@dataclass(frozen=True, slots=True)
class ColumnTexts:
    """The texts of the columns, one mapping of column index to text for every row that holds anything."""

    rows: tuple[dict[int, str], ...]

    def of(self, index: int) -> list[str]:
        """The non-empty texts of a column."""
        return [row[index] for row in self.rows if row.get(index)]

    def refuses(self, index: int) -> bool:
        """Whether a column has a cross among its marks: what only marks requirements has none."""
        return any(shape_of(text) in _REFUSING for text in self.of(index))

    def only_ticks(self, index: int) -> bool:
        """Whether a column holds ticks and empty boxes, and a tick at least."""
        texts = [text for text in self.of(index) if is_marked(text)]
        return bool(texts) and all(shape_of(text) not in _NO_TICK for text in texts)

    def one_mark(self, run: Sequence[int]) -> str | None:
        """The only mark of some columns, where that may be a tick: `X` as well as ○ or 1; None where there are more."""
        marks = {fold(text) for index in run for text in self.of(index) if is_marked(text)}
        mark = marks.pop() if len(marks) == 1 else None
        return mark if mark is not None and (shape_of(mark) in _MAY_TICK or mark == "1") else None

    def exclusive(self, run: Sequence[int]) -> bool:
        """Whether every row has one tick at most in these columns, and most rows have one."""
        ticked = [sum(is_marked(row.get(index, "")) for index in run) for row in self.rows]
        ticks = self.one_mark(run) is not None or all(map(self.only_ticks, run))
        return ticks and max(ticked) == 1 and sum(ticked) >= _COVERED * len(ticked)

    def hardly_twice(self, run: Sequence[int]) -> bool:
        """Whether at most one row in five has two ticks in these columns: those are answers that contradict themselves."""
        ticked = [sum(is_marked(row.get(index, "")) for index in run) for row in self.rows]
        return sum(count > 1 for count in ticked) <= max(1, _TWICE * len(ticked))


def read_column_texts(
    view: GridView, columns: Sequence[ChecklistColumn], top: int, bottom: int
) -> ColumnTexts:
    """The texts under a header between two rows; rows of one cell are bands and say nothing."""
    rows = []
    for row in range(top, bottom):
        if len(view.starting(row)) < 2:
            continue
        cells = [(i, view.within(row, c.start, c.end)) for i, c in enumerate(columns)]
        rows.append({i: cell.text.strip() for i, cell in cells if cell is not None and cell.row == row})
    return ColumnTexts(tuple(rows))


def assign_answers(
    marks: ColumnTexts, columns: list[ChecklistColumn], profiles: Sequence[Profile]
) -> list[ChecklistColumn]:
    """One answer column a respondent, or choices; a column whose name denies is a choice of that name."""
    columns = _assign_exclusive(marks, assign_verdicts(assign_contrasted(columns)))
    columns = assign_examples(columns)
    answers = [i for i, column in enumerate(columns) if column.role in ANSWER_ROLES]
    if not answers:
        columns = _guess_answer(marks, columns, profiles)
    elif any(columns[i].role == Role.CHOICE for i in answers):
        columns = _assign_beside_choices(marks, columns)
    else:
        columns = assign_one_per_respondent(columns, profiles, answers)
    return resolve_variants(_assign_denials(marks, columns))


def _assign_beside_choices(marks: ColumnTexts, columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """Columns of ticks beside choices that hardly a row ticks with another are choices too; other answers are remarks."""
    result = list(columns)
    choices = [i for i, c in enumerate(columns) if c.role == Role.CHOICE]
    for index in _outwards(choices, len(columns)):
        column = columns[index]
        if column.role not in {Role.ANSWER, Role.UNKNOWN} or not column.label.strip():
            continue
        near = index + 1 in choices or index - 1 in choices
        if near and marks.only_ticks(index) and marks.hardly_twice([*choices, index]):
            choices.append(index)
            result[index] = replace(column, role=Role.CHOICE, choice=head_of(column.label), guessed=True)
    return [replace(c, role=Role.REMARKS) if c.role == Role.ANSWER else c for c in result]


def _outwards(choices: Sequence[int], count: int) -> list[int]:
    """The other columns, those nearest to the choices first."""
    first, last = min(choices), max(choices)
    return [*range(first, last), *range(first - 1, -1, -1), *range(last + 1, count)]


def _guess_answer(
    marks: ColumnTexts, columns: list[ChecklistColumn], profiles: Sequence[Profile]
) -> list[ChecklistColumn]:
    """No header asks: an unnamed column of marks is the answer, with a doubt; the first right of the question.

    Where a named column stands empty it may be the one that is asked: then ticks alone are requirement marks.
    """
    subject = next((i for i, column in enumerate(columns) if column.role == Role.REQUIREMENT), None)
    if subject is None:
        return columns
    order = [*range(subject + 1, len(columns)), *range(subject)]
    blank = any(_may_still_answer(columns[i], profiles[i]) for i in order)
    likely = [i for i in order if _may_answer(columns[i], profiles[i]) and (marks.refuses(i) or not blank)]
    likely = [i for i in likely if columns[i].role != Role.LEVEL or marks.refuses(i)]
    likely.sort(key=lambda i: _guess_rank(columns[i]))
    likely += [
        i
        for i, c in enumerate(columns)
        if c.role == Role.REMARKS and contains_word(c.label, ["回答", "対応", "実施"])
    ]
    likely = likely or _measured(columns, profiles)
    if not likely:
        return columns
    return assign_verdicts(assign_contrasted(assign_answers_side_by_side(columns, likely)))


def _measured(columns: Sequence[ChecklistColumn], profiles: Sequence[Profile]) -> list[int]:
    """The only column of an unknown name behind that of a unit: `規定内容 | 測定単位 | 設定`, what was measured, in words too."""
    unit = next((i for i, column in enumerate(columns) if column.role == Role.UNIT), None)
    if unit is None:
        return []
    behind = [i for i, c in enumerate(columns) if i > unit and c.role == Role.UNKNOWN]
    fullest = max(profile.filled for profile in profiles)
    alone = len(behind) == 1 and profiles[behind[0]].filled >= max(_MIN_ROWS, _COVERED * fullest)
    return behind if alone and not _guess_rank(columns[behind[0]])[1] else []


def _may_still_answer(column: ChecklistColumn, profile: Profile) -> bool:
    """A column with an unknown name that is blank, or has a first few marks."""
    few = profile.filled < _MIN_ROWS and profile.marks == 1.0
    return column.role == Role.UNKNOWN and bool(column.label) and (not profile.filled or few)


def _may_answer(column: ChecklistColumn, profile: Profile) -> bool:
    if column.role not in {Role.UNKNOWN, Role.LEVEL, Role.REMARKS} or profile.filled < _MIN_ROWS:
        return False
    return profile.marks >= (0.6 if column.role == Role.UNKNOWN else 0.8)


def _guess_rank(column: ChecklistColumn) -> tuple[bool, bool]:
    """Grades of the requirement last, before them what is planned or shown."""
    later = contains_word(column.label, answer_column_words()["asked"]["later"]) or names_example(
        column.label
    )
    return column.role == Role.LEVEL, later


def _assign_exclusive(marks: ColumnTexts, columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """`NG | OK`, `未 | 済`: columns side by side with one tick a row among them are choices, whatever their names."""
    if not marks.rows:
        return columns
    result = list(columns)
    for run in _runs(marks, columns):
        rest = [c for i, c in enumerate(columns) if i not in run]
        has_answer = any(c.role in ANSWER_ROLES for c in rest)
        blank = any(c.role == Role.UNKNOWN and c.label and not marks.of(columns.index(c)) for c in rest)
        if has_answer or blank or not marks.exclusive(run):
            continue
        heads = [head_of(columns[i].label) for i in run]
        twice = len(set(heads)) < len(heads)
        for index, head in zip(run, heads, strict=True):
            name = columns[index].label.strip() if twice else head
            result[index] = replace(columns[index], role=Role.CHOICE, choice=name, guessed=True)
    return result


def _runs(marks: ColumnTexts, columns: Sequence[ChecklistColumn]) -> list[list[int]]:
    """Indices of named columns of ticks side by side that ask the same respondent, two at least."""
    runs: list[list[int]] = []
    for index, column in enumerate(columns):
        if (
            column.role not in {Role.UNKNOWN, Role.ANSWER}
            or not column.label.strip()
            or not (marks.only_ticks(index) or marks.one_mark([index]))
        ):
            continue
        last = runs[-1][-1] if runs else -2
        if last == index - 1 and columns[last].respondent == column.respondent:
            runs[-1].append(index)
        else:
            runs.append([index])
    plain = tuple(answer_column_words()["asked"]["plain"])
    return [
        r for r in runs if len(r) > 1 and not any(fold(head_of(columns[i].label)).endswith(plain) for i in r)
    ]


def _assign_denials(marks: ColumnTexts, columns: list[ChecklistColumn]) -> list[ChecklistColumn]:
    """`不適合（該当時に○）`: a tick under a name that denies means that name and no yes."""
    return [
        replace(c, role=Role.CHOICE, choice=head_of(c.label), guessed=True)
        if c.role == Role.ANSWER and _denies(c.label) and all(map(shape_of, marks.of(i)))
        else c
        for i, c in enumerate(columns)
    ]


def _denies(label: str) -> bool:
    entries = answer_column_words()["denials"]
    head, folded = fold(head_of(label)), fold(label)
    if any(fold(word) in folded for word in entries["open"]):
        return False
    return (
        head in map(fold, column_name_words()["choices"]["other"])
        or head.startswith(tuple(map(fold, entries["begins"])))
        or head.endswith(tuple(entries["ends"]))
        or contains_word(head, entries["contains"])
    )
