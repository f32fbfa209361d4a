"""An answer cell in, its answer in one vocabulary out, with the rule that decided.

Order of the rules; the first that applies decides:

1. `blank`            nothing printed                                        → unanswered
   `placeholder`      the form's own words: 選択▼, （未記入）, 例：有             → unanswered
2. `mixed_box`        a check box that is neither ticked nor empty            → unclear
   `options`          check boxes in the cell                                → by the ticked labels (checkboxes.py)
3. `legend`           the sheet's own legend knows the mark or leading token
4. `word`             the whole cell is a known word
5. `mark`             the whole cell is a known mark
6. `printed_choices`  `○ ・ × ・ △`, nothing chosen → unanswered; `○×` in one row alone → unclear
7. `leading`          a known mark or word leads, the rest is a remark; what follows a yes may bind it to a
                      condition, a part or a plan, or take it back (remarks.py)
   `several_marks`    circles beside crosses or triangles anywhere in a short cell → unclear
8. `scribble`         one letter over and over (あああ)                      → unclear
   `elsewhere`        another paper or page is named, which nobody has read  → unclear
   `phrase`           the sentence says undisclosed, not applicable, planned, conditional or partial
   `sentence:later`   an action from or by a date after the sheet            → planned
9. `quantity`         one figure, a date or time, or a unit asks for one     → value
10. `sentence`        a denied predicate → no (`nothing_bad` → value, `twice_denied`, `open` → unclear, `withheld` →
                      undisclosed); a plain affirmed one → yes; other Japanese or Latin text → value
11. `unknown`         anything else                                          → unclear, never guessed

Over the cell stand rules that need its row or list (pipeline/document/records.py): `ditto`, `choice`, `circled`, `asked`,
`option` (printed in the question), `judgements`, `remark`, `comment`, `colour`.
A yes is only ever given by rules 2 to 5 and 7, or by a short sentence whose end affirms and in which no word of
doubt stands.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache, partial

from normalizers.answers.cache import narrowed
from normalizers.answers.checkboxes import Option, answer_of_options, box_remark, parse_options
from normalizers.answers.inline_remark import is_remark, qualified
from normalizers.answers.legend import mark_key
from normalizers.answers.lexicon import (
    answer_shapes,
    answer_words,
    core_of,
    is_scribble,
    leading_word,
    marks_contradict,
    placeholder_of,
    token_class,
)
from normalizers.answers.model import Context, Reading
from normalizers.answers.printed_choices import agreeing, choices_of, mark_and_word
from normalizers.answers.sentence import read_elsewhere, read_later, read_phrase, read_quantity, read_sentence
from normalizers.text import (
    empty_boxes,
    fold,
    leading_shape,
    mixed_boxes,
    shape_of,
    strip_end,
    ticked_boxes,
)
from normalizers.values.dates import first_date
from normalizers.values.quantities import is_plain_number, plain_quantity
from normalizers.values.time_spans import figure_of

_SHORT, _LONG = 200, 4000  # characters of cells that are remembered: many short ones, some long ones
_DASHED = re.compile(r"[-－―—–ー−]{1,3}[\s　]*[（(](?P<inner>[^（()）]{1,12})[）)]")
_COPULA = re.compile(r"^(?:です|だ|でした)(?=が|けど|[、。（(])")
_LETTER_REST = re.compile(
    r"[\s　]*[（(:：「【。](?![^）)]*[A-HＡ-Ｈ0-9０-９][）)\s　]*$)|[\s　]+[^\x00-\x7f、，]{2}"
)


def read_answer(text: str, context: Context) -> Reading:
    """The meaning of an answer cell. Never raises; what no rule knows is `unclear`.

    Columns hold few different cells: each is read once in what matters of its context (memory.py).
    """
    remembered = _read_once if len(text) <= _SHORT else _read_long if len(text) <= _LONG else read_anew
    return remembered(text, narrowed(text, context))


@lru_cache(maxsize=65536)
def _read_once(text: str, context: Context) -> Reading:
    return read_anew(text, context)


@lru_cache(maxsize=2048)
def _read_long(text: str, context: Context) -> Reading:
    return read_anew(text, context)


def read_anew(text: str, context: Context) -> Reading:
    """As read_answer, without its memory."""
    if any(char in text for char in mixed_boxes()):
        return Reading("unclear", "mixed_box", parse_options(text), box_remark(text))
    options = _options(text, context)
    if options:
        answer = answer_of_options(options, partial(_label_class, sheet=context.sheet))
        if answer == "value" and len(options) == 1 and len(text.strip()) == 1:
            return _lone_tick(text, options, context)
        return _with_details(
            Reading(answer, "options", options, box_remark(text)), _ticked_text(text, options)
        )
    answer, rule = _decide(text, context)
    choices = choices_of(text) if rule == "printed_choices" else ()
    return _with_details(Reading(answer, rule, choices), text, context.unit)


def _lone_tick(text: str, options: tuple[Option, ...], context: Context) -> Reading:
    """A ticked box without a label, in a column of boxes: what the legend says of it, else a yes."""
    answer, rule = _decide(text, context)
    return Reading(*((answer, rule) if rule.startswith("legend") else ("yes", "options")), options)


def read_chosen(text: str, chosen: tuple[str, ...], context: Context) -> Reading:
    """The meaning of a cell of printed choices with a ring drawn round some; a ring round nothing known is unclear."""
    printed = choices_of(text)
    if not printed:
        return read_answer(text, context)
    options = tuple(Option(o.label, o.label in chosen, o.depth, o.group) for o in printed)
    ticked = [option.label for option in options if option.checked]
    if len(ticked) != 1 or len(chosen) != 1:
        return Reading("unclear", "several_marks", options)
    answer, rule = _decide(ticked[0], context)
    return _with_details(Reading(answer, f"circled:{rule}", options), ticked[0])


def _options(text: str, context: Context) -> tuple[Option, ...]:
    """Check boxes of the cell; ■ alone is a bullet unless the column has boxes or its label is an answer."""
    if shape_of(text) is not None:
        return ()
    options = parse_options(text)
    if not options or any(char in text for char in empty_boxes()) or context.boxes:
        return options
    return options if any(_label_class(option.label) for option in options) else ()


def _ticked_text(text: str, options: tuple[Option, ...]) -> str:
    """The ticked labels and what was typed behind them, without the instructions and unticked options."""
    lines: list[str] = []
    keep = False
    for line in text.splitlines():
        if any(char in line for char in empty_boxes() + ticked_boxes()):
            keep = any(char in line for char in ticked_boxes())
            if keep:
                lines.append(" ".join(o.label for o in options if o.checked and o.label and o.label in line))
        elif keep and line.startswith((" ", "　")) and line.strip():
            lines.append(line)
        else:
            keep = False
    return "\n".join(lines)


def _decide(text: str, context: Context) -> tuple[str, str]:
    bare = text.strip()
    if not bare:
        return "unanswered", "blank"
    if placeholder := placeholder_of(bare):
        return "unanswered", f"placeholder:{placeholder}"
    for rule in (_legend, _word, _mark, _printed_choices, _leading):
        found = rule(bare, context)
        if found is not None:
            return found
    if marks_contradict(bare):
        return "unclear", "several_marks"
    if context.figures and is_plain_number(bare):
        return "value", "quantity:figure"
    told = (
        (("unclear", "scribble") if is_scribble(bare) else None)
        or read_elsewhere(bare)
        or read_phrase(bare, context.unit)
        or read_later(bare, context.sheet)
        or read_quantity(bare, context.unit)
    )
    return told or read_sentence(bare, context.unit, context.marks) or ("unclear", "unknown")


def _printed_choices(bare: str, context: Context) -> tuple[str, str] | None:
    """Several answer words side by side: agreeing, the form's printed choices, or a contradiction."""
    agreed = agreeing(bare)
    if agreed is not None:
        return agreed, "word:agreeing"
    if not choices_of(bare):
        return None
    if bare in context.printed:
        return "unanswered", "printed_choices"
    return mark_and_word(bare, frozenset(context.legend)) or ("unclear", "several_marks")


