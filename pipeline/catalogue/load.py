"""TOML files of the catalogue in, controls out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from normalizers.values.quantities import clear_quantity
from normalizers.vocabulary import load
from pipeline.catalogue.figure_limits import FigureLimits
from pipeline.errors import ControlsUnreadable

ALL_SETS = frozenset({"*"})


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
    limits: FigureLimits | None = None  # from a user's desired_min and desired_max
    contrary: tuple[str, ...] = ()  # ways to say the opposite: yes to them is no to the control
    # Ids of controls that became this one: decisions about them are about it.
    former_ids: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every text that an item is compared with, those that say the opposite last."""
        return (f"{self.name_ja} {self.definition_ja}", *self.also, *self.contrary)

    def is_contrary(self, wording: int) -> bool:
        """Whether the wording of an index says the opposite of the control."""
        return wording > len(self.also)


def controls_by_id(controls: Iterable[Control]) -> dict[str, Control]:
    """Each control by its id, and by its former ids where no control has them now."""
    controls = tuple(controls)
    former = {old: control for control in controls for old in control.former_ids}
    return former | {control.control_id: control for control in controls}


def load_controls(own: Path | None = None, without: frozenset[str] = frozenset()) -> tuple[Control, ...]:
    """All controls, by domain and then in the order of the files; a user's own, in `own`, stand behind.

    `without` leaves out the wordings of labelled sets (labelled_wordings.toml), by the sets' names; ALL_SETS all of them.

    Raises ControlsUnreadable where a file in `own` is no TOML, lacks a word of a control or uses an id again.
    """
    shipped = _shipped(without)
    controls = list(shipped)
    for path in sorted(own.glob("*.toml")) if own is not None and own.is_dir() else ():
        controls += _own(path, {control.control_id for control in controls})
    return shipped if len(controls) == len(shipped) else tuple(controls)


@cache
def _shipped(without: frozenset[str]) -> tuple[Control, ...]:
    labelled = _labelled(without)
    return tuple(
        _control(domain["domain"], _with_wordings(entry, labelled.get(entry["id"], {})))
        for domain in _shipped_domains()
        for entry in domain["controls"]
    )


def _labelled(without: frozenset[str]) -> dict[str, dict[str, list[str]]]:
    """Control → sense (same, inverse) → the wordings that labelled items give it."""
    labelled = load("pipeline.catalogue", "labelled_wordings.toml")
    wordings_of: dict[str, dict[str, list[str]]] = {}
    for name, senses in labelled.items() if without != ALL_SETS else ():
        for sense, wordings in senses.items() if name not in without else ():
            for control, texts in wordings.items():
                wordings_of.setdefault(control, {}).setdefault(sense, []).extend(texts)
    return wordings_of


def _with_wordings(entry: dict[str, Any], labelled: dict[str, list[str]]) -> dict[str, Any]:
    """A control's table with more ways to say it (`same`) and its opposite (`inverse`)."""
    more = {"also": labelled.get("same", []), "contrary": labelled.get("inverse", [])}
    return entry | {key: [*entry.get(key, []), *texts] for key, texts in more.items() if texts}


@cache
def domain_names() -> dict[str, tuple[str, str]]:
    """Domain of the shipped catalogue → its name in Japanese and in English."""
    return {domain["domain"]: (domain["name_ja"], domain["name_en"]) for domain in _shipped_domains()}


@cache
def _shipped_domains() -> tuple[dict[str, Any], ...]:
    """The tables of the shipped files, in the order of their names, whatever folder they stand in."""
    folders = [path for path in resources.files("pipeline.catalogue.controls").iterdir() if path.is_dir()]
    files = [path for folder in folders for path in folder.iterdir() if path.name.endswith(".toml")]
    paths = sorted(files, key=lambda path: path.name)
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")) for path in paths)


def _own(path: Path, taken: set[str]) -> list[Control]:
    """The controls of a user's file; only id, name_ja and definition_ja are needed."""
    try:
        domain = tomllib.loads(path.read_text(encoding="utf-8"))
        controls = [
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
    for control in controls:
        facts = {"path": path, "control": control.control_id}
        if control.control_id in taken:
            raise ControlsUnreadable(facts, "id_taken")
        if control.desired not in {"yes", "no", "value"}:
            raise ControlsUnreadable(facts, "desired_unknown")
        if control.limits is not None and (control.desired != "value" or control.limits.unit == ""):
            raise ControlsUnreadable(facts, "limits_unknown")
        taken.add(control.control_id)
    return controls


def _control(domain: str, entry: dict[str, object]) -> Control:
    references = entry["references"]
    assert isinstance(references, list)
    return Control(
        str(entry["id"]), domain, str(entry["name_ja"]), str(entry["name_en"]), str(entry["definition_ja"]),
        str(entry["desired"]), tuple((ref["standard"], ref["clause"]) for ref in references),
        _texts(entry, "also"), _texts(entry, "must"), _texts(entry, "must_not"),
        str(entry.get("unit", "")), str(entry.get("better", "")), _limits(entry),
        _texts(entry, "contrary"), _texts(entry, "former_ids"),
    )  # fmt: skip


def _limits(entry: dict[str, object]) -> FigureLimits | None:
    """Limits in the unit in which figures are compared; the unit is empty where they cannot be understood."""
    wanted = {key: entry[key] for key in ("desired_min", "desired_max") if key in entry}
    if not wanted:
        return None
    quantities = {key: clear_quantity(f"{number}{entry.get('unit', '')}") for key, number in wanted.items()}
    canonical = {key: quantity.canonical for key, quantity in quantities.items() if quantity is not None}
    units = {unit for _, unit in canonical.values()}
    if len(canonical) < len(wanted) or len(units) != 1:
        return FigureLimits(None, None, "")
    least, most = (canonical.get(key, (None, ""))[0] for key in ("desired_min", "desired_max"))
    return FigureLimits(least, most, units.pop())


def _texts(entry: dict[str, object], key: str) -> tuple[str, ...]:
    texts = entry.get(key, [])
    assert isinstance(texts, list)
    return tuple(map(str, texts))
