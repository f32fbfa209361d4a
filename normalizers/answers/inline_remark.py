"""A cell that a mark or word is or leads in, its answer and rule out, with what the remark behind it makes of a yes.

`○（Enterpriseプランのみ）` is conditional, `○（一部）` partial, `○（予定）` planned; `○ 現在は対応しておりません`, `○→×` and
`○？` take the yes back and are unclear. A remark that only tells more leaves it a yes.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from normalizers.answers.legend import mark_key
from normalizers.answers.lexicon import answer_of_token, answer_shapes, answer_words, core_of, leading_word
from normalizers.answers.model import AnswerValue, RuledAnswer
from normalizers.answers.sentence import read_phrase
from normalizers.text import Shape, fold, leading_shape, shape_of, strip_end
from normalizers.values.dates import done_word, tells_later, without_past
from normalizers.vocabulary import load

_COUNTED = "年月日件名時分社様円条項部課個回章頁印欄数"
LONGEST_CLAUSE = 40
_TELLS_MORE = {  # 有（非公開）: there is one, its details are not told
    AnswerValue.YES,
    AnswerValue.UNDISCLOSED,
    AnswerValue.UNANSWERED,
}
_BINDS = {AnswerValue.PARTIAL, AnswerValue.CONDITIONAL, AnswerValue.PLANNED}
_BRACKETED = re.compile(r"^[\s　]*[（(\[［【][^）)\]］】]*[）)\]］】][\s　]*")
_LABEL_ALONE = re.compile(r"[^:：]{1,12}[:：]$")  # 有（期間：　　）: the form's own label, nothing behind it
_BRACKET_ALONE = re.compile(r"[（(\[［【「『](?P<inner>[^（()）\[\]]*)[）)\]］】」』]。?")
_OFTEN = re.compile(r"[日月年週]次(?![一-龠])")  # 〇 日次: a mark and how often, no number of days
_HIRAGANA = re.compile(r"[ぁ-ん]")
_DASHED = re.compile(r"[-－―—–ー−]{1,3}[\s　]*[（(](?P<inner>[^（()）]{1,12})[）)]")
_COPULA = re.compile(r"^(?:です|だ|でした)(?=が|けど|[、。（(])")
_LETTER_REST = re.compile(
    r"[\s　]*[（(:：「【。](?![^）)]*[A-HＡ-Ｈ0-9０-９][）)\s　]*$)|[\s　]+[^\x00-\x7f、，]{2}"
)


def read_by_legend(text: str, legend: Mapping[str, AnswerValue], sheet: dt.date | None) -> RuledAnswer | None:
    """What the sheet's own legend (mark key → answer) says of the mark that the cell is or begins with."""
    if not legend:
        return None
    core = core_of(text)
    key, rest = mark_key(core if mark_key(core) in legend else strip_end(text)), ""
    if key not in legend:
        key, rest = mark_key(text[0]), _without_copula(text[1:])
        closed = _LETTER_REST.match(rest) if text[0].isalnum() else leading_shape(text) and _is_remark(rest)
        if not closed:
            return None
    answer = legend.get(key)
    return None if answer is None else (qualify(answer, rest, sheet=sheet), f"legend:{key}")


def read_word(text: str) -> RuledAnswer | None:
    """The answer of a cell that is one known word, in quotes or brackets or not."""
    text = "未" + text[1:] if text[:1] == "末" and len(text) > 1 else text  # 末対応: no action begins with 末
    inner = strip_end(text).strip("「」『』\"'“”")
    for word in (text, inner, core_of(text)):
        answer = answer_words().get(fold(word))
        if answer:
            return answer, f"word:{fold(word)}"
    return None


def read_mark(text: str, column_of_marks: bool) -> RuledAnswer | None:
    """The answer of a cell that is one known mark; in a column of marks 1 is one, too."""
    shape = shape_of(strip_end(text) or text) or shape_of(core_of(text))
    if shape is not None:
        return answer_shapes()[shape], f"mark:{shape}"
    if fold(text) == "1" and column_of_marks:
        return AnswerValue.YES, "mark:1"
    return None


def read_leading(text: str, sheet: dt.date | None) -> RuledAnswer | None:
    """`有。実施の5営業日前…`, `○（Enterpriseプランのみ）`: the first token decides, what follows is a remark."""
    if (inner := _DASHED.fullmatch(text)) and _says_not_applicable(inner.group("inner")):
        return AnswerValue.NOT_APPLICABLE, "leading:dash"
    shape, rest = leading_shape(text) or _leading_letter(text) or (None, "")
    rest = _without_copula(rest)
    if shape is not None:
        if not _is_remark(rest):
            return None
        return qualify(answer_shapes()[shape], rest, sheet=sheet), f"leading:{shape}"
    match = leading_word().match(text)
    if match is None:
        return None
    key, rest = fold(match.group("word")), text[match.end("word") :].lstrip("」』")
    return qualify(answer_words()[key], rest, key, sheet), f"leading:{key}"


