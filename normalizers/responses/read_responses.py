"""Rows of a list in, their results out: each answer in the light of its column, its question, its remarks and comments.

`なし` is a no, under a legend that says `なし：対象外` it is not_applicable; `1` beside `（1：有る　2：無い）` is a yes. Which of
two answer columns that say different things counts nobody can tell: the checklist names such rows, here they become `unclear`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from normalizers.answers.choices.checkboxes import parse_options, parse_printed_choices
from normalizers.answers.choices.marked_choices import marked_choices
from normalizers.answers.classify import read_answer, read_chosen
from normalizers.answers.legend import LegendEntry, legend_answers
from normalizers.answers.lexicon import answer_by_question, answers_by_column, is_decided_token
from normalizers.answers.model import AnswerResult, AnswerValue, Context, Option
from normalizers.answers.question import answer_of_denied_burden, chosen_option, options_of
from normalizers.legends.meaning import answer_of_meaning
from normalizers.legends.option_steps import as_step
from normalizers.prose.read_prose import read_prose, read_statement
from normalizers.remarks.comment_effect import dispute_of
from normalizers.responses.apply_figures import apply_figures
from normalizers.responses.apply_plans import apply_plans
from normalizers.responses.apply_remarks import apply_remarks
from normalizers.responses.dittos import detect_dittos, resolve_dittos
from normalizers.responses.row import Column, ResponseRow
from normalizers.responses.unknown_notations import apply_yes_no_columns, figures_among_texts
from normalizers.text import UNREAD, Shape, empty_boxes, fold, shape_of, ticked_boxes, without_invisible
from normalizers.values.quantities import is_plain_number

CONFLICTING = (
    "answer_columns_differ"  # the doubt of rows with conflicting answer columns, and the rule of their answer
)
UNSURE_COLUMN = "answer_column_unsure"  # the same of rows whose answer column is less likely than not
_UNSETTLED = (CONFLICTING, UNSURE_COLUMN)
_FEW_ROWS = 2
_SHORT_TEXT = 6
_NOTHING_BAD = "sentence:nothing_bad:"
_FINE = "word:問題"
_LONGEST_RULE = 60
_TICKS = {Shape.CIRCLE, Shape.DOUBLE_CIRCLE, Shape.FILLED_CIRCLE, Shape.TICK}
_BLANK = AnswerResult(AnswerValue.UNANSWERED, "blank")
_OPEN = {AnswerValue.VALUE, AnswerValue.UNCLEAR}
_UNDISPUTED = {AnswerValue.UNANSWERED, AnswerValue.UNCLEAR}

_Contexts = Mapping[tuple[Column, str | None], Context]


def read_responses(
    rows: Sequence[ResponseRow], legend: tuple[LegendEntry, ...], sheet: dt.date | None
) -> list[AnswerResult]:
    """The result of each row, in their order. `sheet` is the document's date: what lies behind it is a plan."""
    dittos = detect_dittos(rows)
    columns = _columns(rows)
    contexts = _contexts(rows, columns, legend, sheet)
    results = _read_cells(rows, columns, contexts, dittos.keys())
    results = figures_among_texts(rows, columns, results)
    results = apply_yes_no_columns(rows, columns, results)
    results = resolve_dittos(rows, results, dittos)
    results = apply_remarks(rows, results, sheet)
    results = apply_figures(rows, apply_plans(rows, results, sheet))
    return _apply_comments(rows, results, sheet)


def _columns(rows: Sequence[ResponseRow]) -> list[Column]:
    """The answer column of each row. A part's name that many items have is a column's: `充足`, `提案水準`, but not `(1)`."""
    items: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for row in rows:
        items[row.respondent, row.sub_item or ""].add((row.item_no, row.requirement))
    shared = {column for column, own in items.items() if len(own) > _FEW_ROWS}
    columns = [(row.respondent, row.sub_item or "") for row in rows]
    return [column if column in shared else (column[0], "") for column in columns]


def _read_cells(
    rows: Sequence[ResponseRow], columns: Sequence[Column], contexts: _Contexts, dittos: Set[int]
) -> list[AnswerResult]:
    """What each row's own cells say; a ditto says nothing of its own."""
    ticks = _only_marks(rows)
    return [
        _BLANK
        if index in dittos
        else _read_row(row, contexts[column, row.unit], ticks.get(row.respondent, ""))
        for index, (row, column) in enumerate(zip(rows, columns, strict=True))
    ]


