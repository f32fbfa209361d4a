"""Language in, the marks, colours and words of a comparison out (comparison.toml)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from extractors.location import Location
from normalizers.vocabulary import load
from pipeline.assess.comparison.model import ControlLine, Party, VendorResponse
from pipeline.catalogue.load import domain_names

_SHOWN = 40  # characters of a text that is itself the answer


@dataclass(frozen=True, slots=True)
class StateStyle:
    """How a state looks: its mark and colours (#rrggbb), and its kind: good, gap, open, neutral or none."""

    mark: str
    fill: str
    ink: str
    kind: str


@cache
def state_styles() -> Mapping[str, StateStyle]:
    """State → look, in the order of a legend."""
    return {
        state: StateStyle(**entry)
        for state, entry in load("pipeline.assess.comparison", "comparison.toml")["states"].items()
    }


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one language, `en` or `ja`."""

    language: str

    def word(self, table: str, key: str) -> str:
        """A single word; the key itself where the table lacks it, since other releases may add keys."""
        return str(self._words()[table].get(key, key))

    def answer_word(self, answer: str) -> str:
        """A word of the column `answer` (yes, unclear) as people say it (はい, 判別不可)."""
        words: dict[str, str] = load("pipeline.texts", "answers.toml")[self.language]["answers"]
        return words.get(answer, answer)

    def phrase(self, key: str, words: Mapping[str, object]) -> str:
        """A phrase with its words put in."""
        return str(self._words()["phrases"][key]).format_map(words)

    def question(self, reason: str, words: Mapping[str, object]) -> str:
        """What a vendor is asked for a reason."""
        return str(self._words()["questions"][reason]).format_map(words)

    def shown(self, state: str) -> str:
        """Mark and word of a state, so that it reads without colours."""
        mark, word = state_styles()[state].mark, self.word("states", state)
        return word if mark in {"", word} else f"{mark} {word}"

    def control(self, control: ControlLine) -> str:
        """A control's name; in the other language where it has none in this one."""
        names = (control.name_en, control.name_ja)
        first, second = names if self.language == "en" else reversed(names)
        return first or second or control.control_id

    def domain(self, domain: str) -> str:
        """A domain's name; a user's own domain is called by its key."""
        if domain == "new":
            return self.phrase("new_domain", {})
        names = domain_names().get(domain)
        return domain if names is None else names[self.language == "en"]

    def party(self, party: Party) -> str:
        """The vendor's name, or that it is not known and the file."""
        return party.vendor or f"{self.phrase('not_named', {})} {party.file}"

    def location(self, source: Location) -> str:
        """Sheet and cells, or page, in words."""
        page = self.phrase("page", {"page": source.page}) if source.page is not None else None
        return " ".join(filter(None, (page, source.sheet, source.cells)))

    def item(self, response: VendorResponse, longest: int = 120) -> str:
        """Number and question of an item, the question cut to `longest` characters."""
        question = cut(" ".join((response.requirement or response.item or "").split()), longest)
        number = response.item_no
        if response.respondent != "provider":
            number = f"{number} ({self.word('respondents', response.respondent)})".strip()
        words = {"number": number, "requirement": question}
        return self.phrase("item" if number else "item_without_number", words)

    def answer(self, response: VendorResponse, longest: int = 120) -> str:
        """What was answered, on one line: the ticked labels, else the text as printed; told where it is blank."""
        printed = " / ".join(response.chosen) or response.answer_raw
        return cut(" ".join(printed.split()), longest) or self.phrase("blank_answer", {})

    def figure(self, response: VendorResponse) -> str:
        """What stands beside the mark: the figure in its unit, the date planned, a text that is the answer, a caveat."""
        if response.state == "caveat":
            return cut(" ".join((response.caveat or "").split()), _SHOWN)
        if response.planned_date is not None:
            date = (
                f"{response.planned_date:%Y-%m}"
                if response.planned_date.day == 1
                else f"{response.planned_date}"
            )
            return self.phrase("planned_date", {"date": date})
        if response.value is not None and math.isfinite(response.value["number"]):
            return self._quantity(response.value)
        return self.answer(response, _SHOWN) if response.state == "value" else ""

    def _quantity(self, value: Mapping[str, Any]) -> str:
        number = f"{value['number']:,.10g}"
        unit = value["unit"] or ""
        space = "" if unit in {"", "%"} or self.language == "ja" else " "
        known = value["bound"] if value["bound"] in {"min", "max", "about"} else "exact"
        return self.phrase(f"bound_{known}", {"figure": f"{number}{space}{unit}"})

    def _words(self) -> dict[str, Any]:
        table: dict[str, Any] = load("pipeline.assess.comparison", "comparison.toml")[self.language]
        return table


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis where it is longer than that many characters."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
