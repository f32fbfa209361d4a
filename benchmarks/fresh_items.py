"""Items and pairs labelled by hand in, figures of what the product makes of them out.

Items: CSV with `requirement` and `controls` (ids of the catalogue parted by spaces, any of them right; empty where no control
takes the item), and, where there are, `category` and `name`. Pairs: CSV with `form` (two names, one of each form), `requirement`
and `theme` (the same word in both forms where two items ask the same, empty where an item has no counterpart), and `category`.
`checksheet catalogue list --csv FILE` writes the controls to label by.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.align.item import Item
from pipeline.align.match import match_items
from pipeline.align.training.side_by_side_weights import form_sides
from pipeline.catalogue.load import load_controls
from pipeline.outputs.item_map import map_items


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV in UTF-8, with or without its mark. Raises OSError."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [{key: value or "" for key, value in row.items()} for row in csv.DictReader(stream)]


def _item_of(row: Mapping[str, str], number: int) -> Item:
    return Item(str(number), row.get("category", ""), row.get("name", ""), row["requirement"])


def item_lines(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """Every item that is not right; precision, recall, right first and among three, and what is taken though no control fits.

    Raises ValueError where a label is no control of the catalogue.
    """
    controls = load_controls()
    labels = [frozenset(row["controls"].split()) for row in rows]
    unknown = frozenset().union(*labels) - {control.control_id for control in controls}
    if unknown:
        raise ValueError(f"no controls of the catalogue: {' '.join(sorted(unknown))}")
    found = match_items([_item_of(row, number) for number, row in enumerate(rows)], controls)
    right = taken = first = three = negatives = 0
    for number, (row, label) in enumerate(zip(rows, labels, strict=True)):
        ranked = found[str(number)]
        accepted, is_right = ranked[0].accepted, ranked[0].control_id in label
        taken, right = taken + accepted, right + (accepted and is_right)
        first += is_right
        three += any(match.control_id in label for match in ranked[:3])
        negatives += accepted and not label
        if accepted != bool(label) or (label and not is_right):
            said = (
                ranked[0].control_id if accepted else f"none ({ranked[0].control_id} {ranked[0].score:.2f})"
            )
            yield f"  {row['requirement'][:60]} -> {said}; right: {' '.join(sorted(label)) or 'none'}"
    count = max(1, sum(map(bool, labels)))
    yield (
        f"{len(rows)} items, {count} with a control: precision {right / max(1, taken):.3f}, recall {right / count:.3f}, "
        f"right first {first / count:.3f}, in three {three / count:.3f}, "
        f"taken of {len(rows) - count} that no control takes {negatives}"
    )


def pair_lines(rows: Sequence[Mapping[str, str]]) -> Iterator[str]:
    """How many shared themes `map` lays side by side, how many pairs are wrong, and every pair that is not right.

    Raises ValueError where there are not two forms.
    """
    sides = form_sides(rows)
    themes = {item.item_id: theme for side in sides for item, theme in side}
    shared = {theme for _, theme in sides[0] if theme} & {theme for _, theme in sides[1]}
    right = wrong = 0
    for pair in map_items(*([item for item, _ in side] for side in sides), load_controls()):
        if not pair.item.requirement:
            continue
        theme = themes[pair.item.item_id]
        if pair.counterpart is None:
            if theme in shared:
                yield f"  missed {pair.score:.2f} {pair.item.requirement[:60]} ({theme})"
        elif theme and theme == themes[pair.counterpart.item_id]:
            right += 1
        else:
            wrong += 1
            yield f"  wrong {pair.score:.2f} {pair.item.requirement[:50]} <> {pair.counterpart.requirement[:50]}"
    yield f"{len(shared)} shared themes: {right} side by side, {wrong} wrong"
