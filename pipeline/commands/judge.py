"""The command judge: a dataset and a policy in, a verdict on each vendor's service with all reasons out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from normalizers.values.organisations import organisation_key
from normalizers.vocabulary import load
from pipeline.assess.party_names import is_named_by
from pipeline.assess.policy import Policy, read_policy
from pipeline.assess.verdict import Verdict, judge, known_controls
from pipeline.commands.terminal import (
    DATASET,
    Dataset,
    Lang,
    print_answer,
    resolve_language,
    say,
    stop,
    tell,
    writing,
)
from pipeline.outputs.verdicts import (
    VerdictContext,
    control_name,
    counts_line,
    reason_words,
    verdict_headers,
    verdict_rows,
    verdicts_to_data,
    write_verdicts,
)
from pipeline.query.query import Answer, dump_json
from pipeline.system.atomic_write import atomic_write

_POLICY = Path("data/policy.toml")
_EXAMPLE = ("pipeline.assess", "policy_example.toml")
_COLUMNS = ("status", "control", "why", "printed", "remarks", "source")


def judge_command(
    policy: Annotated[
        Path | None,
        typer.Option(
            "--policy", help="TOML file that says what is asked of each control; else data/policy.toml."
        ),
    ] = None,
    vendor: Annotated[
        list[str] | None,
        typer.Option(
            "--vendor",
            "--vendors",
            help="This vendor only; may be given again, a part of the name is enough.",
        ),
    ] = None,
    dataset: Dataset = DATASET,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Workbook (.xlsx) or page (.html) to write.")
    ] = None,
    date: Annotated[
        str | None, typer.Option("--date", help="Day on which the age of sheets counts; else today.")
    ] = None,
    new_policy: Annotated[
        bool, typer.Option("--new-policy", help="Write the example policy to data/policy.toml, to edit it.")
    ] = False,
    lang: Lang = None,
) -> None:
    """Which services are usable by a policy, which on condition, which not, and of which it cannot be said, and why.

    Ends with 0 where all are usable, 1 where not, 2 where it could not be judged.
    """
    language = resolve_language(lang)
    words: Mapping[str, str] = load("pipeline.commands.texts", "questions.toml")[language]
    if new_policy:
        _write_example(words, language)
        return
    if out is not None and out.suffix.lower() not in {".xlsx", ".html", ".htm"}:
        stop(words["judge_ending"].format(path=out))
    day = _day(date, words)
    rules = _policy(policy or _POLICY, known_controls(dataset), words, policy is None)
    verdicts = judge(dataset, rules, day)
    verdicts = _of_vendors(verdicts, vendor or [], dataset, words)
    context = VerdictContext(rules.name or (policy or _POLICY).name, day.isoformat(), words, language)
    if out is not None:
        _write(out, verdicts, context)
    if as_json:
        tell(dump_json(verdicts_to_data(verdicts, context)))
    else:
        _print(verdicts, context)
    raise typer.Exit(int(any(verdict.verdict != "usable" for verdict in verdicts)))


def _day(date: str | None, words: Mapping[str, str]) -> dt.date:
    try:
        return dt.date.fromisoformat(date) if date else dt.datetime.now(tz=dt.UTC).astimezone().date()
    except ValueError:
        stop(words["judge_no_date"].format(date=date))


def _write_example(words: Mapping[str, str], language: str) -> None:
    """Put the example policy where the user's own belongs; one that is there stays."""
    if _POLICY.exists():
        stop(words["judge_has_policy"].format(path=_POLICY))
    with writing(_POLICY, language), atomic_write(_POLICY) as partial:
        partial.write_text(resources.files(_EXAMPLE[0]).joinpath(_EXAMPLE[1]).read_text("utf-8"), "utf-8")
    tell(words["judge_new_policy"].format(path=_POLICY))


def _policy(path: Path, controls: frozenset[str], words: Mapping[str, str], usual: bool) -> Policy:
    """The policy of a file; where the usual one is not there, the example, and that it is no more than that is told."""
    try:
        if usual and not path.exists():
            tell(words["judge_by_example"].format(path=path), error=True)
            with resources.as_file(resources.files(_EXAMPLE[0]).joinpath(_EXAMPLE[1])) as example:
                return read_policy(example, controls)
        return read_policy(path, controls)
    except OSError as error:
        stop(words["judge_no_policy"].format(path=path, why=error.strerror or error))


def _of_vendors(
    verdicts: Sequence[Verdict], names: Sequence[str], dataset: Path, words: Mapping[str, str]
) -> list[Verdict]:
    """The verdicts on the vendors named; all where none is."""
    if not verdicts:
        stop(words["judge_no_sheet"].format(dataset=dataset))
    chosen: set[int] = set()
    for name in names:
        key = organisation_key(name)
        indices = {n for n, v in enumerate(verdicts) if key and key == organisation_key(v.vendor)}
        indices = indices or {n for n, v in enumerate(verdicts) if is_named_by(name, v.vendor, v.service)}
        if not indices:
            known = ", ".join(dict.fromkeys(verdict.vendor for verdict in verdicts))
            stop(words["judge_no_vendor"].format(dataset=dataset, name=name, known=known))
        chosen |= indices
    return [verdict for number, verdict in enumerate(verdicts) if not names or number in chosen]


def _write(path: Path, verdicts: Sequence[Verdict], context: VerdictContext) -> None:
    with writing(path, context.language):
        write_verdicts(path, verdicts, context)
    tell(say(context.language, "written", {"path": path}), error=True)


def _print(verdicts: Sequence[Verdict], context: VerdictContext) -> None:
    """The table of verdicts, then each with its reasons but those that are met."""
    print_answer(Answer(verdict_headers(context), tuple(verdict_rows(verdicts, context))), context.line)
    headers = tuple(context.words[f"judge_{key}"] for key in _COLUMNS)
    for verdict in verdicts:
        name = " ".join(filter(None, (verdict.vendor, verdict.service)))
        tell("")
        tell(f"{context.words[f'judge_{verdict.verdict}']}: {name}")
        rows = [
            (texts[0], control_name(finding, context), texts[1], *texts[3:])
            for finding in verdict.findings
            for reason in finding.reasons
            if finding.status != "met"
            for texts in [reason_words(reason, context)]
        ]
        if rows:
            print_answer(Answer(headers, tuple(rows)), counts_line(verdict, context))
        else:
            tell(counts_line(verdict, context))
