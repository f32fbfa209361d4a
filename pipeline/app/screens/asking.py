"""照会: per vendor the questions to ask back, as mail and workbook; the reply taken in, and how far each question is."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from nicegui import events, run, ui
from starlette.requests import Request

from normalizers.answers.model import ANSWERS
from pipeline.app.decisions import decide, may_write, tell_error
from pipeline.app.widgets.answer_details import long_text
from pipeline.app.widgets.page_frame import frame, heading, is_gone, keys, show_error, tagged
from pipeline.app.widgets.text_grid import clip
from pipeline.app.workspace import Visit, visit_of
from pipeline.assess.comparison.labels import Labels
from pipeline.assess.comparison.model import Comparison, Party
from pipeline.assess.inquiries.inquiry_table import Inquiry, InquiryState, Key, read_inquiries, save_inquiries
from pipeline.assess.inquiries.proposed_reply import propose_reply
from pipeline.assess.inquiries.questions import InquiryQuestion, build_inquiry_questions
from pipeline.errors import ChecksheetError
from pipeline.outputs.comparison.inquiry_letter import LetterLine, mail_text, read_inquiry_replies
from pipeline.query.review_queue import read_queue_item
from pipeline.review.answers import answer_cells
from pipeline.review.decision import DecisionKind
from pipeline.viewer.words import ViewerWords

_TWO_WEEKS = 14
_LARGEST = 30_000_000  # bytes of a workbook that comes back


async def page(request: Request) -> None:
    """The page /ask; of one vendor with `?vendor=`."""
    visit = visit_of(request)
    with frame(visit, "ask"):
        try:
            comparison = await run.io_bound(visit.workspace.comparison.get)
            questions = await run.io_bound(build_inquiry_questions, comparison, Labels(visit.language))
            inquiries = await run.io_bound(read_inquiries, visit.workspace.folders.inquiries)
        except ChecksheetError as error:
            show_error(visit, error)
            return
        if is_gone():
            return
        names = {party.name: index for index, party in enumerate(comparison.parties)}
        name = request.query_params.get("vendor", "")
        if name in names:
            own = [question for question in questions if question.party == names[name]]
            _Asking(visit, comparison.parties[names[name]], own, inquiries).build()
        else:
            _overview(visit, comparison, questions, inquiries)
        keys(visit, [])


def inquiry_of(party: Party, question: InquiryQuestion, inquiries: Mapping[Key, Inquiry]) -> Inquiry:
    """How far a question is; unsent where nobody wrote anything down."""
    fresh = Inquiry(*party.key, question.key)
    return inquiries.get(fresh.identity, fresh)


def letter_lines(
    visit: Visit, party: Party, questions: Sequence[InquiryQuestion], inquiries: Mapping[Key, Inquiry]
) -> list[LetterLine]:
    """The questions that are not resolved, as they are sent."""
    labels = Labels(visit.language)
    entries = [(question, inquiry_of(party, question, inquiries)) for question in questions]
    return [
        LetterLine(q.key, labels.item(q.first, 500), labels.answer(q.first, 500), inquiry.text or q.text)
        for q, inquiry in entries
        if inquiry.state != InquiryState.RESOLVED
    ]


def _overview(
    visit: Visit,
    comparison: Comparison,
    questions: Sequence[InquiryQuestion],
    inquiries: Mapping[Key, Inquiry],
) -> None:
    """A line a vendor: how many questions are in which state, and what is overdue."""
    today = dt.date.today().isoformat()
    with ui.element("table").classes("changes verdicts"):
        with ui.element("thead"), ui.element("tr"):
            for key in ("column_vendor", "ask_count", *(f"ask_{state}" for state in InquiryState), "ask_due"):
                tagged("th", visit.say(key)).props('scope="col"')
        with ui.element("tbody"):
            for index, party in enumerate(comparison.parties):
                own = [inquiry_of(party, q, inquiries) for q in questions if q.party == index]
                counts = Counter(entry.state for entry in own)
                due = min((e.due for e in own if e.due and e.state == InquiryState.WAITING), default="")
                with ui.element("tr"):
                    with ui.element("td"):
                        ui.link(clip(party.name, 80), f"/ask?{urlencode({'vendor': party.name})}")
                    for number in (len(own), *(counts[state] for state in InquiryState)):
                        tagged("td", str(number or "")).classes("number")
                    tagged("td", due).classes("overdue" if due and due < today else "")


class _Asking:
    """The questions to one vendor."""

    def __init__(
        self, visit: Visit, party: Party, questions: Sequence[InquiryQuestion], inquiries: dict[Key, Inquiry]
    ) -> None:
        self._visit, self._party, self._questions, self._inquiries = visit, party, questions, inquiries
        self._words = ViewerWords(visit.language)
        self._replies: dict[str, ui.textarea] = {}

    def build(self) -> None:
        """What goes to the vendor as a whole, then question by question."""
        say, writes = self._visit.say, self._visit.visitor.may_write
        ui.link(say("back_to_all"), "/ask")
        heading(self._party.name)
        dues = [inquiry_of(self._party, q, self._inquiries).due for q in self._questions]
        usual = (dt.date.today() + dt.timedelta(days=_TWO_WEEKS)).isoformat()
        query = urlencode({"vendor": self._party.name})
        with ui.element("div").classes("line filters"):
            self._due = ui.input(say("ask_due"), value=next(filter(None, dues), usual)).props(
                'outlined dense type="date"'
            )
            ui.button(say("ask_mail"), on_click=self._show_mail).props("outline dense no-caps")
            ui.link(say("ask_workbook"), f"/download/inquiry.xlsx?{query}").classes("download")
            if writes:
                ui.button(say("ask_sent"), on_click=self._mark_sent).props("unelevated dense no-caps")
        if writes:
            with ui.element("div").classes("line filters"):
                ui.label(say("ask_upload")).classes("quiet")
                upload = ui.upload(
                    on_upload=self._uploaded,
                    auto_upload=True,
                    max_file_size=_LARGEST,
                    label=say("ask_upload"),
                )
                upload.props('accept=".xlsx" flat bordered').classes("upload")
        if not self._questions:
            ui.label(say("ask_nothing")).classes("paper")
        for question in self._questions:
            self._question(question)

    def _question(self, question: InquiryQuestion) -> None:
        say, writes = self._visit.say, self._visit.visitor.may_write
        inquiry = inquiry_of(self._party, question, self._inquiries)
        states = {str(state): say(f"ask_{state}") for state in InquiryState}
        with ui.element("section").classes("paper question"):
            with ui.element("div").classes("line"):
                ui.label(Labels(self._visit.language).word("reasons", question.reason)).classes("mark why")
                state = ui.select(states, value=str(inquiry.state), label=say("ask_state")).props(
                    "dense outlined options-dense"
                )
                ui.space()
                if not question.key.startswith("control:"):
                    ui.link(say("to_queue_item"), f"/queue?{urlencode({'item': question.key})}")
            if not writes:
                state.disable()
                long_text(self._visit, inquiry.text or question.text, "")
                return
            text = (
                ui.textarea(say("ask_text"), value=inquiry.text or question.text)
                .props("outlined autogrow")
                .classes("wide")
            )
            text.on(
                "blur", lambda: self._save(question, text=text.value if text.value != question.text else "")
            )
            state.on_value_change(lambda event: self._save(question, state=InquiryState(event.value)))
            self._reply_fields(question)

    def _reply_fields(self, question: InquiryQuestion) -> None:
        """The vendor's words, what they would mean, and the button that takes them in."""
        say = self._visit.say
        answers = {
            str(answer): f"{self._words.letter(answer)} {self._words.answer(answer)}" for answer in ANSWERS
        }
        with ui.element("div").classes("line"):
            reply = ui.textarea(say("ask_reply")).props("outlined autogrow dense").classes("grow")
            answer = ui.select(answers, label=say("answer_is")).props("outlined dense").classes("select")
            figure = ui.input(say("figure")).props("outlined dense").classes("short")
            planned = ui.input(say("planned_for")).props("outlined dense").classes("short")
            received = ui.input(say("ask_received"), value=dt.date.today().isoformat()).props(
                'outlined dense type="date"'
            )
            button = ui.button(say("ask_take")).props("outline dense no-caps")
        self._replies[question.key] = reply

        def propose() -> None:
            proposed = propose_reply(reply.value or "")
            answer.set_value(proposed.answer)
            figure.set_value(proposed.figure)
            planned.set_value(proposed.planned_date)

        async def take() -> None:
            if not answer.value:
                ui.notify(say("ask_choose"), type="warning")
                return
            cells = {
                "answer": answer.value, "figure": figure.value or "", "planned_date": planned.value or "",
                "received": received.value or "", "words": reply.value or "",
            }  # fmt: skip
            await self._take(question, cells)

        reply.on_value_change(propose)
        button.on_click(take)

    async def _take(self, question: InquiryQuestion, reply: Mapping[str, str]) -> None:
        """The reply decides every cell that the question is about."""
        for reference in question.cells:
            item = await run.io_bound(read_queue_item, self._visit.workspace.dataset, reference)
            if item is None:
                continue
            cells = answer_cells(item.row, item.row) | dict(reply)
            if await decide(self._visit, DecisionKind.REPLY, cells) is None:
                return
        await self._save(question, state=InquiryState.RESOLVED)
        ui.notify(self._visit.say("ask_taken"))

    async def _save(self, question: InquiryQuestion, **words: object) -> None:
        if may_write(self._visit):
            inquiry = replace(inquiry_of(self._party, question, self._inquiries), **words)  # type: ignore[arg-type]
            await self._store([inquiry])

    async def _store(self, changed: Sequence[Inquiry]) -> None:
        try:
            path = self._visit.workspace.folders.inquiries
            await run.io_bound(save_inquiries, path, changed, self._visit.visitor.name)
        except ChecksheetError as error:
            tell_error(self._visit, error)
            return
        self._inquiries |= {entry.identity: entry for entry in changed}

    async def _mark_sent(self) -> None:
        """Every question that was not sent waits for its reply from now on."""
        entries = [inquiry_of(self._party, q, self._inquiries) for q in self._questions]
        due = self._due.value or ""
        unsent = [entry for entry in entries if entry.state == InquiryState.UNSENT]
        await self._store([replace(entry, state=InquiryState.WAITING, due=due) for entry in unsent])
        ui.navigate.reload()

    def _show_mail(self) -> None:
        """The text of the mail, to copy."""
        lines = letter_lines(self._visit, self._party, self._questions, self._inquiries)
        name = self._party.vendor or self._party.name
        text = mail_text(name, lines, self._due.value or "", self._visit.language).strip()
        with ui.dialog() as dialog, ui.card().classes("panel side"):
            ui.textarea(self._visit.say("ask_mail"), value=text).props("outlined autogrow readonly").classes(
                "wide mail"
            )
            with ui.element("div").classes("line"):
                ui.button(self._visit.say("copy"), on_click=lambda: ui.clipboard.write(text))
                ui.button(self._visit.say("close"), on_click=dialog.close).props("flat")
        dialog.open()

    async def _uploaded(self, event: events.UploadEventArguments) -> None:
        """A workbook that came back: its texts into the fields, for a person to take in one by one."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "reply.xlsx"
            await event.file.save(path)
            try:
                replies = await run.io_bound(read_inquiry_replies, path)
            except ChecksheetError as error:
                tell_error(self._visit, error)
                return
        known = {key: text for key, text in replies.items() if key in self._replies}
        for key, text in known.items():
            self._replies[key].set_value(text)
        ui.notify(self._visit.say("ask_filled", count=len(known)))
