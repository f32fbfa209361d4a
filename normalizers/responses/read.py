"""Rows of a list in, their readings out: each answer in the light of its column, its question and its comments."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.model import ItemRow
from extractors.checklist.rows.conflicting_answers import ANSWER_COLUMNS_DIFFER
from normalizers.answers.checkboxes import parse_options
from normalizers.answers.classify import read_answer, read_chosen
from normalizers.answers.legend import Meaning, answer_of_meaning, legend_answers
from normalizers.answers.lexicon import answer_as_asked, is_decided_token, words_beside
from normalizers.answers.model import Context, Reading
from normalizers.answers.question import affirms_question, answer_of_denied_burden, chosen_option
from normalizers.remarks.comments import dispute_of
from normalizers.responses.apply_remarks import with_remarks
from normalizers.responses.dittos import resolve_dittos, rows_to_dittos
from normalizers.responses.unknown_notations import with_judgements
from normalizers.text import empty_boxes, fold, shape_of, ticked_boxes
from normalizers.values.quantities import is_plain_number

_FEW_ROWS = 2
_SHORT_TEXT = 6
_NOTHING_BAD = "sentence:nothing_bad:"
_FINE = "word:問題"
_LONGEST_RULE = 60
_UNREAD = Reading("unanswered", "blank")


def rows_to_readings(
    rows: Sequence[ItemRow], legend: tuple[Meaning, ...], sheet: dt.date | None
) -> list[Reading]:
    """The reading of each row, in their order. `sheet` is the document's date: what lies behind it is a plan."""
    columns: dict[str, list[ItemRow]] = defaultdict(list)
    for row in rows:
        columns[row.respondent].append(row)
    contexts = {
        (respondent, unit): replace(context, unit=unit)
        for respondent, column in columns.items()
        for context in (_context(column, legend, sheet),)
        for unit in {row.unit for row in column}
    }
    dittos = rows_to_dittos(rows)
    readings = [
        _UNREAD if place in dittos else _read_row(row, contexts[row.respondent, row.unit])
        for place, row in enumerate(rows)
    ]
    common = _common_comments(rows)
    readings = with_judgements(rows, readings)
    remarked = with_remarks(rows, resolve_dittos(rows, readings, dittos), sheet)
    return [_with_comments(row, reading, common, sheet) for row, reading in zip(rows, remarked, strict=True)]


def _common_comments(rows: Sequence[ItemRow]) -> frozenset[str]:
    """Comments that stand on several rows are the form's own and say nothing about one answer."""
    told = Counter(comment for row in rows for comment in set(row.comments))
    return frozenset(comment for comment, count in told.items() if count > _FEW_ROWS)


def _with_comments(row: ItemRow, reading: Reading, common: frozenset[str], sheet: dt.date | None) -> Reading:
    """The reading, unclear where a comment on the row corrects or denies it: whose word counts is not known."""
    if reading.answer in {"unanswered", "unclear"}:
        return reading
    for comment in row.comments:
        why = None if comment in common else dispute_of(comment, reading.answer, sheet)
        if why is not None:
            return Reading("unclear", f"comment:{why}", reading.options, reading.remark)
    return reading