def _legend(bare: str, context: Context) -> tuple[str, str] | None:
    if not context.legend:
        return None
    core = core_of(bare)
    key, rest = mark_key(core if mark_key(core) in context.legend else strip_end(bare)), ""
    if key not in context.legend:
        key, rest = mark_key(bare[0]), _behind(bare[1:])
        closed = _LETTER_REST.match(rest) if bare[0].isalnum() else leading_shape(bare) and is_remark(rest)
        if not closed:
            return None
    answer = context.legend.get(key)
    if answer is None:
        return None
    return _bound(answer, rest, sheet=context.sheet), f"legend:{key}"


def _word(bare: str, context: Context) -> tuple[str, str] | None:
    del context
    inner = strip_end(bare).strip("「」『』\"'“”")
    for text in (bare, inner, core_of(bare)):
        answer = answer_words().get(fold(text))
        if answer:
            return answer, f"word:{fold(text)}"
    return None


def _mark(bare: str, context: Context) -> tuple[str, str] | None:
    shape = shape_of(strip_end(bare) or bare) or shape_of(core_of(bare))
    if shape is not None:
        return answer_shapes()[shape], f"mark:{shape}"
    if fold(bare) == "1" and context.marks:
        return "yes", "mark:1"
    return None


def _leading(bare: str, context: Context) -> tuple[str, str] | None:
    """`有。実施の5営業日前…`, `○（Enterpriseプランのみ）`: the first token decides, what follows is a remark."""
    if (inner := _DASHED.fullmatch(bare)) and _says_not_applicable(inner.group("inner")):
        return "not_applicable", "leading:dash"
    shape, rest = leading_shape(bare) or _leading_letter(bare) or (None, "")
    rest = _behind(rest)
    if shape is not None:
        if not is_remark(rest):
            return None
        answer = answer_shapes()[shape]
        return _bound(answer, rest, sheet=context.sheet), f"leading:{shape}"
    match = leading_word().match(bare)
    if match is None:
        return None
    key, rest = fold(match.group("word")), bare[match.end("word") :].lstrip("」』")
    answer = answer_words()[key]
    return _bound(answer, rest, key, context.sheet), f"leading:{key}"


