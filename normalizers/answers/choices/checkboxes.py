"""A cell with printed options in, its options, its answer and its remark out: check boxes, `○ ・ × ・ △`, `有、有償`.

Order of the rules for the answer of check boxes: no box ticked → unanswered; ticked boxes of the outermost level whose labels
are known decide; within one group two different answers contradict each other → unclear; over several groups
(headings between, or the same labels again) planned beats yes, and yes with no is partial; only unknown labels
ticked → a known answer nested under them, else `value`: the ticked labels are the answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection
from itertools import pairwise

from normalizers.answers.inline_remark import qualify
from normalizers.answers.legend import mark_key
from normalizers.answers.lexicon import answer_of_token, answer_words
from normalizers.answers.model import AnswerValue, Option, RuledAnswer
from normalizers.text import (
    Shape,
    empty_boxes,
    fold,
    is_spoken_of,
    mixed_boxes,
    shape_of,
    split_numbered,
    ticked_boxes,
)  # fmt: skip

_REMARK = re.compile(r"^[ 　]*(?:備考|補足|コメント|特記事項|理由・備考)[ 　]*[:：][ 　]*", re.MULTILINE)
_HEADING = re.compile(
    r"^[ 　]*(?:[【＜<〈《].*[】＞>〉》][^□■☐☑]*|[（(][^（）()□■]*(?:（[^（）]*）[^（）□■]*)*[）)])[ 　]*(?:※.*)?$"
)
_LABEL_ONLY = re.compile(r"^[^:：]{0,20}[:：][ 　]*$")
_SEPARATORS = re.compile(r"[\s　・･/／、,，|｜→⇒～〜;；]+|から|または|又は|or", re.IGNORECASE)
_TWO_LANGUAGES = re.compile(r"(?<=[A-Za-z]{2})(?=[぀-ヿ一-鿿])")  # Partial一部, joined from two lines
_PAIR = re.compile(r"(\S+?)(?:[\s　]+[-－–—―]?[\s　]*|[、,][\s　]*)([^\s　・/／|｜]{2,})")
_MOST_CHOICES = 6
# How labels end that no list of words holds: 暗号化していない, 対応予定時期.
_LABEL_ENDS = (
    (AnswerValue.PLANNED, ("予定", "予定時期")),
    (AnswerValue.NOT_APPLICABLE, ("対応不要", "対象外", "該当なし")),
    (AnswerValue.NO, ("していない", "できない", "はない", "しない", "不可", "なし")),
)
_PART = re.compile(
    r"(?:一部|部分的|限定的|概ね|おおむね|おおよそ)(?!を?除|以外|の?(?:人|者))"
)  # 一部できる, 概ね対応
_DONE_ENDS = ("済み", "済")
_LONGEST_DONE = 8
_NOTE = re.compile(r"^[ 　]*(?:[※＊]|[（(](?:補足|注|\(\d\)の補足))")


def parse_options(text: str) -> tuple[Option, ...]:
    """The check boxes of a cell in reading order; `「□」をチェック` in an instruction is no box."""
    options: list[Option] = []
    seen: set[tuple[int, str, int]] = set()
    group = 0
    for line in text.splitlines() or [text]:
        indexes = _box_indexes(line)
        if not indexes:
            group += bool(options and _HEADING.match(line))
            continue
        for index, label, depth in zip(indexes, _labels(line, indexes), _depths(line, indexes), strict=True):
            checked = line[index] in ticked_boxes()
            group += (group, label, depth) in seen
            seen.add((group, label, depth))
            options.append(Option(label, checked, depth, group))
    return tuple(options)


def _labels(line: str, indexes: list[int]) -> list[str]:
    """The label of each box of a line: behind it, or before it where nothing stands behind the last (`はい☑ いいえ□`)."""
    edges = [-1, *indexes, len(line)]
    between = [line[start + 1 : end] for start, end in pairwise(edges)]
    before = [_label(text) for text in between[:-1]]
    if not between[-1].strip() and all(before):
        return before
    return [_label(text) for text in between[1:]]


def _box_indexes(line: str) -> list[int]:
    glyphs = empty_boxes() + ticked_boxes() + mixed_boxes()
    return [i for i, char in enumerate(line) if char in glyphs and not is_spoken_of(line, i)]


def _depths(line: str, indexes: list[int]) -> list[int]:
    """Of each box the indentation in half-width columns; open brackets before it count as deeper."""
    indent = sum(2 if char == "　" else 1 for char in line[: len(line) - len(line.lstrip(" 　"))])
    opened, depths = 0, []
    for start, end in pairwise([0, *indexes]):
        piece = line[start:end]
        opened += piece.count("（") + piece.count("(") - piece.count("）") - piece.count(")")
        depths.append(indent // 2 + 10 * max(0, opened))
    return depths


def _label(text: str) -> str:
    """The text after a box without the bracket that encloses several boxes."""
    label = text.strip(" 　、,/／")
    if label.endswith(("（", "(")):
        label = label.rstrip("（( 　・")
    opened, closed = label.count("（") + label.count("("), label.count("）") + label.count(")")
    if closed > opened and label.endswith(("）", ")")):
        label = label[: -(closed - opened)]
    return label.strip(" 　")


def box_remark(text: str) -> str:
    """What stands behind `備考：` inside the cell, up to a blank line, a note or the cell's end."""
    matches = list(_REMARK.finditer(text))
    if not matches:
        return ""
    lines: list[str] = []
    for line in text[matches[-1].end() :].splitlines():
        if (not line.strip() and lines and any(lines)) or _NOTE.match(line):
            break
        lines.append(line)
    typed = [line for line in lines if not _LABEL_ONLY.match(line)]
    return "\n".join(lines).strip() if any(line.strip() for line in typed) else ""


