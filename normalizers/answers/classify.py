"""An answer cell in, its answer in one vocabulary out, with the rule that decided.

Order of the rules; the first that applies decides:

1. `blank`            nothing printed                                        → unanswered
   `cell_error`       #REF!, #N/A: a formula failed                          → unclear
   `placeholder`      the form's own words: 選択▼, （未記入）, 例：有             → unanswered
2. `mixed_box`        a check box that is neither ticked nor empty            → unclear
   `options`          check boxes in the cell                                → by the ticked labels (choices/checkboxes.py)
   `circled`          one of the printed choices is marked (`【有】・無`, `有に○`) → by its label (choices/marked_choices.py)
3. `legend`           the sheet's own legend knows the mark or leading token
4. `word`             the whole cell is a known word
5. `mark`             the whole cell is a known mark
6. `printed_choices`  `○ ・ × ・ △`, nothing chosen → unanswered; `○×` in one row alone → unclear
7. `leading`          a known mark or word leads, the rest is a remark; what follows a yes may bind it to a
                      condition, a part or a plan, or take it back (inline_remark.py)
   `several_marks`    circles beside crosses or triangles anywhere in a short cell → unclear
8. `scribble`         one letter over and over (あああ)                      → unclear
   `elsewhere`        another paper or page is named, which nobody has read  → unclear
   `phrase`           the sentence says undisclosed, not applicable, planned, conditional or partial
   `sentence:later`   an action from or by a date after the sheet            → planned
9. `quantity`         one figure, a date or time, or a unit asks for one     → value
10. `sentence`        a denied predicate → no (`nothing_bad` → value, `twice_denied`, `open` → unclear, `withheld` →
                      undisclosed); a plain affirmed one → yes; other Japanese or Latin text → value
11. `unknown`         anything else                                          → unclear, never guessed

Over the cell stand rules that need its row or list (normalizers/responses): `ditto`, `choice`, `circled` (drawn), `asked`,
`option` (printed in the question), `judgements`, `remark`, `comment`, `colour`.
A yes is only ever given by rules 2 to 5 and 7, or by a short sentence whose end affirms and in which no word of
doubt stands.

Columns hold few different cells under many dates, units and legends. A cell is read once for each context that could make a
difference to it: a legend that has none of its marks, the sheet's date beside a text without a year, which unit asks for a
figure where the cell is no bare number leave it as it is. What `narrowed` leaves out must not be looked at by any rule for such
a cell; a test reads cells both ways.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from normalizers.answers.choices.checkboxes import (
    agreed_answer,
    answer_of_label,
    answer_of_options,
    answering_options,
    box_remark,
    parse_options,
    parse_printed_choices,
    read_mark_with_word,
    ticked_text,
)
from normalizers.answers.choices.denied_choices import answers_by_denial
from normalizers.answers.choices.marked_choices import marked_choices
from normalizers.answers.inline_remark import read_by_legend, read_leading, read_mark, read_word
from normalizers.answers.legend import mark_key
from normalizers.answers.lexicon import core_of, is_scribble, marks_contradict, placeholder_of
from normalizers.answers.model import AnswerResult, AnswerValue, Context, Option, RuledAnswer
from normalizers.answers.sentence import (
    asks_value,
    read_elsewhere,
    read_later,
    read_phrase,
    read_quantity,
    read_sentence,
)
from normalizers.text import UNREAD, mixed_boxes, split_numbered, strip_end, ticked_boxes, without_invisible
from normalizers.values.dates import first_date
from normalizers.values.quantities import is_plain_number, plain_quantity, takes_unit
from normalizers.values.time_spans import figure_of

_SHORT, _LONG = 200, 4000  # characters of cells that are remembered: many short ones, some long ones
_YEAR = re.compile(r"\d{4}|令和|平成|[RHＲＨrhｒｈ]")
_LESS = frozenset({AnswerValue.PARTIAL, AnswerValue.PLANNED, AnswerValue.CONDITIONAL, AnswerValue.NO})
_CELL_ERROR = re.compile(
    r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|FIELD!|GETTING_DATA|#+)", re.IGNORECASE
)
_UNIT_OF_FIGURES = "時間"  # stands for any unit that asks for a figure
# `有（　　　）・無`, `有（年　回）・無`: brackets of the form's own in which nothing was written.
_BLANK_BRACKETS = re.compile(r"[（(\[［][\s　_＿年月日回件名社:：約]*[）)\]］]")
_INSTRUCTION = re.compile(
    r"[（(][^（）()]{0,12}(?:いずれか|どちらか|一方|該当|囲|選択|選ん)[^（）()]{0,12}[）)]"
)
_NO_LEGEND: Mapping[str, AnswerValue] = {}
_WITH_FIGURE = {AnswerValue.YES, AnswerValue.VALUE, AnswerValue.CONDITIONAL, AnswerValue.PARTIAL}


def read_answer(text: str, context: Context) -> AnswerResult:
    """The meaning of an answer cell. Never raises; what no rule knows is `unclear`."""
    text = without_invisible(text)
    read = _read_once if len(text) <= _SHORT else _read_long if len(text) <= _LONG else read_anew
    return read(text, narrowed(text, context))


@lru_cache(maxsize=65536)
def _read_once(text: str, context: Context) -> AnswerResult:
    return read_anew(text, context)


@lru_cache(maxsize=2048)
def _read_long(text: str, context: Context) -> AnswerResult:
    return read_anew(text, context)


def clear_answer_cache() -> None:
    """Empty the cache of answers, to measure what a cell costs the first time."""
    _read_once.cache_clear()
    _read_long.cache_clear()


def read_anew(text: str, context: Context) -> AnswerResult:
    """As read_answer, without its cache."""
    if UNREAD in text:
        return AnswerResult(AnswerValue.UNCLEAR, "unread_character")
    if any(char in text for char in mixed_boxes()):
        return AnswerResult(AnswerValue.UNCLEAR, "mixed_box", parse_options(text), box_remark(text))
    if len(text.strip()) == 1 and mark_key(text) in context.legend:
        return _with_details(AnswerResult(*_classify(text, context)), text)  # □：開発予定
    options = answering_options(text, context.boxes)
    if options:
        return _read_options(text, options, context)
    if marked := marked_choices(text):
        return _read_marked(marked, context)
    answer, rule = _classify(text, context)
    choices = parse_printed_choices(text) if rule == "printed_choices" else ()
    return _with_details(AnswerResult(answer, rule, choices), text, context.unit)


def read_chosen(text: str, chosen: tuple[str, ...], context: Context) -> AnswerResult:
    """The meaning of a cell of printed choices with a ring drawn round some; a ring round nothing known is unclear."""
    printed = parse_printed_choices(text)
    if not printed:
        return read_answer(text, context)
    options = tuple(replace(option, checked=option.label in chosen) for option in printed)
    ticked = [option.label for option in options if option.checked]
    if len(ticked) != 1 or len(chosen) != 1:
        return AnswerResult(AnswerValue.UNCLEAR, "several_marks", options)
    if UNREAD in ticked[0]:
        return AnswerResult(AnswerValue.UNCLEAR, "unread_character", options)
    label = next((word for _, word in split_numbered(ticked[0])), ticked[0])
    answer, rule = _classify(label, context)
    return _with_details(AnswerResult(answer, f"circled:{rule}", options), label)


def _read_marked(options: tuple[Option, ...], context: Context) -> AnswerResult:
    """The meaning of the one choice that words or signs mark; a ring round what is no answer is unclear."""
    label = next(option.label for option in options if option.checked)
    answer, rule = _classify(label, context)
    if not rule.startswith(("legend", "word", "mark")):
        return AnswerResult(AnswerValue.UNCLEAR, "several_marks", options)
    return AnswerResult(answer, f"circled:{rule}", options)


def _read_options(text: str, options: tuple[Option, ...], context: Context) -> AnswerResult:
    """What ticked boxes say. One without a label, in a column of boxes and of none that the legend knows, is a yes."""
    by_denial = answers_by_denial(option.label for option in options)
    answer = answer_of_options(
        options,
        lambda label: (
            answer_of_label(label, context.sheet) or _on_scale(label, by_denial.get(label), context)
        ),
    )
    if answer == AnswerValue.VALUE and len(options) == 1 and len(text.strip()) == 1:
        return AnswerResult(AnswerValue.YES, "options", options)
    return _with_details(
        AnswerResult(answer, "options", options, box_remark(text)), ticked_text(text, options)
    )


def _on_scale(label: str, by_denial: AnswerValue | None, context: Context) -> AnswerValue | None:
    """What a choice between a statement and its denial says: `一部できている` is partial, what has no such words unclear."""
    if by_denial != AnswerValue.UNCLEAR:
        return by_denial
    answer, _ = _classify(label, context)
    return answer if answer in _LESS else AnswerValue.UNCLEAR


def _classify(text: str, context: Context) -> RuledAnswer:
    """The rules for a cell without check boxes, each a step of its own."""
    stripped = text.strip()
    if not stripped:
        return AnswerValue.UNANSWERED, "blank"
    if _CELL_ERROR.fullmatch(stripped):
        return AnswerValue.UNCLEAR, "cell_error"
    return (
        _read_placeholder(stripped)
        or _read_token(stripped, context)
        or _read_scrawl(stripped, context)
        or _read_text(stripped, context)
        or (AnswerValue.UNCLEAR, "unknown")
    )


def _read_placeholder(text: str) -> RuledAnswer | None:
    placeholder = placeholder_of(text)
    return (AnswerValue.UNANSWERED, f"placeholder:{placeholder}") if placeholder else None


def _read_token(text: str, context: Context) -> RuledAnswer | None:
    """A known mark or word that the cell is, holds beside others, or begins with."""
    return (
        read_by_legend(text, context.legend, context.sheet)
        or read_word(text)
        or read_mark(text, context.marks and not asks_value(context.unit))
        or _read_printed_choices(text, context)
        or read_leading(text, context.sheet)
    )


def _read_printed_choices(text: str, context: Context) -> RuledAnswer | None:
    """Several answer words side by side: agreeing, the form's printed choices, or a contradiction."""
    agreed = agreed_answer(text)
    if agreed is not None:
        return agreed, "word:agreeing"
    template = _INSTRUCTION.sub("", _BLANK_BRACKETS.sub("", text))
    if not parse_printed_choices(template):
        return None
    if text in context.printed or template != text:
        return AnswerValue.UNANSWERED, "printed_choices"
    return read_mark_with_word(text, frozenset(context.legend)) or (AnswerValue.UNCLEAR, "several_marks")


