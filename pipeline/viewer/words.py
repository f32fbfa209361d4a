"""Language in, the words of pictures out; and the style of every kind of mark, from explain.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.pdf.render.model import Colour, MarkStyle
from normalizers.vocabulary import load

_ANSWER_FILL, _ANSWER_WIDTH = 0.16, 1.8


@dataclass(frozen=True, slots=True)
class ViewerWords:
    """The words of one language; `en` or `ja`."""

    language: str

    def say(self, key: str, **words: object) -> str:
        """A sentence with its words filled in."""
        return str(self._table()[key]).format(**words)

    def role(self, role: str) -> str:
        """What a column is called on a picture."""
        return str(self._table()["roles"].get(role, role))

    def reason(self, reason: str) -> str:
        """Why a text is not used; the code itself where no words are known for it."""
        return str(self._table()["reasons"].get(reason, reason))

    def respondent(self, respondent: str) -> str:
        """Who answers."""
        return str(self._table()["respondents"].get(respondent, respondent))

    def status(self, status: str) -> str:
        """What became of the file."""
        return str(self._table()["status"][status])

    def letter(self, answer: str) -> str:
        """The sign of an answer, which tells it from others without colours."""
        return str(self._table()["answers"][answer][0])

    def answer(self, answer: str) -> str:
        """The word for an answer."""
        return str(self._table()["answers"][answer][1])

    def _table(self) -> dict[str, Any]:
        table: dict[str, Any] = load("pipeline.viewer", "explain.toml")[self.language]
        return table


@cache
def styles() -> dict[str, MarkStyle]:
    """Kind of mark → style. An answer has two kinds: `answer_yes` on its cell, `said_yes` in the margin."""
    table = load("pipeline.viewer", "explain.toml")
    by_kind = {
        kind: MarkStyle(
            _colour(entry["colour"]),
            entry.get("fill", 0.0),
            entry["width"],
            entry.get("dashed", False),
            entry.get("tag", ""),
        )
        for kind, entry in table["styles"].items()
    }
    for answer, entry in table["answers"].items():
        colour, dashed = _colour(entry["colour"]), entry.get("dashed", False)
        by_kind[f"answer_{answer}"] = MarkStyle(colour, _ANSWER_FILL, _ANSWER_WIDTH, dashed, "corner")
        by_kind[f"said_{answer}"] = MarkStyle(colour, tag="right")
    return by_kind


def _colour(code: str) -> Colour:
    """`#1a7f37` as red, green and blue from 0 to 1."""
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red / 255, green / 255, blue / 255
