"""判定: the verdict on every service first, then why; exceptions with reason and end date; the policy as a list to edit."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from nicegui import run, ui
from starlette.requests import Request

from normalizers.vocabulary import load
from pipeline.app.decisions import decide, may_write, tell_error
from pipeline.app.widgets.page_frame import frame, heading, is_gone, keys, show_error, tagged
from pipeline.app.widgets.text_grid import clip
from pipeline.app.workspace import Visit, visit_of
from pipeline.assess.policy import Policy, PolicyRule, Trust, read_policy
from pipeline.assess.policy_checks import MAY_BE_CONDITIONAL, units
from pipeline.assess.policy_file import write_policy
from pipeline.assess.verdict import ControlFinding, Verdict, judge, known_controls, refused_for
from pipeline.errors import ChecksheetError
from pipeline.outputs.verdicts import STATUSES, VerdictContext, control_name, counts_line, reason_words
from pipeline.review.decision import DecisionKind
from pipeline.review.exceptions import policy_exceptions
from pipeline.review.store import read_decisions
from pipeline.viewer.words import ViewerWords

_HALF_A_YEAR = 182


async def page(request: Request) -> None:
    """The page /judge."""
    visit = visit_of(request)
    with frame(visit, "judge"):
        try:
            policy, verdicts = await run.io_bound(judge_all, visit, dt.date.today())
        except OSError:
            ui.label(visit.say("no_policy", path=visit.workspace.folders.policy)).classes("notice")
            policy, verdicts = Policy("", Trust(), ()), []
        except ChecksheetError as error:
            show_error(visit, error)
            return
        if is_gone():
            return
        context = verdict_context(visit, policy)
        with ui.element("div").classes("line filters"):
            ui.label(context.line).classes("quiet")
            ui.space()
            ui.link(visit.say("download_xlsx"), "/download/verdicts.xlsx").classes("download")
            ui.link(visit.say("download_html"), "/download/verdicts.html").classes("download")
        _overview(verdicts, context)
        for number, verdict in enumerate(verdicts):
            _details(visit, number, verdict, context)
        _PolicyEditor(visit, policy).build()
        keys(visit, [])


def judge_all(visit: Visit, today: dt.date) -> tuple[Policy, list[Verdict]]:
    """The policy and the verdicts by it, with what people accept. Raises ChecksheetError, and OSError without a policy."""
    dataset, folders = visit.workspace.dataset, visit.workspace.folders
    policy = read_policy(folders.policy, known_controls(dataset))
    exceptions = policy_exceptions(read_decisions(folders.review).check().in_force)
    return policy, judge(dataset, policy, today, exceptions)


def verdict_context(visit: Visit, policy: Policy) -> VerdictContext:
    """The words of verdicts, today."""
    words = load("pipeline.commands.texts", "questions.toml")[visit.language]
    return VerdictContext(
        policy.name or visit.workspace.folders.policy.name, dt.date.today().isoformat(), words, visit.language
    )


def _overview(verdicts: Sequence[Verdict], context: VerdictContext) -> None:
    """A line for each service: the verdict, and how many controls of each status."""
    with ui.element("table").classes("changes verdicts"):
        with ui.element("thead"), ui.element("tr"):
            for title in (
                context.words["judge_verdict"],
                context.words["judge_vendor"],
                context.words["judge_service"],
            ):
                tagged("th", title).props('scope="col"')
            for status in STATUSES:
                tagged("th", context.words[f"judge_status_{status}"]).props('scope="col"')
        with ui.element("tbody"):
            for number, verdict in enumerate(verdicts):
                counts = Counter(finding.status for finding in verdict.findings)
                with ui.element("tr"):
                    with ui.element("td"):
                        ui.label(context.words[f"judge_{verdict.verdict}"]).classes(
                            f"mark verdict-{verdict.verdict}"
                        )
                    with ui.element("td"):
                        ui.link(clip(verdict.vendor, 80), f"#verdict-{number}")
                    tagged("td", clip(verdict.service, 80))
                    for status in STATUSES:
                        tagged("td", str(counts[status] or "")).classes("number")


def _details(visit: Visit, number: int, verdict: Verdict, context: VerdictContext) -> None:
    """Every reason against a service, and what may be accepted."""
    with ui.element("section").props(f'id="verdict-{number}"').classes("wide"):
        heading(" ".join(filter(None, (verdict.vendor, verdict.service))))
        with ui.element("div").classes("line"):
            ui.label(context.words[f"judge_{verdict.verdict}"]).classes(f"mark verdict-{verdict.verdict}")
            ui.label(counts_line(verdict, context)).classes("quiet")
        for finding in verdict.findings:
            if finding.status != "met":
                _finding(visit, verdict, finding, context)


def _finding(visit: Visit, verdict: Verdict, finding: ControlFinding, context: VerdictContext) -> None:
    with ui.element("div").classes(f"answer finding-{finding.status}"):
        with ui.element("div").classes("line"):
            ui.label(control_name(finding, context)).classes("strong")
            ui.label(context.words[f"judge_status_{finding.status}"]).classes("quiet")
            if finding.status in {"failed", "unknown"} and visit.visitor.may_write:
                button = ui.button(visit.say("accept")).props("flat dense no-caps")
                button.on_click(lambda: _accept(visit, verdict, finding))
        for reason in finding.reasons:
            if reason.status == "met":
                continue
            _, why, question, printed, remarks, source = reason_words(reason, context)
            ui.label(why).classes("pre")
            if reason.exception is not None:
                accepted = visit.say(
                    "accepted_by",
                    who=reason.exception.who,
                    until=reason.exception.until,
                    why=reason.exception.why,
                )
                ui.label(accepted).classes("quiet pre")
            if question:
                ui.label(clip(question, 400)).classes("quiet pre")
                ui.label("　".join(filter(None, (clip(printed, 300), clip(remarks, 300), source)))).classes(
                    "quiet pre"
                )


def _accept(visit: Visit, verdict: Verdict, finding: ControlFinding) -> None:
    """A dialog that accepts a finding until a day, for a reason."""
    with ui.dialog() as dialog, ui.card().classes("panel"):
        heading(visit.say("accept"))
        ui.label(visit.say("accept_hint", name=visit.visitor.name)).classes("quiet")
        until = dt.date.today() + dt.timedelta(days=_HALF_A_YEAR)
        day = ui.input(visit.say("accept_until"), value=until.isoformat()).props('outlined dense type="date"')
        why = ui.textarea(visit.say("accept_why")).props("outlined autogrow").classes("wide")

        async def save() -> None:
            if not (why.value or "").strip():
                ui.notify(visit.say("accept_needs_reason"), type="warning")
                return
            cells = {
                "vendor": verdict.vendor, "service": verdict.service or "", "control_id": finding.rule.control_id,
                "until": day.value or "", "finding": ", ".join(refused_for(finding)),
            }  # fmt: skip
            if await decide(visit, DecisionKind.EXCEPTION, cells, why.value.strip()) is not None:
                ui.navigate.reload()

        with ui.element("div").classes("line"):
            ui.button(visit.say("accept"), on_click=save)
            ui.button(visit.say("close"), on_click=dialog.close).props("flat")
    dialog.open()


class _PolicyEditor:
    """The policy as a list: controls, limits, ages. Saved as a whole."""

    def __init__(self, visit: Visit, policy: Policy) -> None:
        self._visit, self._policy = visit, policy
        self._rules = {rule.control_id: rule for rule in policy.rules}
        names = visit.workspace.controls.get()
        self._names = {
            c["control_id"]: c["name_ja" if visit.language == "ja" else "name_en"] or c["name_ja"]
            for c in names
        }
        self._words = ViewerWords(visit.language)

    def build(self) -> None:
        """The list, folded; for people who only look, without buttons."""
        visit = self._visit
        with ui.expansion(visit.say("policy_title", count=len(self._rules))).classes("wide paper"):
            with ui.element("div").classes("line filters"):
                self._name = (
                    ui.input(visit.say("policy_name"), value=self._policy.name)
                    .props("outlined dense")
                    .classes("grow")
                )
                age = self._policy.trust.max_age_days
                self._age = ui.number(visit.say("policy_age"), value=age, min=1, precision=0).props(
                    "outlined dense clearable"
                )
            self._list = ui.element("div").classes("wide")
            self._show()
            if visit.visitor.may_write:
                with ui.element("div").classes("line filters"):
                    self._added = ui.select(self._names, label=visit.say("policy_add"), with_input=True)
                    self._added.props("outlined dense").classes("grow").on("update:model-value", self._add)
                    ui.button(visit.say("save"), on_click=self._save)

    def _show(self) -> None:
        self._list.clear()
        with self._list:
            for rule in self._rules.values():
                self._line(rule)

    def _line(self, rule: PolicyRule) -> None:
        """One control: what is asked of it, and what makes a service usable on condition."""
        visit, key = self._visit, rule.control_id
        answers = {answer: self._words.answer(answer) for answer in MAY_BE_CONDITIONAL}
        with ui.element("div").classes("line entry rule"):
            ui.label(self._names.get(key, key)).classes("strong rule-name")
            self._number(rule, "least", "policy_least")
            self._number(rule, "most", "policy_most")
            unit = ui.select(["", *units()], value=rule.unit or "", label=visit.say("policy_unit")).props(
                "dense outlined"
            )
            unit.on_value_change(lambda event: self._change(key, unit=event.value or None))
            accepted = ui.select(
                answers, value=sorted(rule.conditional), multiple=True, label=visit.say("policy_conditional")
            )
            accepted.props("dense outlined use-chips").classes("select").on_value_change(
                lambda event: self._change(key, conditional=frozenset(event.value or ()))
            )
            if visit.visitor.may_write:
                ui.button(visit.say("policy_remove"), on_click=lambda: self._remove(key)).props(
                    "flat dense no-caps"
                )

    def _number(self, rule: PolicyRule, name: str, phrase: str) -> None:
        field = (
            ui.number(self._visit.say(phrase), value=getattr(rule, name))
            .props("dense outlined")
            .classes("limit")
        )
        field.on_value_change(lambda event: self._change(rule.control_id, **{name: event.value}))

    def _change(self, control_id: str, **words: object) -> None:
        self._rules[control_id] = replace(self._rules[control_id], **words)  # type: ignore[arg-type]

    def _remove(self, control_id: str) -> None:
        del self._rules[control_id]
        self._show()

    def _add(self) -> None:
        if self._added.value and self._added.value not in self._rules:
            self._rules[self._added.value] = PolicyRule(self._added.value)
            self._show()

    async def _save(self) -> None:
        if not may_write(self._visit):
            return
        age = int(self._age.value) if self._age.value else None
        policy = Policy(
            self._name.value or "", replace(self._policy.trust, max_age_days=age), tuple(self._rules.values())
        )
        try:
            await run.io_bound(write_policy, self._visit.workspace.folders.policy, policy, self._names)
        except ChecksheetError as error:
            tell_error(self._visit, error)
            return
        ui.navigate.reload()