def remark_behind(text: str, rule: str) -> str:
    """What stands behind the mark or word that leads a cell, by the rule that read it; "" where it only tells more (`非公開`)."""
    if not rule.startswith(("leading:", "legend:")):
        return ""
    plain = text.strip()
    match = leading_word().match(plain)
    shape = leading_shape(plain) or _leading_letter(plain)
    rest = shape[1] if shape else plain[match.end("word") :] if match else plain[1:]
    rest = rest.strip(" \n　。、，,.:：-－…；;」』")
    inner = _BRACKET_ALONE.fullmatch(rest)
    remark = inner["inner"].strip() if inner else rest
    return "" if _LABEL_ALONE.match(remark) or answer_of_token(remark) in _TELLS_MORE else remark


def _without_copula(rest: str) -> str:
    """What follows a mark, without the copula between: `×ですが、…` is × and `、が、…`, `○です。…` is ○ and `。…`."""
    return _COPULA.sub(lambda m: "" if rest[m.end()] in "、。（(" else "、", rest)


def _says_not_applicable(text: str) -> bool:
    phrase = read_phrase(text, None)
    by_phrase = phrase is not None and phrase[0] == AnswerValue.NOT_APPLICABLE
    return by_phrase or answer_of_token(text) == AnswerValue.NOT_APPLICABLE


def _leading_letter(text: str) -> tuple[Shape, str] | None:
    """A letter used as a mark, closed by a bracket, a comma or a space: `x（未対応）`."""
    shape = shape_of(text[0])
    closed = len(text) > 2 and re.match(r"[（(、。]|[\s　]+[^\x00-\x7f]", text[1:])
    return (shape, text[1:]) if shape in {Shape.CIRCLE, Shape.CROSS, Shape.TICK} and closed else None


def _is_remark(rest: str) -> bool:
    """Whether text behind a mark is a remark: not so in `○○社`, `〇年〇月`, `○×`, `○か×を記入`, `○→×`."""
    stripped = rest.strip()
    if not stripped:
        return True
    first = stripped[0]
    if rest[0].isspace() and _OFTEN.match(stripped):
        return True
    if shape_of(stripped) is not None or first in _COUNTED + "・/／→⇒～〜~；;？?" or _HIRAGANA.match(first):
        return False
    if shape_of(first) not in {None, Shape.DASH} or any(_is_mark(char) for char in stripped):
        return False
    return not re.match(r"[:：=＝].{0,20}[○◯〇×✕△◎▲☓]", stripped)


def _is_mark(char: str) -> bool:
    """A second answer mark in the text: then the first is not the answer alone."""
    return not char.isalnum() and leading_shape(char) is not None


def qualify(answer: AnswerValue, rest: str, word: str = "", sheet: dt.date | None = None) -> AnswerValue:
    """The answer with what follows it, of which only a yes may become conditional, partial, planned or unclear.

    `word` is the yes itself: behind `対応済` a year tells when it was done, behind `有` perhaps when it will be; `sheet`
    is the sheet's date, where it is known.
    """
    clause = _first_clause(rest) if answer == AnswerValue.YES else ""
    if not clause:
        return answer
    folded = unicodedata.normalize("NFKC", clause)
    token = answer_of_token(clause) if _BRACKETED.match(rest) else None
    if token is not None and token not in _TELLS_MORE:
        return token if token in _BINDS else AnswerValue.UNCLEAR
    undated = without_past(folded, sheet)
    for qualified, pattern in _qualifiers():
        if pattern.search(undated):
            return qualified
    if not done_word(word) and tells_later(folded, sheet):
        return AnswerValue.UNCLEAR
    remark = "".join(rest.split("\n")).strip()
    is_taken_back = _turns_behind(remark) or taken_back_pattern("patterns").search(remark)
    return AnswerValue.UNCLEAR if is_taken_back else AnswerValue.YES


def _turns_behind(rest: str) -> bool:
    """`（手動）だが自動は不可`: what follows the bracket takes the yes up again."""
    behind = _BRACKETED.sub("", rest, count=1)
    return len(behind) < len(rest) and bool(taken_back_pattern("behind").match(behind))


def _first_clause(rest: str) -> str:
    """The bracket or short clause directly behind the mark; "" where a whole sentence follows."""
    text = rest.strip(" \n　。、，,.:：-－…；;")
    bracket = re.match(r"[（(\[［【「『](?P<inner>[^）)\]］】」』]*)[）)\]］】」』]?", text)
    clause = bracket.group("inner") if bracket else re.split(r"[。\n]", text, maxsplit=1)[0]
    return clause if len(clause) <= LONGEST_CLAUSE else ""


@cache
def _qualifiers() -> list[tuple[AnswerValue, re.Pattern[str]]]:
    """What a yes becomes, and the pattern that says so, in the order in which they are tried."""
    table: dict[str, list[str]] = load("normalizers.answers", "inline_remark.toml")["qualifiers"]
    return [
        (AnswerValue(answer), re.compile("|".join(patterns), re.IGNORECASE))
        for answer, patterns in table.items()
    ]


@cache
def taken_back_pattern(name: str) -> re.Pattern[str]:
    """Patterns of what denies a yes (`patterns`, `later`, `behind` a bracket) or a no (`no`)."""
    patterns: str | list[str] = load("normalizers.answers", "inline_remark.toml")["takes_back"][name]
    return re.compile(patterns if isinstance(patterns, str) else "|".join(patterns), re.IGNORECASE)