def answering_options(text: str, column_has_boxes: bool) -> tuple[Option, ...]:
    """The check boxes of an answer cell; ■ alone is a bullet unless the column has boxes or its label is an answer."""
    if shape_of(text) is not None:
        return ()
    options = parse_options(text)
    if not options or any(char in text for char in empty_boxes()) or column_has_boxes:
        return options
    return options if any(answer_of_label(option.label) for option in options) else ()


def ticked_text(text: str, options: tuple[Option, ...]) -> str:
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


def answer_of_label(label: str, sheet: dt.date | None = None) -> AnswerValue | None:
    """The answer that an option's label says, None where it is only a choice of a list."""
    head, _, behind = re.sub(r"※.*", "", label).replace("(", "（").partition("（")
    key = fold(head) or fold(label)
    if "非公開" in label or "非開示" in label:
        return AnswerValue.UNDISCLOSED
    known = answer_words().get(fold(label)) or answer_words().get(key)
    if known is not None:
        return None if known == AnswerValue.UNANSWERED else qualify(known, behind.rstrip("）)"), key, sheet)
    if _PART.match(key):
        return AnswerValue.PARTIAL
    for answer, ends in _LABEL_ENDS:
        if key.endswith(ends):
            return answer
    return AnswerValue.YES if len(key) <= _LONGEST_DONE and key.endswith(_DONE_ENDS) else None


def answer_of_options(
    options: tuple[Option, ...], classify: Callable[[str], AnswerValue | None]
) -> AnswerValue:
    """The answer that the ticked boxes give; `classify` tells the answer of a label, None where not known."""
    ticked = [option for option in options if option.checked]
    if not ticked:
        return AnswerValue.UNANSWERED
    answers = {option: classify(option.label) for option in options}
    groups = defaultdict(list)
    for option in ticked:
        groups[option.group].append(option)
    return _over_groups([_group_answer(groups[group], answers) for group in sorted(groups)])


def _group_answer(ticked: list[Option], answers: dict[Option, AnswerValue | None]) -> AnswerValue:
    """The outermost ticked boxes with a known answer decide."""
    known = [(option.depth, answer) for option in ticked if (answer := answers[option]) is not None]
    if not known:
        return AnswerValue.VALUE
    outermost = min(depth for depth, _ in known)
    answers_there = {answer for depth, answer in known if depth == outermost}
    return answers_there.pop() if len(answers_there) == 1 else AnswerValue.UNCLEAR


def _over_groups(answers: list[AnswerValue]) -> AnswerValue:
    """One answer for a cell that asks several things one after the other."""
    distinct = set(answers)
    if AnswerValue.UNCLEAR in distinct:
        return AnswerValue.UNCLEAR
    if len(distinct) == 1:
        return answers[0]
    for answer in (AnswerValue.PLANNED, AnswerValue.PARTIAL, AnswerValue.CONDITIONAL):
        if answer in distinct:
            return answer
    distinct -= {AnswerValue.VALUE, AnswerValue.NOT_APPLICABLE}
    if distinct == {AnswerValue.YES, AnswerValue.NO}:
        return AnswerValue.PARTIAL
    return distinct.pop() if len(distinct) == 1 else AnswerValue.UNCLEAR


def parse_printed_choices(text: str) -> tuple[Option, ...]:
    """`○ ・ × ・ △`, `有／無`, `1．はい 2．いいえ`: answer words of different meaning with nothing but separators, or numbers,
    between; else empty.
    """
    words = [(part, part) for part in _SEPARATORS.split(text.strip()) if part]
    choices = split_numbered(text) or words
    if not 2 <= len(choices) <= _MOST_CHOICES or len(set(choices)) != len(choices):
        return ()
    answers = [answer_of_token(word) for _, word in choices]
    if None in answers or len(set(answers)) == 1:
        return ()
    return tuple(Option(printed, False, 0, 0) for printed, _ in choices)


def agreed_answer(text: str) -> AnswerValue | None:
    """The answer that all words of a cell say (`○ はい`), None where they differ or one is not known."""
    if shape_of(text.strip()[:1]) == Shape.DASH:
        return None  # `/あり` may be a blank that was not chosen
    words = _TWO_LANGUAGES.sub(" ", text)
    answers = {answer_of_token(part) for part in _SEPARATORS.split(words) if part}
    return answers.pop() if len(answers) == 1 else None


def read_mark_with_word(text: str, legend: Collection[str]) -> RuledAnswer | None:
    """The answer and rule of a mark and a word that tells more of it: `△ 有償`, `有、有償`, `× 対象外`.

    A mark of the sheet's `legend` (mark keys) is left to the legend.
    """
    match = _PAIR.fullmatch(text)
    if match is None or shape_of(match.group(2)) is not None or mark_key(match.group(1)) in legend:
        return None
    first, second = answer_of_token(match.group(1)), answer_of_token(match.group(2))
    if first in {AnswerValue.YES, AnswerValue.PARTIAL} and second in {
        AnswerValue.CONDITIONAL,
        AnswerValue.PARTIAL,
        AnswerValue.PLANNED,
    }:
        return second if first == AnswerValue.YES else first, f"leading:{fold(match.group(1))}"
    crossed = shape_of(match.group(1)) == Shape.CROSS and second == AnswerValue.NOT_APPLICABLE
    return (AnswerValue.NO, "leading:cross") if crossed else None
