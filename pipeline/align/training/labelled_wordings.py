"""Labelled items in, the wordings out that the catalogue takes from them (`pipeline/catalogue/labelled_wordings.toml`).

An item that has one right control is one more way to ask for it, by another writer. What is learnt or judged on a set must not
see the set's own wordings: load_controls leaves them out by the set's name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from normalizers.text import fold
from pipeline.align.training.calibrate import LabelledItem
from pipeline.catalogue.load import Control

_SENSES = ("same", "inverse")


def labelled_wordings_to_toml(sets: Mapping[str, Sequence[LabelledItem]], controls: Sequence[Control]) -> str:
    """The text of labelled_wordings.toml; `controls` are those without labelled wordings."""
    known = {fold(text) for control in controls for text in (control.name_ja, *control.wordings)}
    lines = ["# Made by `python -m pipeline.align.training.train_controls`; not edited by hand.", ""]
    for name, labelled in sets.items():
        for sense in _SENSES:
            wordings: dict[str, list[str]] = {}
            for control, text in _wordings(labelled, sense, controls):
                if fold(text) not in known:
                    known.add(fold(text))
                    wordings.setdefault(control, []).append(text)
            lines += [f"[{name}.{sense}]", *_entries(wordings), ""] if wordings else []
    return "\n".join(lines)


def _wordings(
    labelled: Sequence[LabelledItem], sense: str, controls: Sequence[Control]
) -> Iterator[tuple[str, str]]:
    """Control and text of the items that have one right control, which does not rule their words out."""
    by_id = {control.control_id: control for control in controls}
    for entry in labelled:
        if len(entry.controls) == 1 and entry.polarity == sense:
            (control,) = entry.controls
            text = " ".join(filter(None, (entry.item.name, entry.item.requirement)))
            ruled_out = (
                all(fold(word) in fold(text) for word in words.split("&"))
                for words in by_id[control].must_not
            )
            if not any(ruled_out):
                yield control, text


def _entries(wordings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for control, texts in sorted(wordings.items()):
        yield f"{control} = ["
        yield from (f"  {json.dumps(text, ensure_ascii=False)}," for text in texts)
        yield "]"
