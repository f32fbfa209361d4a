"""TOML files of the catalogue in, controls out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Control:
    """One control of the catalogue; `desired` is the answer a buyer hopes for (yes, no, value)."""

    control_id: str
    domain: str
    name_ja: str
    name_en: str
    definition_ja: str
    desired: str
    references: tuple[tuple[str, str], ...]
    also: tuple[str, ...] = ()  # other ways to say it
    must: tuple[str, ...] = ()  # an item without any of these words is another control's
    must_not: tuple[str, ...] = ()  # and so is one with any of these
    unit: str = ""  # of a figure that answers it
    better: str = ""  # higher or lower, where a figure answers it

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every text that an item is compared with."""
        return (f"{self.name_ja} {self.definition_ja}", *self.also)


@cache
def load_controls() -> tuple[Control, ...]:
    """All controls, by domain and then in the order of the files."""
    controls: list[Control] = []
    folder = resources.files("pipeline.catalogue")
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            domain = tomllib.loads(path.read_text(encoding="utf-8"))
            controls += [_control(domain["domain"], entry) for entry in domain["controls"]]
    return tuple(controls)


def _control(domain: str, entry: dict[str, object]) -> Control:
    references = entry["references"]
    assert isinstance(references, list)
    return Control(
        str(entry["id"]), domain, str(entry["name_ja"]), str(entry["name_en"]), str(entry["definition_ja"]),
        str(entry["desired"]), tuple((ref["standard"], ref["clause"]) for ref in references),
        _texts(entry, "also"), _texts(entry, "must"), _texts(entry, "must_not"),
        str(entry.get("unit", "")), str(entry.get("better", "")),
    )  # fmt: skip


def _texts(entry: dict[str, object], key: str) -> tuple[str, ...]:
    found = entry.get(key, [])
    assert isinstance(found, list)
    return tuple(map(str, found))
