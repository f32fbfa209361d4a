"""Plain data of a Word file's text: one line, and what the file's other parts say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.looks import MOST_CHOICES
from extractors.package.activex import ActiveX
from extractors.word.numbering import ListNumbers
from extractors.word.styles import WordStyles

HOLDS, HIDDEN, PLACEHOLDER = "", "hidden_text", "placeholder"
DROP_DOWN = "drop_down"  # a list of which nobody chose an entry shows its first


@dataclass(slots=True)
class WordLine:
    """A paragraph: its parts with why they do not hold, and what is pinned to or drawn at it.

    `choices` are the entries of its drop-down lists, None where it has none; `control` says that it has a control or field
    to fill in, `prompt` what that shows until it is, `weights` whether its runs are bold, None for those that do not say.
    """

    parts: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)  # texts of text boxes
    shapes: int = 0
    pictures: int = 0
    doubt: str | None = None
    colours: set[str] = field(default_factory=set)
    weights: set[bool | None] = field(default_factory=set)
    choices: tuple[str, ...] | None = None
    control: bool = False
    prompt: str = ""

    def text(self, why: str = HOLDS) -> str:
        """The text that holds, or that does not hold for one reason."""
        return "".join(text for text, reason in self.parts if reason == why)

    def take(self, line: WordLine) -> None:
        """Go on with another line."""
        self.parts += line.parts
        self.comments += line.comments
        self.boxes += line.boxes
        self.shapes += line.shapes
        self.pictures += line.pictures
        self.doubt = self.doubt or line.doubt
        self.colours |= line.colours
        self.weights |= line.weights
        self.control = self.control or line.control
        self.prompt = self.prompt or line.prompt
        self.offer(line.choices)

    def offer(self, choices: tuple[str, ...] | None) -> None:
        """Put down the entries of one more list."""
        if choices is not None:
            self.choices = tuple(dict.fromkeys((*(self.choices or ()), *choices)))[:MOST_CHOICES]


@dataclass(frozen=True, slots=True)
class WordParts:
    """What the other parts of a Word file tell of its text: styles, numbers, comments and controls by their ids."""

    styles: WordStyles = field(default_factory=WordStyles)
    numbers: ListNumbers = field(default_factory=ListNumbers)
    comments: Mapping[str, str] = field(default_factory=dict)
    controls: Mapping[str, ActiveX] = field(default_factory=dict)
    protected: bool = False  # but for controls and fields
