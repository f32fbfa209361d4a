"""A table as it would be read in, how likely it has to be before it is read out: more where it shows that nobody is asked.

A list of checks and a table of a document that asks nothing may hold the same sentences beside the same marks. What tells
them apart is who speaks and whether anything is answered: in a published list of questions the issuer answers
(`不可とします`), a specification of tests holds what is expected and no result, a table of who has to do what has the same
mark under `職員`, `所属長` and `委託先`, and a comparison fills several of its columns in every row. Each of these was held
against lists of checks by writers and in received files (docs/benchmarks.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from extractors.checklist.columns.agreement import READ_TITLED_OTHER
from extractors.checklist.columns.by_words.shown_columns import names_expected
from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.columns.frame_features import titles_over
from extractors.checklist.columns.layouts import Layout
from extractors.checklist.columns.names import NAME_ROLES, name_scores
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ANSWER_ROLES, ChecklistColumn, ItemRow, Role
from extractors.checklist.parse_table import ParsedTable
from extractors.checklist.terms.column_names import guess_role
from extractors.checklist.terms.document_kinds import kinds_named
from normalizers.text import fold
from normalizers.vocabulary import load

Entry = TypeVar("Entry")
ALWAYS_PROPOSED = 1.1  # above every chance: such a list waits for a person, however likely it is
READ_MARKS_OF_MANY = 0.9  # chance of a list one of whose look-alike columns was taken for the answer
_WONDERS, _RULES, _SEVERAL = 0.15, 0.25, 0.5  # shares of the rows
_SILENT = 0.4  # share of the rows
_ALIKE = 2  # columns beside the answer that hold the same
_SURE = 0.9  # chance from which a column holds results whatever its name
_FLAG = 2  # characters of a mark
_APART = frozenset({"n/a", "-", "na"})  # marks beside the steps of a scale
_SHORT = 8  # characters of a mark or a code
_FEW = 4  # values that such columns hold at most
_ANSWER_WORD, _MARK, _NUMERIC = map(SHAPES.index, ("answer_word", "mark", "numeric"))
_ANSWER, _NAMED = NAME_ROLES.index("answer"), 0.8  # chance from which a name is one of answers
_DEFINED = re.compile(r"([^\s　:：=＝/／、。（(]{1,3})[\s　]*[:：=＝][\s　]*([^\s　:：=＝/／、]+)")
_NO_ANSWER = frozenset({"", "-", "ー", "―", "–", "—"})
_NOBODYS = frozenset({Role.IGNORE, Role.UNKNOWN, Role.OTHER_ANSWER})


def least_chance_of_table(view: GridView, table: ParsedTable, layout: Layout | None) -> float:
    """The chance from which a table is read by what it holds; 0 where nothing says that nobody is asked in it."""
    columns, rows = table.checklist.columns, table.checklist.rows
    if _waits(view, table, layout):
        return ALWAYS_PROPOSED
    if _issuer_is_asked(columns, rows) or _issuer_answers(rows) or _fills_several(rows):
        return READ_TITLED_OTHER
    if layout is not None and _marks_of_many(view, layout, columns):
        return READ_MARKS_OF_MANY
    return 0.0


def _waits(view: GridView, table: ParsedTable, layout: Layout | None) -> bool:
    """Whether a table shows so plainly that nobody is asked, or not where, that it waits for a person."""
    columns, rows = table.checklist.columns, table.checklist.rows
    expected = any(names_expected(column.label) for column in columns) and not _gives_surely(layout)
    return (
        lacks_questions(rows)
        or _defines_marks(rows)
        or tells_how_to_fill_in(rows)
        or _only_flags(columns, rows)
        or _grades_rules(table.checklist.legend_lines, rows)
        or (expected and not any(map(_called_answer, columns)))
        or _is_test_not_run(view, columns, rows, min(table.rows, default=0))
    )


def _gives_surely(layout: Layout | None) -> bool:
    return layout is not None and any(layout.gives(index) >= _SURE for index in layout.answers)


def lacks_questions(rows: Sequence[ItemRow]) -> bool:
    """Whether many rows are answered and nothing is asked in them: another column holds the questions."""
    silent = sum(not row.requirement.strip() and not (row.item or "").strip() for row in rows)
    return len(rows) >= _FEW and silent > _SILENT * len(rows)


def tells_how_to_fill_in(rows: Sequence[ItemRow]) -> bool:
    """Whether most rows say how the form is filled in, `「調査票」シートの欄に記入してください。`, and few are answered."""
    texts = [fold(row.requirement) for row in rows if row.requirement.strip()]
    answered = _share(rows, lambda row: bool(row.answer.strip()))
    return answered < _SEVERAL and _share(texts, _pattern("instructs").search) > _SEVERAL


def _defines_marks(rows: Sequence[ItemRow]) -> bool:
    """Whether every answer is another step of one scale and no row has a number: `4`, `3`, `2`, `N/A` beside what each means."""
    defined = [row for row in rows if row.requirement.strip()]
    marks = [fold(row.answer) for row in defined if row.answer.strip()]
    if len(marks) < _FEW or len(marks) < len(defined) or any(row.item_no.strip() for row in rows):
        return False
    steps = [mark for mark in marks if mark not in _APART]
    codes = sorted(
        int(mark) if mark.isdecimal() else ord(mark) for mark in steps if len(mark) == 1 and mark.isalnum()
    )
    return len(codes) == len(steps) >= _FEW - 1 and codes == list(range(codes[0], codes[0] + len(codes)))


def _only_flags(columns: Sequence[ChecklistColumn], rows: Sequence[ItemRow]) -> bool:
    """Whether the only column that is answered holds one mark here and there and is not called an answer: `対象 | x`.

    Such marks say as well which rows are asked, or whom they concern.
    """
    answers = [column for column in columns if column.role in ANSWER_ROLES]
    if len(answers) != 1 or _called_answer(answers[0]):
        return False
    texts = {fold(row.answer) for row in rows}
    marks = texts - {""}
    return "" in texts and len(marks) == 1 and len(marks.pop()) <= _FLAG


def _called_answer(column: ChecklistColumn) -> bool:
    """Whether a column that is answered has a name of answers, and not only their place."""
    return column.role in ANSWER_ROLES and _names_answers(column.label)


def _names_answers(name: str) -> bool:
    guess = guess_role(name)
    known = guess is not None and guess.role == Role.ANSWER
    return known or float(name_scores(name)[_ANSWER]) >= _NAMED


def _grades_rules(legend: Sequence[str], rows: Sequence[ItemRow]) -> bool:
    """Whether the legend grades duties, `M：必ず守る`, `S：原則として守る`, and most of the answers are such marks."""
    duties = {
        fold(mark)
        for line in legend
        for mark, meaning in _DEFINED.findall(line)
        if _pattern("obliges").search(fold(meaning))
    }
    answers = [fold(row.answer) for row in rows if row.answer.strip()]
    return len(duties) >= _ALIKE and sum(answer in duties for answer in answers) > _SEVERAL * len(answers)


def _is_test_not_run(
    view: GridView, columns: Sequence[ChecklistColumn], rows: Sequence[ItemRow], top: int
) -> bool:
    """Whether tests are specified here and no result stands beside them: without a column for it, or under such a title."""
    if any(row.answer.strip() for row in rows):
        return False
    if not any(column.role in ANSWER_ROLES for column in columns):
        return any(names_expected(column.label) for column in columns)
    return "specification" in kinds_named(" ".join(titles_over(view, top)))


def _issuer_is_asked(columns: Sequence[ChecklistColumn], rows: Sequence[ItemRow]) -> bool:
    """Whether the questions are those of others about the issuer's documents: `…との理解でよろしいでしょうか`, `頁`."""
    questions = list(dict.fromkeys(row.requirement for row in rows))
    if _share(questions, _pattern("first_person").search) >= 2 * _WONDERS:
        return True
    names = [fold(column.label) for column in columns if column.role not in ANSWER_ROLES]
    placed = sum(any(fold(word) in name for word in _words()["places"]) for name in names)
    return placed > 1 and _share(questions, _pattern("wonders").search) >= _WONDERS


