"""Checklists of one document in, answer records out: every row read by the normalisers in its column's context."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.shape import Checklist, ItemRow
from normalizers.answer_words import answer_as_asked, is_decided_token, words_beside
from normalizers.answers import read_answer, read_chosen
from normalizers.asked import affirms_question
from normalizers.checkboxes import parse_options
from normalizers.comments import dispute_of
from normalizers.legend import Meaning, answer_of_meaning, legend_answers, parse_legend
from normalizers.quantities import is_plain_number
from normalizers.reading import Context, Reading
from normalizers.remarks import contradicts
from normalizers.text import empty_boxes, fold, shape_of, ticked_boxes
from pipeline.colours import with_colours
from pipeline.dittos import resolve_dittos, rows_to_dittos

_DOUBTS = {
    "joined_over_page_end": 0.85,
    "number_carried": 0.9,
    "answer_column_guessed": 0.6,
    "columns_guessed": 0.5,
    "shifted_columns": 0.7,
    "mark_restored": 0.7,
    "no_answer_column": 0.8,
    "unruled": 0.8,
    "headless": 0.5,
    "grid_doubtful": 0.6,
    "box_place": 0.6,
    "drawn_mark": 0.9,
    "answer_columns_differ": 0.5,
}
_RIVALS = "answer_columns_differ"  # the doubt, and the rule by which its rows are unclear
_BASE = 0.98
_CONTRADICTED = 0.5  # the remark says the opposite of the answer
_REPEATED = 0.95  # the answer stands in another row
_HIDDEN = 0.9
_FEW_ROWS = 2
_SHORT_TEXT = 6
_NOTHING_BAD = "sentence:nothing_bad:"
_UNREAD = Reading("unanswered", "blank")


@dataclass(frozen=True, slots=True)
class About:
    """What the document tells about a list: its date, and whether colours tell its answers."""

    date: dt.date | None = None
    coloured: bool = False


NOTHING_TOLD = About()


@dataclass(frozen=True, slots=True)
class Record:
    """One answer cell with its meaning; `contradicted` where its remark turns the answer round."""

    row: ItemRow
    reading: Reading
    item_id: str
    confidence: float
    contradicted: bool = False

    @property
    def remarks(self) -> str:
        """The remarks cell, or the remark written inside the answer cell."""
        return self.row.remarks or self.reading.remark


@dataclass(frozen=True, slots=True)
class ChecklistRecords:
    """A checklist with the meaning of its rows; `kind` is filled, blank, example or reference."""

    checklist: Checklist
    kind: str
    legend: tuple[Meaning, ...]
    records: tuple[Record, ...]

    @property
    def answered(self) -> int:
        """Answer cells that are not blank and were asked for."""
        return sum(r.reading.answer not in {"unanswered", "not_applicable"} for r in self.records)


def checklist_to_records(
    checklist: Checklist, document_legend: Sequence[str], about: About = NOTHING_TOLD
) -> ChecklistRecords:
    """Read every answer of a checklist.

    `document_legend` are legend lines of sheets without a list of their own.
    """
    legend = parse_legend(checklist.legend_lines) or parse_legend(document_legend)
    readings = _read_rows(checklist.rows, legend, about.date)
    readings = with_colours(checklist.rows, readings, checklist.colour_notes)
    if about.coloured:
        readings = [_without_colour(reading) for reading in readings]
    kind = checklist.kind
    if kind == "form":
        blank = all(reading.answer in {"unanswered", "not_applicable"} for reading in readings)
        kind = "blank" if blank else "filled"
    if kind == "blank":
        readings = _without_defaults(checklist.rows, readings)
    ids = item_ids(checklist.rows)
    records = tuple(
        _record(row, reading, item_id, checklist.hidden, about.date)
        for row, reading, item_id in zip(checklist.rows, readings, ids, strict=True)
    )
    return ChecklistRecords(checklist, kind, legend, records)


def _without_colour(reading: Reading) -> Reading:
    """A yes of which the colour says whether it is one is unclear."""
    return (
        Reading("unclear", "colour", reading.options, reading.remark) if reading.answer == "yes" else reading
    )


def _record(row: ItemRow, reading: Reading, item_id: str, hidden: bool, sheet: dt.date | None) -> Record:
    contradicted = contradicts(reading.answer, row.remarks or reading.remark, sheet)
    sure = confidence_of(row, hidden) * (_CONTRADICTED if contradicted else 1.0)
    if reading.rule.startswith("ditto:"):
        sure *= _REPEATED
    return Record(row, reading, item_id, round(sure, 4), contradicted)


def confidence_of(row: ItemRow, hidden_sheet: bool = False) -> float:
    """How sure the extraction of a row is: 0.98 less a factor for each doubt."""
    sure = _BASE * (_HIDDEN if row.hidden or hidden_sheet else 1.0)
    for doubt in row.doubts:
        sure *= _DOUBTS[doubt]
    return round(sure, 4)


def item_ids(rows: Sequence[ItemRow]) -> list[str]:
    """Ids of items from number, sub-item and question: the same whoever filled the form in, and in any file type.

    A second item with the same number and question in one list gets another id.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    ids = []
    for row in rows:
        key = (fold(row.item_no), fold(row.sub_item or ""), fold(row.requirement) or fold(row.item or ""))
        seen[(*key, row.respondent)] += 1
        text = "\x1f".join([*key, str(seen[(*key, row.respondent)])])
        ids.append(hashlib.sha256(text.encode()).hexdigest()[:16])
    return ids


