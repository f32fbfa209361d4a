"""A dataset in, controls to adopt as TOML out: one for each group of items that no control takes."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.dataset.tables import read_table
from pipeline.texts.sanitize import sanitize_json


def suggestions(dataset: Path) -> str:
    """The text of a file for data/controls/, empty where there is no group. Raises FileNotFoundError."""
    groups = [row for row in read_table(dataset, "controls").to_pylist() if row["domain"] == "new"]
    answers = read_table(dataset, "answers").to_pylist()
    lines = ['domain = "own"', ""] if groups else []
    for group in groups:
        questions = sorted(
            {row["requirement"] for row in answers if row["control_id"] == group["control_id"]}
        )
        lines += [
            "[[controls]]",
            f'id = "own-{group["control_id"].removeprefix("new:")}"',
            f"name_ja = {_quoted(group['name_ja'])}",
            'name_en = ""',
            f"definition_ja = {_quoted(group['definition_ja'])}",
            'desired = "yes"  # or no, or value',
            f"also = [{', '.join(_quoted(text) for text in questions if text != group['definition_ja'])}]",
            "",
        ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes are TOML's too."""
    return sanitize_json(json.dumps(text, ensure_ascii=False))