def _issuer_answers(rows: Sequence[ItemRow]) -> bool:
    """Whether the answers ask, demand and decide: then whoever issued the document gave them, or they are expected results."""
    answers = [row.answer for row in rows if row.answer.strip()]
    return _share(answers, _rules) >= _RULES


def _rules(answer: str) -> bool:
    sentences = [part.strip() for part in re.split(r"[。\n]", answer) if part.strip()]
    ruled = [s for s in sentences if _pattern("rules").search(s) and not _pattern("refers").search(s)]
    return bool(ruled)


def _fills_several(rows: Sequence[ItemRow]) -> bool:
    """Whether words stand in several of columns of which a row chooses one: they are values of several things."""
    return _share(rows, lambda row: row.choice and "|" in row.choice and _has_words(row.answer)) >= _SEVERAL


def _has_words(answer: str) -> bool:
    """Whether what stands in several columns is more than marks; `○ ×` are two that contradict each other."""
    parts = answer.split()
    return len(parts) > 1 and not any(shapes_of(part)[_MARK] for part in parts)


def _marks_of_many(view: GridView, layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether an answer column is one of several that look alike: they say for whom or when a row counts."""
    answered = [
        _values(view, layout, c.start, c.end)
        for c in columns
        if c.role == Role.ANSWER and not _is_named_answer(layout, c)
    ]
    marks = set(answered)
    if len(answered) >= _ALIKE and len(marks) == 1 and _is_flag(*marks):
        return True
    nobodys = [
        _values(view, layout, c.start, c.end)
        for c in layout.frame.columns
        if _is_nobodys(columns, c.start, c.end)
    ]
    return any(_stands_beside(own, nobodys) for own in answered)


def _is_flag(values: frozenset[str]) -> bool:
    return len(values) == 1 and max(map(len, values)) <= _FLAG


def _stands_beside(own: frozenset[str], nobodys: Sequence[frozenset[str]]) -> bool:
    """Whether short marks that say nothing of how things are stand in other columns that nobody answers as well."""
    if not own or max(map(len, own)) > _SHORT or _says_how(own):
        return False
    alike = [held for held in nobodys if len(held) <= _FEW and held & own and len(held - own) <= 1]
    return len(alike) >= _ALIKE


def _is_named_answer(layout: Layout, column: ChecklistColumn) -> bool:
    """Whether a name over a column, its group's too, is one of answers: `職員確認欄`, `提供者の回答欄`."""
    over = [c for c in layout.frame.columns if c.start < column.end and column.start < c.end]
    return any(map(_names_answers, [column.label, *(name for c in over for name in c.names)]))


def _values(view: GridView, layout: Layout, start: int, end: int) -> frozenset[str]:
    """What stands in a column, folded, without signs that say that nothing does."""
    cells = (view.within(row, start, end) for row in layout.frame.rows)
    return frozenset(fold(cell.text) for cell in cells if cell is not None) - _NO_ANSWER


def _is_nobodys(columns: Sequence[ChecklistColumn], start: int, end: int) -> bool:
    return all(c.role in _NOBODYS for c in columns if c.start < end and start < c.end)


def _says_how(values: frozenset[str]) -> bool:
    """Whether short texts say how things are: words of answers, scores, two marks or more; `○` alone and `M`, `S` do not."""
    shapes = [shapes_of(value) for value in values]
    answers = [shape for shape in shapes if shape[_ANSWER_WORD]]
    worded = any(not shape[_MARK] for shape in answers) or len(answers) > 1
    return worded or any(shape[_NUMERIC] for shape in shapes) or any(map(str.isnumeric, values))


def _share(entries: Iterable[Entry], test: Callable[[Entry], object]) -> float:
    verdicts = [bool(test(entry)) for entry in entries]
    return sum(verdicts) / len(verdicts) if verdicts else 0.0


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = load("extractors.checklist.terms", "asks_nobody.toml")
    return words


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(_words()[name], re.IGNORECASE)
