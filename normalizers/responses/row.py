"""The row of a list as this room sees it: one answer cell, its item, and what stands around it, all as printed.

The checklist's item row fits this protocol and so may any other; neither room imports the other. `○` of item 3 comes in with its
question, its unit, its remarks and comments, and leaves as an AnswerResult.
"""

from __future__ import annotations

from typing import Protocol

Column = tuple[str, str]  # an answer column: the respondent, and its name where he has several


class ResponseRow(Protocol):
    """One response: read only, each attribute a text as printed, "" or None where nothing stands there."""

    @property
    def item_no(self) -> str:
        """The number of the item."""

    @property
    def sub_item(self) -> str | None:
        """The number or name of the part of the item that is asked here."""

    @property
    def section(self) -> tuple[str, ...]:
        """The headings above the item, the outermost first."""

    @property
    def item(self) -> str | None:
        """The item's short name."""

    @property
    def requirement(self) -> str:
        """The question or requirement."""

    @property
    def respondent(self) -> str:
        """Who answers: the answer column."""

    @property
    def answer(self) -> str:
        """The answer cell."""

    @property
    def remarks(self) -> str:
        """The remarks cell."""

    @property
    def unit(self) -> str | None:
        """The unit cell (`有無`, `時間`)."""

    @property
    def choice(self) -> str | None:
        """The header word of the marked choice column, "" where none is marked, None where there are none."""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Printed choices of the answer cell with a ring drawn round them."""

    @property
    def comments(self) -> tuple[str, ...]:
        """Comments on the row's cells."""

    @property
    def colour(self) -> str | None:
        """The colour of the answer cell's letters or ground: `font:FF0000`, `fill:theme5`."""

    @property
    def doubts(self) -> tuple[str, ...]:
        """Codes of what lowers the confidence in the row; read.py knows the one of conflicting answer columns."""