def _read_scrawl(text: str, context: Context) -> RuledAnswer | None:
    """Marks that contradict each other, a number in a column of figures, and one letter over and over."""
    if marks_contradict(text):
        return AnswerValue.UNCLEAR, "several_marks"
    if context.figures and is_plain_number(text):
        return AnswerValue.VALUE, "quantity:figure"
    return (AnswerValue.UNCLEAR, "scribble") if is_scribble(text) else None


def _read_text(text: str, context: Context) -> RuledAnswer | None:
    """What a text says: that the answer stands elsewhere, is a plan, a figure, no, yes or the text itself."""
    return (
        read_elsewhere(text)
        or read_phrase(text, context.unit)
        or read_later(text, context.sheet)
        or read_quantity(text, context.unit)
        or read_sentence(text, context.unit, context.marks)
    )


def _with_details(result: AnswerResult, text: str, unit: str | None = None) -> AnswerResult:
    """Add the plan with its date, and the figure."""
    planned = result.answer == AnswerValue.PLANNED
    value = figure_of(text) if result.answer in _WITH_FIGURE else None
    if value is None and result.rule in {"quantity:figure", "quantity:unit_asks"}:
        value = plain_quantity(text, unit)
    return replace(result, planned=planned, planned_date=first_date(text) if planned else None, value=value)


