"""TOML files of the catalogue in, controls out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from normalizers.values.quantities import clear_quantity
from pipeline.catalogue.limits import Limits
from pipeline.errors import ControlsUnreadable


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
    limits: Limits | None = None  # from a user's desired_min and desired_max

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every text that an item is compared with."""
        return (f"{self.name_ja} {self.definition_ja}", *self.also)


def load_controls(own: Path | None = None) -> tuple[Control, ...]:
    """All controls, by domain and then in the order of the files; a user's own, in `own`, stand behind.

    Raises ControlsUnreadable where a file in `own` is no TOML, lacks a word of a control or uses an id again.
    """
    shipped = _shipped()
    found = list(shipped)
    for path in sorted(own.glob("*.toml")) if own is not None and own.is_dir() else ():
        found += _own(path, {control.control_id for control in found})
    return shipped if len(found) == len(shipped) else tuple(found)


@cache
def _shipped() -> tuple[Control, ...]:
    controls: list[Control] = []
    folder = resources.files("pipeline.catalogue")
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            domain = tomllib.loads(path.read_text(encoding="utf-8"))
            controls += [_control(domain["domain"], entry) for entry in domain["controls"]]
    return tuple(controls)


@cache
def domain_names() -> dict[str, tuple[str, str]]:
    """Domain of the shipped catalogue → its name in Japanese and in English."""
    folder = resources.files("pipeline.catalogue")
    files = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    return {table["domain"]: (table["name_ja"], table["name_en"]) for table in tables}


def _own(path: Path, taken: set[str]) -> list[Control]:
    """The controls of a user's file; only id, name_ja and definition_ja are needed."""
    try:
        domain = tomllib.loads(path.read_text(encoding="utf-8"))
        found = [
            _control(
                str(domain.get("domain", path.stem)),
                {"name_en": "", "desired": "yes", "references": []} | entry,
            )
            for entry in domain["controls"]
        ]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        facts: dict[str, object] = {"path": path, "why": error}
        raise ControlsUnreadable(facts, "file_unreadable") from error
    except (KeyError, TypeError, AssertionError, AttributeError) as error:
        raise ControlsUnreadable({"path": path, "why": error}, "control_incomplete") from error
    for control in found:
        facts = {"path": path, "control": control.control_id}
        if control.control_id in taken:
            raise ControlsUnreadable(facts, "id_taken")
        if control.desired not in {"yes", "no", "value"}:
            raise ControlsUnreadable(facts, "desired_unknown")
        if control.limits is not None and (control.desired != "value" or control.limits.unit == ""):
            raise ControlsUnreadable(facts, "limits_unknown")
        taken.add(control.control_id)
    return found


def _control(domain: str, entry: dict[str, object]) -> Control:
    references = entry["references"]
    assert isinstance(references, list)
    return Control(
        str(entry["id"]), domain, str(entry["name_ja"]), str(entry["name_en"]), str(entry["definition_ja"]),
        str(entry["desired"]), tuple((ref["standard"], ref["clause"]) for ref in references),
        _texts(entry, "also"), _texts(entry, "must"), _texts(entry, "must_not"),
        str(entry.get("unit", "")), str(entry.get("better", "")), _limits(entry),
    )  # fmt: skip


def _limits(entry: dict[str, object]) -> Limits | None:
    """Limits in the unit in which figures are compared; the unit is empty where they cannot be understood."""
    told = {key: entry[key] for key in ("desired_min", "desired_max") if key in entry}
    if not told:
        return None
    found = {key: clear_quantity(f"{number}{entry.get('unit', '')}") for key, number in told.items()}
    canonical = {key: quantity.canonical for key, quantity in found.items() if quantity is not None}
    units = {unit for _, unit in canonical.values()}
    if len(canonical) < len(told) or len(units) != 1:
        return Limits(None, None, "")
    least, most = (canonical.get(key, (None, ""))[0] for key in ("desired_min", "desired_max"))
    return Limits(least, most, units.pop())


def _texts(entry: dict[str, object], key: str) -> tuple[str, ...]:
    found = entry.get(key, [])
    assert isinstance(found, list)
    return tuple(map(str, found))
