"""要確認: every unsure answer once, worst first. The page with its cell marked, what was read, and keys to decide it."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode

from nicegui import background_tasks, run, ui
from starlette.requests import Request

from normalizers.answers.model import ANSWERS
from pipeline.app.decisions import decide, withdraw
from pipeline.app.screens.queue_facts import figure_text, show_facts
from pipeline.app.screens.queue_state import (
    QueueStart,
    decision_key,
    item_key,
    load_forms,
    load_legends,
    load_queue,
)
from pipeline.app.widgets.answer_details import show_drawn
from pipeline.app.widgets.page_frame import KeyBinding, frame, is_gone, keys, show_error
from pipeline.app.widgets.picture_store import PlaceRequest
from pipeline.app.workspace import Visit, visit_of
from pipeline.errors import ChecksheetError
from pipeline.query.review_queue import QueueItem
from pipeline.review.answers import answer_cells, item_cells
from pipeline.review.decision import DecisionKind, Recorded
from pipeline.viewer.words import ViewerWords

# The key of each answer: figures in the order of the vocabulary, 0 for the last.
ANSWER_KEYS = {answer: "1234567890"[number] for number, answer in enumerate(ANSWERS)}
_AHEAD = 2  # pictures drawn before they are asked for


async def page(request: Request) -> None:
    """The page /queue, of one answer with `?item=DOCUMENT:ROW`."""
    visit = visit_of(request)
    with frame(visit, "queue"):
        try:
            forms = await run.io_bound(load_forms, visit)
            legends = await run.io_bound(load_legends, visit)
            start = await load_queue(visit, request.query_params.get("item", ""))
        except ChecksheetError as error:
            show_error(visit, error)
            return
        if is_gone():
            return
        for form, offer in forms:
            with ui.element("div").classes("notice line"):
                key = "form_waits" if form.waits else "form_read_otherwise"
                ui.label(visit.say(key, name=form.name[:80], count=len(form.places))).classes("pre")
                if offer is not None:
                    ui.label(
                        visit.say("form_offered", likeness=f"{offer.likeness:.0%}", who=offer.decision.who)
                    )
                ui.link(visit.say("confirm_form"), f"/queue/form/{form.form_key}").classes("strong")
        for legend in legends:
            with ui.element("div").classes("notice line"):
                words = {"name": legend.name[:80], "count": legend.unclear}
                ui.label(visit.say("legend_waits", **words)).classes("pre")
                ui.link(visit.say("decide_legend"), f"/queue/legend/{legend.form_key}").classes("strong")
        if not start.items:
            ui.label(visit.say("queue_empty")).classes("paper")
            return
        screen = _Queue(visit, start)
        screen.build()
        await screen.show(start.index if start.index is not None else screen.next_open(-1))


def _request(item: QueueItem) -> PlaceRequest:
    return PlaceRequest(item.row["path"], item.row["document_id"], item.location)


class _Queue:
    """The screen of one visit."""

    def __init__(self, visit: Visit, start: QueueStart) -> None:
        self._visit, self._items, self._decided, self._before = (
            visit,
            start.items,
            start.decided,
            start.before,
        )
        self._words = ViewerWords(visit.language)
        self._index = 0
        self._recorded: list[tuple[int, Recorded]] = []
        self._busy = (
            False  # a key that comes before the next answer is shown would decide the one before again
        )

    @property
    def _item(self) -> QueueItem:
        return self._items[self._index]

    def build(self) -> None:
        """The two halves and the keys."""
        say = self._visit.say
        with ui.element("div").classes("line filters"):
            self._position = ui.label("").classes("strong position").props('role="status"')
            self._progress = (
                ui.linear_progress(0, show_value=False).classes("progress").props('aria-hidden="true"')
            )
            ui.space()
            ui.button(say("previous"), on_click=lambda: self.show(self._index - 1)).props("flat dense")
            ui.button(say("next"), on_click=lambda: self.show(self._index + 1)).props("flat dense")
            ui.button(say("undo"), on_click=self._undo).props("flat dense")
        with ui.element("div").classes("halves"):
            self._picture = ui.element("div").classes("half picture")
            with ui.element("div").classes("half paper"):
                self._facts = ui.element("div").classes("wide")
                if self._visit.visitor.may_write:
                    self._controls()
        keys(self._visit, self._bindings())

    def _controls(self) -> None:
        """Buttons for the answers, fields for figure and date, the direction and the control."""
        say = self._visit.say
        with ui.element("div").classes("answers").props(f'role="group" aria-label="{say("answer_is")}"'):
            for answer, key in ANSWER_KEYS.items():
                button = ui.button(f"{key}  {self._words.letter(answer)} {self._words.answer(answer)}")
                button.on_click(lambda _, chosen=answer: self._decide(chosen)).props("outline dense no-caps")
        with ui.element("div").classes("line"):
            self._figure = (
                ui.input(say("figure"), placeholder="99.9%以上").props("dense outlined").classes("short")
            )
            self._date = (
                ui.input(say("planned_for"), placeholder="2027-03-31")
                .props("dense outlined")
                .classes("short")
            )
            self._why = ui.input(say("reason")).props("dense outlined").classes("grow")
        for field in (self._figure, self._date, self._why):
            field.on("keydown.enter", lambda: self._decide(self._chosen))
        with ui.element("div").classes("line"):
            ui.button(say("as_read"), on_click=lambda: self._decide(self._item.row["answer"])).props(
                "unelevated dense no-caps"
            )
            self._as_before = ui.button(say("as_decided_before"), on_click=self._decide_as_before)
            self._as_before.props("unelevated dense no-caps")
            ui.button(say("yes_is_good"), on_click=lambda: self._direct("yes")).props("outline dense no-caps")
            ui.button(say("yes_is_bad"), on_click=lambda: self._direct("no")).props("outline dense no-caps")
        controls = self._visit.workspace.controls.get()
        names = {
            c["control_id"]: c["name_ja" if self._visit.language == "ja" else "name_en"] or c["name_ja"]
            for c in controls
        }
        self._control = (
            ui.select(names, label=say("control_is"), with_input=True)
            .props("dense outlined clearable")
            .classes("wide")
        )
        self._control.on("update:model-value", self._align)

    def _bindings(self) -> list[KeyBinding]:
        moves = [
            KeyBinding("ArrowRight", "next", lambda: self.show(self._index + 1), "→"),
            KeyBinding("ArrowLeft", "previous", lambda: self.show(self._index - 1), "←"),
            KeyBinding("j", "", lambda: self.show(self._index + 1)),
            KeyBinding("k", "", lambda: self.show(self._index - 1)),
        ]
        if not self._visit.visitor.may_write:
            return moves
        answers = [
            KeyBinding(key, "key_answer" if key == "1" else "", partial(self._decide, answer), "1–9, 0")
            for answer, key in ANSWER_KEYS.items()
        ]
        return [
            KeyBinding("Enter", "as_read", lambda: self._decide(self._item.row["answer"]), "Enter"),
            *answers,
            KeyBinding("p", "as_decided_before", self._decide_as_before),
            KeyBinding("f", "figure", lambda: self._figure.run_method("focus")),
            KeyBinding("d", "planned_for", lambda: self._date.run_method("focus")),
            KeyBinding("g", "yes_is_good", lambda: self._direct("yes")),
            KeyBinding("b", "yes_is_bad", lambda: self._direct("no")),
            KeyBinding("c", "control_is", lambda: self._control.run_method("focus")),
            KeyBinding("u", "undo", self._undo),
            *moves,
        ]

    def next_open(self, index: int) -> int:
        """The next answer behind `index` that nobody decided, around the end; `index` itself where none is open."""
        order = [*range(index + 1, len(self._items)), *range(index + 1)]
        return next((n for n in order if not self._is_decided(self._items[n])), max(index, 0))

    def _is_decided(self, item: QueueItem) -> bool:
        by_item = item.reason == "direction" and (item.row["item_id"],) in self._decided
        return item_key(item) in self._decided or by_item

    async def show(self, index: int) -> None:
        """Show the answer at `index`, and have the next pictures drawn meanwhile."""
        self._index = max(0, min(index, len(self._items) - 1))
        item = self._item
        ui.navigate.history.replace(f"/queue?{urlencode({'item': item.reference})}")
        done = sum(map(self._is_decided, self._items))
        self._position.set_text(
            self._visit.say("position", number=self._index + 1, all=len(self._items), done=done)
        )
        self._progress.set_value(done / len(self._items))
        self._facts.clear()
        with self._facts:
            show_facts(self._visit, item, self._is_decided(item))
        if self._visit.visitor.may_write:
            self._fill(item)
        self._picture.clear()
        with self._picture:
            ui.spinner()
        background_tasks.create(self._show_picture(item), context=self._picture)

    async def _show_picture(self, item: QueueItem) -> None:
        """The page of an answer that is still the one shown when it is drawn; then the next ones are drawn."""
        draw, language = self._visit.workspace.pictures.draw, self._visit.language
        address, picture = await run.io_bound(draw, _request(item), language)
        if is_gone() or self._item is not item:
            return
        self._picture.clear()
        with self._picture:
            show_drawn(self._visit, address, picture)
        for ahead in self._items[self._index + 1 : self._index + 1 + _AHEAD]:
            await run.io_bound(draw, _request(ahead), language)

    def _fill(self, item: QueueItem) -> None:
        """The fields as they were read."""
        value, date = item.row["value"], item.planned_date
        self._chosen = item.row["answer"]
        self._figure.set_value(figure_text(value) if value else "")
        self._date.set_value(date.isoformat() if date else "")
        self._why.set_value("")
        self._as_before.set_visibility(item.reference in self._before)
        control = item.row["control_id"]
        self._control.set_value(control if control in self._control.options else None)

    async def _decide(self, answer: str) -> None:
        """The cell means `answer`, with figure and date as they stand in the fields."""
        if self._busy:
            return
        self._busy = True
        try:
            await self._decide_cell(answer)
        finally:
            self._busy = False

    async def _decide_as_before(self) -> None:
        """The cell means what a person had decided of it in an older sheet."""
        before = self._before.get(self._item.reference)
        if before is not None and not self._busy:
            answer, self._figure.value, self._date.value, *_ = before.decision.decision.value
            await self._decide(answer)

    async def _decide_cell(self, answer: str) -> None:
        item, index = self._item, self._index
        cells = answer_cells(item.row, item.row) | {
            "answer": answer, "figure": self._figure.value or "", "planned_date": self._date.value or "",
        }  # fmt: skip
        recorded = await decide(self._visit, DecisionKind.ANSWER, cells, self._why.value or "")
        if recorded is not None:
            await self._keep(index, recorded)

    async def _direct(self, good: str) -> None:
        """はい to this question is good, or bad, wherever it is asked."""
        index = self._index
        recorded = await decide(
            self._visit, DecisionKind.DIRECTION, item_cells(self._item.row) | {"good": good}
        )
        if recorded is not None:
            await self._keep(index, recorded)

    async def _align(self) -> None:
        """The question asks for the control that is chosen."""
        row, control = self._item.row, self._control.value
        if control and control != row["control_id"]:
            cells = item_cells(row) | {"control_id": control, "verdict": "yes"}
            recorded = await decide(self._visit, DecisionKind.ALIGNMENT, cells, self._why.value or "")
            if recorded is not None:
                self._recorded.append((self._index, recorded))
                ui.notify(self._visit.say("decided"))

    async def _keep(self, index: int, recorded: Recorded) -> None:
        self._recorded.append((index, recorded))
        self._decided.add(decision_key(recorded.decision))
        await self.show(self.next_open(index))

    async def _undo(self) -> None:
        """Take the last decision of this visit back, and show its answer again."""
        if not self._recorded:
            ui.notify(self._visit.say("nothing_to_undo"))
            return
        index, recorded = self._recorded[-1]
        if await withdraw(self._visit, recorded.decision):
            self._recorded.pop()
            if recorded.replaced is None:
                self._decided.discard(decision_key(recorded.decision))
            await self.show(index)
