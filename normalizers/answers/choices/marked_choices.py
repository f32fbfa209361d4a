"""A cell that prints choices and marks one by a bracket, a ring, a sign or a word in, the choices with that one out.

`【有】・無`, `㊒・無`, `有（○）・無（　）` and `有 ・ ○無` mark a choice where it stands; `有・無 → 有` says it again,
`有に○` names it alone. Nothing is taken where two are marked, where a part is no answer by itself, or where all say the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from normalizers.answers.lexicon import answer_of_token
from normalizers.answers.model import AnswerValue, Option
from normalizers.text import Shape, fold, shape_of

_LONGEST = 60
_MOST_PARTS = 6
_SEPARATORS = re.compile(r"[\s　]*[・･/／、,，|｜;；][\s　]*|[\s　]+")
_PRINTED = re.compile("[・･/／|｜]")
_SPACED_BRACKET = re.compile(
    r"([（(\[［【〔「『<＜])[\s　]*([^\s　（）()]{0,8}?)[\s　]*([）)\]］】〕」』>＞])"
)
_BLANK_BRACKET = re.compile(r"[（(\[［【〔][）)\]］】〕]")
_BRACKETED = re.compile(r"[（(\[［【〔「『<＜《〈](?P<word>[^（()）\[\]【】]+)[）)\]］】〕」』>＞》〉]")
_MARKS = "○◯〇⭕●◎✓✔☑レ"
_BESIDE = re.compile(
    rf"(?:[（(\[［]?[{_MARKS}][）)\]］]?(?P<behind>.+)|(?P<before>.+?)[（(\[［]?[{_MARKS}][）)\]］]?)"
)
_ENCLOSED = re.compile("[㊀-㊰㈠-㉇]|.+⃝")  # a character in a ring of its own
_AGAIN = re.compile(r"→|⇒|⇨|➡|=>|->|[:：=＝]")
_NAMED = re.compile(
    r"[「『]?(?P<word>[^\s　「」『』、。]{1,10}?)[」』]?(?:の(?:方|ほう|欄))?"
    rf"[\s　]*に(?:[{_MARKS}]|丸|まる|マル|チェック)(?:印)?"
    r"(?:を?(?:付け|つけ|しるし|記入|記載|選択)(?:済み?|ました|ています|ております|た)|です)?。?"
)
_RINGED = {Shape.CIRCLE, Shape.DOUBLE_CIRCLE, Shape.FILLED_CIRCLE, Shape.TICK, Shape.DASH}


def marked_choices(text: str) -> tuple[Option, ...]:
    """The choices of a cell of which words or signs mark just one; empty where the cell is nothing of the kind."""
    plain = text.strip()
    if not 2 <= len(plain) <= _LONGEST or "\n" in plain:
        return ()
    return next((options for read in _READERS if (options := read(plain))), ())


def _by_name(text: str) -> tuple[Option, ...]:
    """`有に○`: the one choice that is named."""
    match = _NAMED.fullmatch(text)
    word = match["word"] if match else ""
    return (Option(word, True, 0, 0),) if word and _is_choice(word) else ()


def _said_again(text: str) -> tuple[Option, ...]:
    """`有・無 → 有`: the choices as printed, and one of them behind a sign."""
    parts = [part.strip() for part in _AGAIN.split(text)]
    words = [part for part in _SEPARATORS.split(parts[0]) if part]
    if len(parts) != 2 or not _are_choices(words) or fold(parts[1]) not in map(fold, words):
        return ()
    return tuple(Option(word, fold(word) == fold(parts[1]), 0, 0) for word in words)


def _marked_in_place(text: str) -> tuple[Option, ...]:
    """`【有】・無`, `有 ・ ○無`, `㊒・無`: one of the parts is marked, and only one."""
    squeezed = _BLANK_BRACKET.sub("", _SPACED_BRACKET.sub(r"\1\2\3", text))
    printed = [part for part in _SEPARATORS.split(squeezed) if part]
    parts = [_part(part) for part in printed]
    words = [word for word, _ in parts]
    if not _PRINTED.search(text) and any(_is_beside(part) for part in printed):
        return ()  # 無 あり○: a refusal and what is said of it, or two choices
    if any(shape_of(word) is not None and not is_marked for word, is_marked in parts):
        return ()  # × あり○: two signs, each an answer
    if sum(is_marked for _, is_marked in parts) != 1 or not (_are_choices(words) or _is_misspelt(printed)):
        return ()
    return tuple(Option(word, is_marked, 0, 0) for word, is_marked in parts)


_READERS: tuple[Callable[[str], tuple[Option, ...]], ...] = (_by_name, _said_again, _marked_in_place)


def _part(text: str) -> tuple[str, bool]:
    """The word of a part, and whether something marks it."""
    if _ENCLOSED.fullmatch(text):
        return unicodedata.normalize("NFKC", text).replace("⃝", "").strip("()"), True
    if (match := _BRACKETED.fullmatch(text)) and shape_of(match["word"]) is None:
        return match["word"].strip(), True
    match = _BESIDE.fullmatch(text)
    word = ((match["behind"] or match["before"]) if match else "").strip()
    return (word, True) if word and shape_of(word) is None else (text, False)


def _is_beside(text: str) -> bool:
    """Whether a sign stands beside a word, and no ring or bracket around it."""
    return bool(_BESIDE.fullmatch(text)) and not (_ENCLOSED.fullmatch(text) or _BRACKETED.fullmatch(text))


def _is_choice(word: str) -> bool:
    """Whether a word says an answer by itself; a sign that rings others is none."""
    return shape_of(word) not in _RINGED and answer_of_token(word) not in {None, AnswerValue.UNANSWERED}


def _are_choices(words: list[str]) -> bool:
    """Whether all words are answers, and not all the same."""
    answers = {answer_of_token(word) for word in words if _is_choice(word)}
    return 2 <= len(words) <= _MOST_PARTS and len(answers) > 1 and all(map(_is_choice, words))


def _is_misspelt(printed: list[str]) -> bool:
    """`有・㊍`: a ring round a character that is no answer, beside those that are; what was meant nobody can tell."""
    rest = [text for text in printed if not _ENCLOSED.fullmatch(text)]
    return len(rest) == len(printed) - 1 > 0 and all(map(_is_choice, rest))