def _only_marks(rows: Sequence[ResponseRow]) -> Mapping[str, str]:
    """Respondent → the mark that all ticked choice columns hold, where it is one in several rows: there `X` ticks, too.

    What could not be read is no other mark.
    """
    marks: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.choice and UNREAD not in row.answer:
            marks[row.respondent][fold(row.answer)] += 1
    alone = {respondent: kinds.most_common(1)[0] for respondent, kinds in marks.items() if len(kinds) == 1}
    return {respondent: mark for respondent, (mark, count) in alone.items() if count > _FEW_ROWS}


def _contexts(
    rows: Sequence[ResponseRow],
    columns: Sequence[Column],
    legend: tuple[LegendEntry, ...],
    sheet: dt.date | None,
) -> _Contexts:
    """Answer column and unit cell → what the column tells about its cells."""
    rows_of: dict[Column, list[ResponseRow]] = defaultdict(list)
    for row, column in zip(rows, columns, strict=True):
        rows_of[column].append(row)
    return {
        (column, unit): replace(context, unit=unit)
        for column, own in rows_of.items()
        for context in (_context(own, legend, sheet),)
        for unit in {row.unit for row in own}
    }


def _context(
    column: Sequence[ResponseRow], legend: tuple[LegendEntry, ...], sheet: dt.date | None
) -> Context:
    """What a respondent's answer column tells about each of its cells."""
    texts = [row.answer.strip() for row in column if row.answer.strip()]
    alike = Counter(texts)
    decided = sum(map(is_decided_token, texts))
    choices = [row.choice for row in column if row.choice]
    answers = {**answers_by_column([*texts, *choices]), **legend_answers(legend)}
    explained = sum(text in answers for text in map(fold, texts))
    return Context(
        legend=answers,
        marks=bool(texts) and decided + explained >= len(texts) / 2,
        boxes=any(char in row.answer for row in column for char in empty_boxes()),
        printed=frozenset(text for text, count in alike.items() if count >= max(2, len(column) // 4))
        | _unmarked(texts),
        sheet=sheet,
        figures=not decided and not answers and _holds_figures(texts),
    )


def _unmarked(texts: Sequence[str]) -> frozenset[str]:
    """`有　・　無` beside `〔有〕・　無`: the texts that print the choices which others of the column mark one of."""
    marked = {_labels(options) for text in texts if (options := marked_choices(text))}
    return frozenset(text for text in texts if marked and _labels(parse_printed_choices(text)) in marked)


def _labels(options: Sequence[Option]) -> tuple[str, ...]:
    return tuple(fold(option.label) for option in options)


def _holds_figures(texts: Sequence[str]) -> bool:
    """Whether the numbers of a column are figures: a scale (1 to 5) has none of three digits and no decimals."""
    numbers = {text for text in texts if is_plain_number(text)}
    return len(numbers) > _FEW_ROWS and any(len(number) > _FEW_ROWS for number in numbers)


def _read_row(row: ResponseRow, context: Context, only_mark: str) -> AnswerResult:
    """What the answer cell says beside its question; `only_mark` is the one that ticks the choice columns."""
    answer = without_invisible(row.answer)
    if unsettled := next((doubt for doubt in _UNSETTLED if doubt in row.doubts), None):
        return AnswerResult(AnswerValue.UNCLEAR if answer.strip() else AnswerValue.UNANSWERED, unsettled)
    if row.choice is not None:
        is_only = bool(row.choice) and fold(answer) == only_mark
        return _read_choice(answer, row.choice, context, is_only)
    if row.chosen:
        return read_chosen(answer, row.chosen, context)
    if _repeats_question(row):
        return AnswerResult(AnswerValue.UNANSWERED, "placeholder:question")
    printed = row.requirement if chosen_option(answer, row.requirement) is not None else row.unit or ""
    option = chosen_option(answer, printed)
    if option is not None and fold(answer) not in context.legend:
        result = read_answer(option, Context(sheet=context.sheet))
        result = _in_light_of_question(option, row, result)
        if result.answer in _OPEN:
            result = as_step(AnswerResult(AnswerValue.VALUE, "options", options_of(answer, printed)))
        return replace(result, rule=f"option:{result.rule}"[:_LONGEST_RULE])
    return _in_light_of_question(answer, row, as_step(read_answer(answer, context)))


def _in_light_of_question(text: str, row: ResponseRow, result: AnswerResult) -> AnswerResult:
    """The result beside the question: a sentence says yes or no to what was asked, and as it was asked."""
    question = row.requirement or row.item or ""
    if question and fold(question) == fold(row.item_no):
        return read_statement(text, result)
    if answer := answer_by_question(text, question):
        return AnswerResult(answer, f"asked:{fold(text)}")
    if result.rule.startswith((_NOTHING_BAD, _FINE)):
        judged = _denied_burden(text, question, result)
        if judged is not result:
            return judged
    return read_prose(text, question, row.unit, result)


def _denied_burden(text: str, question: str, result: AnswerResult) -> AnswerResult:
    """`制約はありません`, `問題なし` in the light of the question."""
    subject = result.rule.removeprefix(_NOTHING_BAD) if result.rule.startswith(_NOTHING_BAD) else ""
    answer = answer_of_denied_burden(text, subject, question)
    if answer is None or answer == result.answer:
        return result
    return AnswerResult(answer, f"asked:{fold(text)}"[:_LONGEST_RULE])


def _repeats_question(row: ResponseRow) -> bool:
    """Whether the answer cell only repeats the question."""
    key = fold(row.answer) if len(row.answer) > _SHORT_TEXT else ""
    return (
        len(key) > _SHORT_TEXT
        and not parse_options(row.answer)
        and key in {fold(row.requirement), fold(row.item or "")}
    )


def _read_choice(text: str, choice: str, context: Context, is_only_mark: bool) -> AnswerResult:
    """`はい | いいえ | 該当なし` columns: the marked column's word is the answer, two marked ones contradict.

    Where all that are marked hold one mark (`is_only_mark`) it is a tick, whatever it says elsewhere.
    """
    if not choice:
        return _BLANK
    if "|" in choice:
        return AnswerResult(AnswerValue.UNCLEAR, "several_marks")
    if not (_is_tick(text) or _is_ticked(text, choice) or (is_only_mark and _may_tick(text))):
        return AnswerResult(AnswerValue.UNCLEAR, "choice:no_mark")
    result = read_answer(choice, Context(legend=context.legend))
    by_sentence = result.rule.startswith("sentence")
    if by_sentence or result.answer in {AnswerValue.VALUE, AnswerValue.UNCLEAR}:
        # a column's name is no figure, no text that is itself the answer, and no sentence
        result = AnswerResult(answer_of_meaning(choice) or AnswerValue.UNCLEAR, "column_name")
    return replace(result, rule=f"choice:{result.rule}")


def _is_tick(text: str) -> bool:
    """Whether a cell of a choice column chooses it: a circle, a tick, a full box, TRUE."""
    mark = text.strip()
    if fold(mark) == "true" or (len(mark) == 1 and mark in ticked_boxes()):
        return True
    return shape_of(mark) in _TICKS


def _may_tick(text: str) -> bool:
    """Whether a cell holds a mark that some forms ask to tick with: `X`, `×`, 1."""
    return shape_of(text) == Shape.CROSS or fold(text) == "1"


def _is_ticked(text: str, choice: str) -> bool:
    """Whether a cell of a choice column holds nothing but the column's own word, with a ticked box or alone: `■適合`."""
    if fold(text) == fold(choice):
        return True
    options = parse_options(text)
    return len(options) == 1 and options[0].checked and fold(options[0].label) == fold(choice)


def _apply_comments(
    rows: Sequence[ResponseRow], results: Sequence[AnswerResult], sheet: dt.date | None
) -> list[AnswerResult]:
    """The results, unclear where a comment corrects or denies one; comments on several rows are the form's own."""
    counts = Counter(comment for row in rows for comment in set(row.comments))
    common = {comment for comment, count in counts.items() if count > _FEW_ROWS}
    return [
        _apply_comment(result, [comment for comment in row.comments if comment not in common], sheet)
        for row, result in zip(rows, results, strict=True)
    ]


def _apply_comment(result: AnswerResult, comments: Sequence[str], sheet: dt.date | None) -> AnswerResult:
    """The result, unclear where a comment disputes it: whose word counts is not known."""
    if result.answer in _UNDISPUTED:
        return result
    for comment in comments:
        dispute = dispute_of(comment, result.answer, sheet)
        if dispute is not None:
            return AnswerResult(AnswerValue.UNCLEAR, f"comment:{dispute}", result.options, result.remark)
    return result
