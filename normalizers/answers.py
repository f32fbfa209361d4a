"""An answer cell in, its answer in one vocabulary out, with the rule that decided.

Order of the rules; the first that applies decides:

1. `blank`            nothing printed                                        → unanswered
2. `options`          check boxes in the cell                                → by the ticked labels (checkboxes.py)
3. `printed_choices`  `○ ・ × ・ △`, nothing chosen                            → unanswered
4. `legend`           the sheet's own legend knows the mark or leading token
5. `word`             the whole cell is a known word
6. `mark`             the whole cell is a known mark
7. `leading`          a known mark or word leads, the rest is a remark; a condition behind a yes → conditional
8. `phrase`           the sentence says undisclosed, not applicable, planned, conditional or partial
9. `quantity`         one figure, or a unit asks for one                     → value
10. `sentence`        a negated end → no; a plain affirmed end → yes; other Japanese or Latin text → value
11. `unknown`         anything else                                          → unclear, never guessed

A yes is only ever given by rules 2 and 4 to 7, or by a short sentence whose end affirms and in which no word of
doubt stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from normalizers.checkboxes import Option, answer_of_options, box_remark, parse_options
from normalizers.dates import first_date
from normalizers.legend import mark_key
from normalizers.quantities import Quantity, clear_quantity
from normalizers.text import empty_boxes, fold, leading_shape, shape_of, strip_end, ticked_boxes
from normalizers.vocabulary import load

ANSWERS = (
    "yes",
    "no",
    "partial",
    "conditional",
    "planned",
    "not_applicable",
    "undisclosed",
    "unanswered",
    "value",
    "unclear",
)
_DELIMITER = r"[\s　。．.、,，;；:：（(\[［【「『※/／→⇒～~\-ー－―…]"
_COUNTED = "年月日件名時分社様円条項部課個回章頁"
_SHORT_SENTENCE = 60


@dataclass(frozen=True, slots=True)
class Context:
    """What the sheet tells about a cell: legend (mark key → answer), the unit cell, and its column.

    `marks` is True where most answers of the column are marks or yes/no words; `boxes` where the column holds
    empty check boxes; `printed` are texts that stand alike in many rows of the column.
    """

    legend: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    marks: bool = False
    boxes: bool = False
    printed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer cell means; `rule` names the rule and the entry that decided (`word:有`)."""

    answer: str
    rule: str
    options: tuple[Option, ...] = ()
    remark: str = ""
    planned: bool = False
    planned_date: dt.date | None = None
    value: Quantity | None = None


def read_answer(text: str, context: Context) -> Reading:
    """The meaning of an answer cell. Never raises; what no rule knows is `unclear`."""
    options = _options(text, context)
    if options:
        answer = answer_of_options(options, _label_class)
        return _with_details(
            Reading(answer, "options", options, box_remark(text)), _ticked_text(text, options)
        )
    answer, rule = _decide(text, context)
    return _with_details(Reading(answer, rule, _choices(text) if rule == "printed_choices" else ()), text)


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
    for rule in (_printed_choices, _legend, _word, _mark, _leading, _phrase, _quantity, _sentence):
        found = rule(bare, context)
        if found is not None:
            return found
    return "unclear", "unknown"


def _printed_choices(bare: str, context: Context) -> tuple[str, str] | None:
    if not _choices(bare):
        return None
    return ("unanswered", "printed_choices") if bare in context.printed else ("unclear", "several_marks")


def _choices(text: str) -> tuple[Option, ...]:
    """`○ ・ × ・ △`, `有／無`: two or more different answer words with nothing but separators between."""
    parts = [part for part in re.split(r"[\s　・･/／、,，|｜]+", text.strip()) if part]
    if not 2 <= len(parts) <= 6 or len(set(parts)) != len(parts):
        return ()
    if all(_token_class(part) is not None for part in parts):
        return tuple(Option(part, False, 0, 0) for part in parts)
    return ()


def _legend(bare: str, context: Context) -> tuple[str, str] | None:
    if not context.legend:
        return None
    key = mark_key(strip_end(bare))
    if key not in context.legend:
        shaped = leading_shape(bare) is not None
        closed = re.match(rf".(?={_DELIMITER}|$)", bare) is not None
        key = mark_key(bare[0]) if (shaped or closed) and _is_rest(bare[1:]) else ""
    answer = context.legend.get(key)
    if answer is None:
        return None
    if answer == "yes":
        answer = _conditioned(bare[1:], answer)
    return answer, f"legend:{key}"


def _word(bare: str, context: Context) -> tuple[str, str] | None:
    del context
    key = fold(strip_end(bare))
    answer = _words().get(key)
    return (answer, f"word:{key}") if answer else None


def _mark(bare: str, context: Context) -> tuple[str, str] | None:
    shape = shape_of(strip_end(bare) or bare)
    if shape is not None:
        return _shapes()[shape], f"mark:{shape}"
    if fold(bare) == "1" and context.marks:
        return "yes", "mark:1"
    return None


def _leading(bare: str, context: Context) -> tuple[str, str] | None:
    """`有。実施の5営業日前…`, `○（Enterpriseプランのみ）`: the first token decides, what follows is a remark."""
    del context
    shaped = leading_shape(bare)
    if shaped is not None:
        shape, rest = shaped
        if not _is_rest(rest):
            return None
        return _conditioned(rest, _shapes()[shape]), f"leading:{shape}"
    match = _leading_word().match(bare)
    if match is None:
        return None
    key = fold(match.group("word"))
    answer = _words()[key]
    return _conditioned(bare[match.end("word") :], answer), f"leading:{key}"


