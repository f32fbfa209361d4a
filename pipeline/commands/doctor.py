"""The command doctor: the machine and a dataset looked over, what is wrong with them and how to mend it out."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.terminal import DATASET, RAW, Dataset, Lang, resolve_language, tell
from pipeline.doctor.check_result import CheckResult, result_text
from pipeline.doctor.dataset import check_dataset
from pipeline.doctor.environment import check_environment

_LOCK = Path("requirements.lock")


def doctor_command(
    raw_dir: Annotated[Path, typer.Argument(help="Folder of received sheets, to compare with.")] = RAW,
    dataset: Dataset = DATASET,
    lang: Lang = None,
) -> None:
    """Look over the machine and the dataset, and say how to mend what is wrong; nothing is changed.

    Ends with 1 where something is wrong, else with 0.
    """
    language = resolve_language(lang)
    levels = {level: result_text(CheckResult(level), language) for level in ("ok", "warning", "error")}
    seen_levels = []
    for result in chain(check_environment(dataset, _LOCK), check_dataset(dataset, raw_dir)):
        tell(f"{levels[result.level]:6} {result_text(result, language)}")
        seen_levels.append(result.level)
    errors, warnings = seen_levels.count("error"), seen_levels.count("warning")
    words = {"errors": errors, "warnings": warnings}
    tell(result_text(CheckResult("ill" if errors else "sound", words=words), language))
    raise typer.Exit(int(errors > 0))
