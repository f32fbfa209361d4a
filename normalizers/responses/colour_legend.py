"""Colours of answer cells in, what the sheet says they mean out: `赤字は未対応、青字は対応済み`.

Where a column holds one mark in several colours, and the sheet speaks of colours, the mark alone says nothing; and a
blank cell says something by the colour of its ground.
"""

from __future__ import annotations

import colorsys
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from normalizers.answers.model import AnswerValue
from normalizers.legends.meaning import answer_of_meaning
from normalizers.text import fold
from normalizers.vocabulary import load

_MEANING = (
    r"(?:字|色|文字|セル|塗り(?:つぶし)?|網掛け|欄|背景|の?(?:欄|セル|行|文字|箇所|部分|もの|項目|○|●))*"
    r"\s*(?:[:：=＝…→]|は|が)\s*(?P<meaning>[^、，,。;；/／\s　）)]+)"
)

_OF_LETTERS = re.compile("字|書")


@cache
def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = load("normalizers", "colours.toml")["names"]
    return names


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted((word for entries in _names().values() for word in entries), key=len, reverse=True)
    return re.compile(f"(?P<colour>{'|'.join(map(re.escape, words))})" + _MEANING, re.IGNORECASE)


def colour_name(colour: str | None) -> str | None:
    """`red`, `blue` … for `font:FF0000`; another colour by its own code; None for black, white and no colour."""
    if colour is None:
        return None
    code = colour.partition(":")[2]
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", code):
        return code or None
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, strong = colorsys.rgb_to_hls(red, green, blue)
    if light < 0.12 or light > 0.97:
        return None
    if strong < 0.12:
        return "grey"
    hues: list[tuple[float, str]] = [
        (float(end), name) for name, end in load("normalizers", "colours.toml")["hues"]
    ]
    return next((name for end, name in hues if hue * 360 < end), "red")


def colour_meanings(notes: Iterable[str], ground: bool = False) -> Mapping[str, AnswerValue | None]:
    """Colour → answer, as lines beside a list tell it: the first telling counts; None where it is no answer.

    `ground` asks for the colours of cells: lines about the colour of letters say nothing of them, and a colour to which
    two answers are given is unclear. Of a cell that is not to be filled in the answer is not_applicable.
    """
    names = {fold(word): name for name, entries in _names().items() for word in entries}
    meanings: dict[str, AnswerValue | None] = {}
    for note in notes:
        for match in _pattern().finditer(note):
            name, meaning = names[fold(match.group("colour"))], match.group("meaning")
            if not ground:
                meanings.setdefault(name, answer_of_meaning(meaning))
            elif not _OF_LETTERS.search(note[match.end("colour") : match.start("meaning")]):
                answer = _ground_answer(meaning)
                is_consistent = meanings.get(name, answer) == answer
                meanings[name] = answer if is_consistent else AnswerValue.UNCLEAR
    return meanings


def _ground_answer(meaning: str) -> AnswerValue | None:
    unasked = re.compile(load("normalizers", "colours.toml")["notes"]["unasked"])
    return AnswerValue.NOT_APPLICABLE if unasked.search(fold(meaning)) else answer_of_meaning(meaning)


def is_colour_coded(texts: Iterable[str]) -> bool:
    """Whether a note says what answers mean by their colour, which no text keeps."""
    says = re.compile(load("normalizers", "colours.toml")["notes"]["says"])
    return any(says.search(text) for text in texts)


def texts_in_several_colours(cells: Sequence[tuple[str, str | None]]) -> set[str]:
    """The folded texts among (text, colour) that stand in more than one colour."""
    colours: dict[str, set[str | None]] = defaultdict(set)
    for text, colour in cells:
        colours[fold(text)].add(colour_name(colour))
    return {text for text, names in colours.items() if text and len(names) > 1}
