"""A vendor's words in, what they would mean as an answer out: for a person to confirm, never stored by itself."""

from __future__ import annotations

from dataclasses import dataclass

from normalizers.answers.classify import read_answer
from normalizers.answers.model import Context
from normalizers.values.time_spans import figure_of

_LONGEST = 200  # characters in which a figure is looked for
_BOUNDS = {"min": "以上", "max": "以下"}


@dataclass(frozen=True, slots=True)
class ProposedReply:
    """A word of the vocabulary, the figure as a person would write it, and the date of a plan (ISO); "" for none."""

    answer: str
    figure: str
    planned_date: str


def propose_reply(words: str) -> ProposedReply:
    """What a reply would mean; `unclear` where no rule knows it."""
    result = read_answer(words.strip(), Context())
    quantity = figure_of(words[:_LONGEST]) if result.value is not None or result.answer == "value" else None
    figure = f"{quantity.number:g}{quantity.unit}{_BOUNDS.get(str(quantity.bound), '')}" if quantity else ""
    date = result.planned_date.isoformat() if result.planned_date else ""
    return ProposedReply(str(result.answer), figure, date)