def _is_rest(rest: str) -> bool:
    """Whether text behind a mark is a remark: `○○社`, `〇年〇月` and `○×` are no answers."""
    bare = rest.strip()
    if not bare:
        return True
    if shape_of(bare) is not None or bare[0] in _COUNTED + "・/／" or shape_of(bare[0]) not in {None, "dash"}:
        return False
    return "〇" not in bare[:6] and "○○" not in bare


def _conditioned(rest: str, answer: str) -> str:
    """A yes bound to a plan, an option or a payment is conditional."""
    if answer != "yes":
        return answer
    patterns = load("normalizers", "answers.toml")["conditions"]["patterns"]
    first = re.split(r"[。\n]", rest.strip(" 　。、,.:："), maxsplit=1)[0].strip("（）()[]【】")
    return (
        "conditional"
        if any(re.search(p, first, re.IGNORECASE) for p in patterns) and len(first) <= 40
        else answer
    )


def _phrase(bare: str, context: Context) -> tuple[str, str] | None:
    doubt = load("normalizers", "answers.toml")["doubt"]
    end = strip_end(re.sub(r"[（(][^（()）]*[)）]$", "", strip_end(bare)))
    for answer in ("undisclosed", "not_applicable", "planned", "conditional", "partial"):
        if answer in {"conditional", "partial"} and _asks_value(context.unit):
            continue
        for text in (end, strip_end(bare)):
            if len(text) <= _SHORT_SENTENCE and any(re.search(p, text, re.IGNORECASE) for p in doubt[answer]):
                return answer, f"phrase:{answer}"
    return None


def _quantity(bare: str, context: Context) -> tuple[str, str] | None:
    quantity = clear_quantity(bare)
    if quantity is not None:
        return "value", f"quantity:{quantity.unit}"
    if re.search(r"\d", bare) and _asks_value(context.unit):
        return "value", "quantity:unit_asks"
    return None


def _asks_value(unit: str | None) -> bool:
    """Whether the unit cell asks for a figure or text (`時間帯`), not for 有無 or ○×."""
    return bool(unit and unit.strip()) and not _asks_yes_no(unit)


def _asks_yes_no(unit: str | None) -> bool:
    key = fold(unit or "")
    return "有無" in key or "可否" in key or bool(re.search(r"[○〇◯].{0,2}[×☓✕x]|yes.?/?no|y/n|はい", key))


def _sentence(bare: str, context: Context) -> tuple[str, str] | None:
    if not re.search(r"[^\W\d_]", bare) or (len(bare) < 2 and not _asks_value(context.unit)):
        return None
    if _asks_value(context.unit):
        return "value", "sentence:unit_asks"
    doubt = load("normalizers", "answers.toml")["doubt"]
    end = strip_end(re.sub(r"[（(][^（()）]*[)）]$", "", strip_end(bare)))
    single = "。" not in end and "\n" not in end and len(end) <= _SHORT_SENTENCE
    if single and any(re.search(p, end) for p in doubt["negative"]):
        return "no", "sentence:negated"
    if (
        single
        and any(re.search(p, end) for p in doubt["affirmative"])
        and not any(w in bare for w in doubt["words"])
    ):
        return "yes", "sentence:affirmed"
    if len(fold(bare)) < 3 and context.marks:
        return None
    return "value", "sentence:text"


def _with_details(reading: Reading, text: str) -> Reading:
    """Add the plan with its date, and the figure."""
    planned = reading.answer == "planned"
    date = first_date(text) if planned else None
    value = clear_quantity(text) if reading.answer in {"yes", "value", "conditional", "partial"} else None
    return Reading(reading.answer, reading.rule, reading.options, reading.remark, planned, date, value)


def _label_class(label: str) -> str | None:
    """The answer that an option's label says, None where it is only a choice of a list."""
    key = fold(re.sub(r"[（(※].*", "", label)) or fold(label)
    if "非公開" in label or "非開示" in label:
        return "undisclosed"
    known = _words().get(key) or _words().get(fold(label))
    if known is not None:
        return known if known != "unanswered" else None
    if key.endswith(("予定", "予定時期")):
        return "planned"
    if key.endswith(("対応不要", "対象外", "該当なし")):
        return "not_applicable"
    if key.endswith(("していない", "できない", "はない", "しない", "不可", "なし")):
        return "no"
    return "yes" if len(key) <= 8 and key.endswith(("済み", "済")) else None


def _token_class(token: str) -> str | None:
    shape = shape_of(token)
    return _shapes()[shape] if shape else _words().get(fold(token))


def is_decided_token(text: str) -> bool:
    """Whether a cell is a mark or a yes/no word: what tells a column of marks from one of texts."""
    bare = strip_end(text.strip())
    return bool(bare) and _token_class(bare) is not None


@cache
def _words() -> dict[str, str]:
    table: dict[str, Iterable[str]] = load("normalizers", "answers.toml")["words"]
    return {fold(word): answer for answer, entries in table.items() for word in entries}


@cache
def _shapes() -> dict[str, str]:
    shapes: dict[str, str] = load("normalizers", "answers.toml")["shapes"]
    return shapes


@cache
def _leading_word() -> re.Pattern[str]:
    """A known word at the start, closed by a delimiter: 有。 but not 有償。"""
    table: dict[str, list[str]] = load("normalizers", "answers.toml")["words"]
    entries = sorted({word for words in table.values() for word in words}, key=len, reverse=True)
    return re.compile(
        rf"[「『]?(?P<word>{'|'.join(map(re.escape, entries))})[」』]?(?={_DELIMITER})", re.IGNORECASE
    )
