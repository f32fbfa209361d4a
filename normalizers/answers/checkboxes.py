"""A cell with printed check boxes in, its options, its answer and its remark out.

Order of the rules for the answer: no box ticked → unanswered; ticked boxes of the outermost level whose labels
are known decide; within one group two different answers contradict each other → unclear; over several groups
(headings between, or the same labels again) planned beats yes, and yes with no is partial; only unknown labels
ticked → a known answer nested under them, else `value`: the ticked labels are the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from normalizers.text import empty_boxes, is_spoken_of, mixed_boxes, ticked_boxes

_REMARK = re.compile(r"^[ 　]*(?:備考|補足|コメント|特記事項|理由・備考)[ 　]*[:：][ 　]*", re.MULTILINE)
_HEADING = re.compile(
    r"^[ 　]*(?:[【＜<〈《].*[】＞>〉》][^□■☐☑]*|[（(][^（）()□■]*(?:（[^（）]*）[^（）□■]*)*[）)])[ 　]*(?:※.*)?$"
)
_LABEL_ONLY = re.compile(r"^[^:：]{0,20}[:：][ 　]*$")
_NOTE = re.compile(r"^[ 　]*(?:[※＊]|[（(](?:補足|注|\(\d\)の補足))")


@dataclass(frozen=True, slots=True)
class Option:
    """One check box: its label as printed, whether it is ticked, how deep it is nested, and its group."""

    label: str
    checked: bool
    depth: int
    group: int


def parse_options(text: str) -> tuple[Option, ...]:
    """The check boxes of a cell in reading order; `「□」をチェック` in an instruction is no box."""
    options: list[Option] = []
    seen: set[tuple[int, str, int]] = set()
    group = 0
    for line in text.splitlines() or [text]:
        places = _boxes(line)
        if not places:
            if options and _HEADING.match(line):
                group += 1
            continue
        labels = _labels(line, places)
        for place, label in zip(places, labels, strict=True):
            checked = line[place] in ticked_boxes()
            depth = _depth(line, place)
            group += (group, label, depth) in seen
            seen.add((group, label, depth))
            options.append(Option(label, checked, depth, group))
    return tuple(options)


def _labels(line: str, places: list[int]) -> list[str]:
    """The label of each box of a line: behind it, or before it where nothing stands behind the last (`はい☑ いいえ□`)."""
    edges = [-1, *places, len(line)]
    between = [line[start + 1 : end] for start, end in pairwise(edges)]
    before = [_label(text) for text in between[:-1]]
    if not between[-1].strip() and all(before):
        return before
    return [_label(text) for text in between[1:]]


def _boxes(line: str) -> list[int]:
    glyphs = empty_boxes() + ticked_boxes() + mixed_boxes()
    return [i for i, char in enumerate(line) if char in glyphs and not is_spoken_of(line, i)]


def _depth(line: str, place: int) -> int:
    """Indentation in half-width columns, and open brackets before the box count as deeper."""
    indent = sum(2 if char == "　" else 1 for char in line[: len(line) - len(line.lstrip(" 　"))])
    before = line[:place]
    opened = before.count("（") + before.count("(") - before.count("）") - before.count(")")
    return indent // 2 + 10 * max(0, opened)


def _label(text: str) -> str:
    """The text after a box without the bracket that encloses several boxes."""
    label = text.strip(" 　、,/／")
    while label.endswith(("（", "(")):
        label = label[:-1].rstrip(" 　・")
    opened, closed = label.count("（") + label.count("("), label.count("）") + label.count(")")
    if closed > opened and label.endswith(("）", ")")):
        label = label[: -(closed - opened)]
    return label.strip(" 　")


def box_remark(text: str) -> str:
    """What stands behind `備考：` inside the cell, up to a blank line, a note or the cell's end."""
    match = None
    for match in _REMARK.finditer(text):  # noqa: B007  (the last one counts)
        pass
    if match is None:
        return ""
    lines: list[str] = []
    for line in text[match.end() :].splitlines():
        if (not line.strip() and lines and any(lines)) or _NOTE.match(line):
            break
        lines.append(line)
    typed = [line for line in lines if not _LABEL_ONLY.match(line)]
    return "\n".join(lines).strip() if any(line.strip() for line in typed) else ""


def answer_of_options(options: tuple[Option, ...], classify: Callable[[str], str | None]) -> str:
    """The answer that the ticked boxes give; `classify` tells the answer of a label, None where not known."""
    ticked = [option for option in options if option.checked]
    if not ticked:
        return "unanswered"
    classes = {option: classify(option.label) for option in options}
    groups = sorted({option.group for option in ticked})
    answers = [_group_answer([o for o in ticked if o.group == group], classes) for group in groups]
    return _over_groups(answers)


def _group_answer(ticked: list[Option], classes: dict[Option, str | None]) -> str:
    """The outermost ticked boxes with a known answer decide."""
    for depth in sorted({option.depth for option in ticked}):
        known = {classes[option] for option in ticked if option.depth == depth} - {None}
        if len(known) == 1:
            return str(known.pop())
        if known:
            return "unclear"
    return "value"


def _over_groups(answers: list[str]) -> str:
    """One answer for a cell that asks several things one after the other."""
    found = set(answers)
    if "unclear" in found:
        return "unclear"
    if len(found) == 1:
        return answers[0]
    for answer in ("planned", "partial", "conditional"):
        if answer in found:
            return answer
    found -= {"value", "not_applicable"}
    if found == {"yes", "no"}:
        return "partial"
    return found.pop() if len(found) == 1 else "unclear"
