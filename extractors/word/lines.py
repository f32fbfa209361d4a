"""The shapes in which the words of a Word file are handed on: a line, and what the file's other parts tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.package.activex import ActiveX
from extractors.word.numbering import Numbers
from extractors.word.styles import Styles

HOLDS, HIDDEN, PLACEHOLDER = "", "hidden_text", "placeholder"
DROP_DOWN = "drop_down"  # a list of which nobody chose an entry shows its first


@dataclass(slots=True)
class Line:
    """A paragraph: its parts with why they do not hold, and what is pinned to or drawn at it."""

    parts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)  # texts of text boxes
    shapes: int = 0
    pictures: int = 0
    doubt: str | None = None
    colours: set[str] = field(default_factory=set)

    def text(self, why: str = HOLDS) -> str:
        """The text that holds, or that does not hold for one reason."""
        return "".join(text for text, reason in self.parts if reason == why)

    def take(self, other: Line) -> None:
        """Go on with another line."""
        self.parts += other.parts
        self.comments += other.comments
        self.boxes += other.boxes
        self.shapes += other.shapes
        self.pictures += other.pictures
        self.doubt = self.doubt or other.doubt
        self.colours |= other.colours


@dataclass(frozen=True, slots=True)
class Word:
    """What the other parts of a Word file tell of its text: styles, numbers, comments and controls by their ids."""

    styles: Styles = field(default_factory=Styles)
    numbers: Numbers = field(default_factory=Numbers)
    comments: Mapping[str, str] = field(default_factory=dict)
    controls: Mapping[str, ActiveX] = field(default_factory=dict)