def _context(column: Sequence[ItemRow], legend: tuple[Meaning, ...], sheet: dt.date | None) -> Context:
    """What a respondent's answer column tells about each of its cells."""
    texts = [row.answer.strip() for row in column if row.answer.strip()]
    alike = Counter(texts)
    decided = sum(map(is_decided_token, texts))
    answers = {**words_beside(texts), **legend_answers(legend)}
    digits = sum(text in answers for text in map(fold, texts))
    return Context(
        legend=answers,
        marks=bool(texts) and decided + digits >= len(texts) / 2,
        boxes=any(char in row.answer for row in column for char in empty_boxes()),
        printed=frozenset(text for text, count in alike.items() if count >= max(2, len(column) // 4)),
        sheet=sheet,
        figures=not decided and not answers and _holds_figures(texts),
    )


def _holds_figures(texts: Sequence[str]) -> bool:
    """Whether the numbers of a column are figures: a scale (1 to 5) has none of three digits and no decimals."""
    numbers = {text for text in texts if is_plain_number(text)}
    return len(numbers) > _FEW_ROWS and any(len(number) > _FEW_ROWS for number in numbers)


def _read_row(row: ItemRow, context: Context) -> Reading:
    return (
        Reading("unclear", ANSWER_COLUMNS_DIFFER)
        if ANSWER_COLUMNS_DIFFER in row.doubts
        else _read_cell(row, context)
    )


def _read_cell(row: ItemRow, context: Context) -> Reading:
    if row.choice is not None:
        return _read_choice(row, context)
    if row.chosen:
        return read_chosen(row.answer, row.chosen, context)
    if _is_question(row):
        return Reading("unanswered", "placeholder:question")
    option = chosen_option(row.answer, row.requirement)
    if option is not None and fold(row.answer) not in context.legend:
        told = _as_asked(replace(row, answer=option), read_answer(option, Context(sheet=context.sheet)))
        return replace(told, rule=f"option:{told.rule}"[:_LONGEST_RULE])
    return _as_asked(row, read_answer(row.answer, context))


def _as_asked(row: ItemRow, reading: Reading) -> Reading:
    """The reading in the light of the question: what affirms or denies something else than was asked is a text."""
    if reading.rule == "sentence:affirmed" and not affirms_question(row.answer, row.requirement):
        return replace(reading, answer="value", rule="sentence:affirms_other")
    if asked := answer_as_asked(row.answer, row.requirement):
        return Reading(asked, f"asked:{fold(row.answer)}")
    return _denied_as_asked(row, reading) if reading.rule.startswith((_NOTHING_BAD, _FINE)) else reading


def _is_question(row: ItemRow) -> bool:
    """Whether the answer cell only repeats the question."""
    key = fold(row.answer) if len(row.answer) > _SHORT_TEXT else ""
    return (
        len(key) > _SHORT_TEXT
        and not parse_options(row.answer)
        and key in {fold(row.requirement), fold(row.item or "")}
    )


def _denied_as_asked(row: ItemRow, reading: Reading) -> Reading:
    """`制約はありません`, `問題なし` in the light of the question."""
    subject = reading.rule.removeprefix(_NOTHING_BAD) if reading.rule.startswith(_NOTHING_BAD) else ""
    answer = answer_of_denied_burden(row.answer, subject, row.requirement)
    if answer is None or answer == reading.answer:
        return reading
    return Reading(answer, f"asked:{fold(row.answer)}"[:_LONGEST_RULE])


def _read_choice(row: ItemRow, context: Context) -> Reading:
    """`はい | いいえ | 該当なし` columns: the marked column's word is the answer, two marked ones contradict."""
    if not row.choice:
        return Reading("unanswered", "blank")
    if "|" in row.choice:
        return Reading("unclear", "several_marks")
    if not _is_tick(row.answer) and not _is_ticked(row.answer, row.choice):
        return Reading("unclear", "choice:no_mark")
    named = read_answer(row.choice, Context(legend=context.legend))
    if named.answer == "value":  # a column's name is no figure, and no text that is itself the answer
        meaning = answer_of_meaning(row.choice)
        named = Reading("unclear" if meaning == "skip" else meaning, "column_name")
    return replace(named, rule=f"choice:{named.rule}")


def _is_tick(text: str) -> bool:
    """Whether a cell of a choice column chooses it: a circle, a tick, a full box, TRUE."""
    bare = text.strip()
    if fold(bare) == "true" or (len(bare) == 1 and bare in ticked_boxes()):
        return True
    return shape_of(bare) in {"circle", "double_circle", "filled_circle", "tick"}


def _is_ticked(text: str, choice: str) -> bool:
    """Whether a cell of a choice column holds nothing but a ticked box with the column's own word: `■適合`."""
    options = parse_options(text)
    return len(options) == 1 and options[0].checked and fold(options[0].label) == fold(choice)