def narrowed(text: str, context: Context) -> Context:
    """The context without what cannot matter to the answer cell `text`; the same object for the same rest."""
    facts, keys = _facts(text)
    legend = bool(context.legend) and not keys.isdisjoint(context.legend)
    printed = text.strip() in context.printed
    return _narrow(context, (legend, *facts), text.strip() if printed else "")


@lru_cache(maxsize=65536)
def _facts(text: str) -> tuple[tuple[bool, bool, bool], frozenset[str]]:
    """Whether a cell holds a year, is a number, holds ticked boxes, and the keys by which a legend may know it."""
    stripped = text.strip()
    if not stripped:
        return (False, False, False), frozenset()
    token = re.split(r"[\s　、,]", stripped, maxsplit=1)[0]
    marked = [option.label for option in marked_choices(stripped)]
    parts = (core_of(stripped), strip_end(stripped), stripped[0], token, *marked)
    keys = {mark_key(part) for part in parts if part}
    boxed = any(char in text for char in ticked_boxes() + mixed_boxes())
    return (bool(_YEAR.search(stripped)), takes_unit(text), boxed), frozenset(keys)


@lru_cache(maxsize=4096)
def _narrow(context: Context, matters: tuple[bool, bool, bool, bool], printed: str) -> Context:
    """The context with only those of legend, date, unit and boxes that matter, and the one printed text."""
    legend, year, number, boxes = matters
    return Context(
        legend=context.legend if legend else _NO_LEGEND,
        unit=context.unit if number else _UNIT_OF_FIGURES if asks_value(context.unit) else None,
        marks=context.marks,
        boxes=context.boxes and boxes,
        printed=frozenset({printed}) if printed else frozenset(),
        sheet=context.sheet if year else None,
        figures=context.figures and number,
    )
