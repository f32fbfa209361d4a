"""The command doctor: the machine and a dataset looked over, what is wrong with them and how to mend it out."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.terminal import DATASET, RAW, Dataset, Lang, language_told, tell
from pipeline.doctor.dataset import check_dataset
from pipeline.doctor.environment import check_environment
from pipeline.doctor.finding import Finding, finding_text

_LOCK = Path("requirements.lock")


def doctor_command(
    raw_dir: Annotated[Path, typer.Argument(help="Folder of received sheets, to compare with.")] = RAW,
    dataset: Dataset = DATASET,
    lang: Lang = None,
) -> None:
    """Look over the machine and the dataset, and say how to mend what is wrong; nothing is changed.

    Ends with 1 where something is wrong, else with 0.
    """
    language = language_told(lang)
    levels = {level: finding_text(Finding(level), language) for level in ("ok", "warning", "error")}
    found = []
    for finding in chain(check_environment(dataset, _LOCK), check_dataset(dataset, raw_dir)):
        tell(f"{levels[finding.level]:6} {finding_text(finding, language)}")
        found.append(finding.level)
    errors, warnings = found.count("error"), found.count("warning")
    words = {"errors": errors, "warnings": warnings}
    tell(finding_text(Finding("ill" if errors else "sound", words=words), language))
    raise typer.Exit(int(errors > 0))