def _read_rows(rows: Sequence[ItemRow], legend: tuple[Meaning, ...], sheet: dt.date | None) -> list[Reading]:
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
    return [
        _with_comments(row, reading, common, sheet)
        for row, reading in zip(rows, resolve_dittos(rows, readings, dittos), strict=True)
    ]


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
    return Reading("unclear", _RIVALS) if _RIVALS in row.doubts else _read_cell(row, context)


def _read_cell(row: ItemRow, context: Context) -> Reading:
    if row.choice is not None:
        return _read_choice(row, context)
    if row.chosen:
        return read_chosen(row.answer, row.chosen, context)
    if _is_question(row):
        return Reading("unanswered", "placeholder:question")
    return _as_asked(row, read_answer(row.answer, context))


def _as_asked(row: ItemRow, reading: Reading) -> Reading:
    """The reading in the light of the question: what affirms or denies something else than was asked is a text."""
    if reading.rule == "sentence:affirmed" and not affirms_question(row.answer, row.requirement):
        return replace(reading, answer="value", rule="sentence:affirms_other")
    if asked := answer_as_asked(row.answer, row.requirement):
        return Reading(asked, f"asked:{fold(row.answer)}")
    return _denied_as_asked(row, reading) if reading.rule.startswith(_NOTHING_BAD) else reading


def _is_question(row: ItemRow) -> bool:
    """Whether the answer cell only repeats the question."""
    key = fold(row.answer)
    return (
        len(key) > _SHORT_TEXT
        and not parse_options(row.answer)
        and key in {fold(row.requirement), fold(row.item or "")}
    )


def _denied_as_asked(row: ItemRow, reading: Reading) -> Reading:
    """`制約はありません` is a no where the question is whether there are any, and else nothing bad to tell."""
    subject = reading.rule.removeprefix(_NOTHING_BAD)
    question = fold(row.requirement)
    asked = re.search(
        rf"{re.escape(fold(subject))}[^。、]{{0,6}}(?:あり|有り|ある|有る|ござい|有無|ますか|るか)", question
    )
    return Reading("no", "sentence:negated") if subject and asked else reading


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


def _without_defaults(rows: Sequence[ItemRow], readings: list[Reading]) -> list[Reading]:
    """In a blank form, a dash in the only answer cell of an item is a default to overwrite, not an answer.

    Where another respondent is asked about the same item, the dash says that nobody is asked here.
    """
    asked = Counter((row.item_no, row.sub_item, row.requirement) for row in rows)
    result = []
    for row, reading in zip(rows, readings, strict=True):
        alone = asked[(row.item_no, row.sub_item, row.requirement)] == 1
        if alone and reading.answer == "not_applicable" and reading.rule == "mark:dash":
            reading = Reading("unanswered", "blank_form_default")  # noqa: PLW2901
        result.append(reading)
    return result