def _behind(rest: str) -> str:
    """What follows a mark, without the copula between: `×ですが、…` is × and `、が、…`, `○です。…` is ○ and `。…`."""
    return _COPULA.sub(lambda m: "" if rest[m.end()] in "、。（(" else "、", rest)


def _bound(answer: str, rest: str, word: str = "", sheet: dt.date | None = None) -> str:
    """The answer with what follows it: only a yes is changed by it."""
    return qualified(rest, word, sheet) if answer == "yes" else answer


def _says_not_applicable(text: str) -> bool:
    told = read_phrase(text, None)
    return token_class(text) == "not_applicable" or (told is not None and told[0] == "not_applicable")


def _leading_letter(bare: str) -> tuple[str, str] | None:
    """A letter used as a mark, closed by a bracket, a comma or a space: `x（未対応）`."""
    shape = shape_of(bare[0])
    closed = len(bare) > 2 and re.match(r"[（(、。]|[\s　]+[^\x00-\x7f]", bare[1:])
    return (shape, bare[1:]) if shape in {"circle", "cross", "tick"} and closed else None


def _with_details(reading: Reading, text: str, unit: str | None = None) -> Reading:
    """Add the plan with its date, and the figure."""
    planned = reading.answer == "planned"
    date = first_date(text) if planned else None
    value = figure_of(text) if reading.answer in {"yes", "value", "conditional", "partial"} else None
    if value is None and reading.rule in {"quantity:figure", "quantity:unit_asks"}:
        value = plain_quantity(text, unit)
    return Reading(reading.answer, reading.rule, reading.options, reading.remark, planned, date, value)


def _label_class(label: str, sheet: dt.date | None = None) -> str | None:
    """The answer that an option's label says, None where it is only a choice of a list."""
    head, _, behind = re.sub(r"※.*", "", label).replace("(", "（").partition("（")
    key = fold(head) or fold(label)
    if "非公開" in label or "非開示" in label:
        return "undisclosed"
    known = answer_words().get(fold(label)) or answer_words().get(key)
    if known is not None:
        return None if known == "unanswered" else _bound(known, behind.rstrip("）)"), key, sheet)
    if key.endswith(("予定", "予定時期")):
        return "planned"
    if key.endswith(("対応不要", "対象外", "該当なし")):
        return "not_applicable"
    if key.endswith(("していない", "できない", "はない", "しない", "不可", "なし")):
        return "no"
    return "yes" if len(key) <= 8 and key.endswith(("済み", "済")) else None


def forget_readings() -> None:
    """Empty the memory of readings, to measure what a cell costs the first time."""
    _read_once.cache_clear()
    _read_long.cache_clear()
