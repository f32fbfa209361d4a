"""A form's legend: each mark with what is printed of it and how it is read, its first answer as picture, one key to decide it."""

from __future__ import annotations

from functools import partial

from nicegui import run, ui
from starlette.requests import Request

from normalizers.answers.legend import mark_key
from pipeline.app.decisions import decide, withdraw
from pipeline.app.screens.queue import ANSWER_KEYS
from pipeline.app.widgets.answer_details import long_text, place_picture
from pipeline.app.widgets.page_frame import KeyBinding, frame, heading, is_gone, keys, show_error
from pipeline.app.workspace import Visit, visit_of
from pipeline.assemble.rows import struct_to_location
from pipeline.errors import ChecksheetError
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.form_layouts.form_legends import FormLegend, LegendMark, find_form_legend
from pipeline.review.store import read_decisions
from pipeline.viewer.words import ViewerWords


async def page(request: Request, form_key: str) -> None:
    """The page /queue/legend/FORM."""
    visit = visit_of(request)
    with frame(visit, "queue"):
        try:
            legends = await run.io_bound(visit.workspace.legends.get)
            form = find_form_legend(legends, form_key, visit.workspace.dataset)
            decided = await run.io_bound(read_decisions, visit.workspace.folders.review)
        except ChecksheetError as error:
            show_error(visit, error)
            return
        if is_gone():
            return
        screen = _Legend(visit, form, decided.of(DecisionKind.LEGEND))
        screen.build()
        await screen.choose(0)


class _Legend:
    """The screen of one visit: which mark is chosen, and what was decided of each."""

    def __init__(self, visit: Visit, form: FormLegend, decided: tuple[Decision, ...]) -> None:
        self._visit, self._form = visit, form
        self._words = ViewerWords(visit.language)
        self._chosen = 0
        self._said: dict[int, str] = {n: _said(form, mark, decided) for n, mark in enumerate(form.marks)}
        self._recorded: list[tuple[int, Decision]] = []

    def build(self) -> None:
        """The two halves and the keys."""
        say, form = self._visit.say, self._form
        heading(say("legend_title", name=form.name[:120]))
        ui.label(say("legend_hint", files=len(form.paths))).classes("quiet")
        with ui.element("div").classes("halves"):
            self._picture = ui.element("div").classes("half picture")
            with ui.element("div").classes("half paper"):
                with ui.element("table").classes("marks"):
                    self._table()
                if self._visit.visitor.may_write:
                    self._controls()
        moves = [
            KeyBinding("j", "next", lambda: self.choose(self._chosen + 1), "→"),
            KeyBinding("ArrowRight", "", lambda: self.choose(self._chosen + 1)),
            KeyBinding("k", "previous", lambda: self.choose(self._chosen - 1), "←"),
            KeyBinding("ArrowLeft", "", lambda: self.choose(self._chosen - 1)),
        ]
        answers = [
            KeyBinding(key, "legend_means" if key == "1" else "", partial(self._decide, answer), "1–9, 0")
            for answer, key in ANSWER_KEYS.items()
        ]
        undo = [KeyBinding("u", "undo", self._undo)]
        keys(self._visit, [*answers, *undo, *moves] if self._visit.visitor.may_write else moves)

    def _table(self) -> None:
        """A line a mark: mark, meaning as printed, how it is read, how many answers, what was decided."""
        with ui.element("thead"), ui.element("tr"):
            for name in ("legend_mark", "legend_meaning", "found_answer", "legend_count", "legend_decided"):
                with ui.element("th").props('scope="col"'):
                    ui.label(self._visit.say(name))
        self._rows, self._cells = [], []
        with ui.element("tbody"):
            for number, mark in enumerate(self._form.marks):
                with ui.element("tr") as row:
                    with ui.element("td"):
                        button = ui.button(mark.mark[:40]).props("outline dense no-caps")
                        button.on_click(lambda _, n=number: self.choose(n))
                    with ui.element("td"):
                        long_text(self._visit, mark.meaning or self._visit.say("legend_unexplained"), "")
                    with ui.element("td"):
                        ui.label(self._answer(mark.answer))
                    with ui.element("td").classes("number"):
                        ui.label(f"{mark.unclear} / {mark.count}")
                    with ui.element("td"):
                        self._cells.append(ui.label(self._answer(self._said[number])).classes("strong"))
                self._rows.append(row)

    def _answer(self, answer: str) -> str:
        return f"{self._words.letter(answer)} {self._words.answer(answer)}" if answer else ""

    def _controls(self) -> None:
        """A button an answer, for how far it counts, and the reason."""
        say = self._visit.say
        with ui.element("div").classes("answers").props(f'role="group" aria-label="{say("legend_means")}"'):
            for answer, key in ANSWER_KEYS.items():
                button = ui.button(f"{key}  {self._answer(answer)}").props("outline dense no-caps")
                button.on_click(partial(self._decide, answer))
        self._everywhere = ui.checkbox(say("legend_everywhere"))
        with ui.element("div").classes("line"):
            self._why = ui.input(say("reason")).props("dense outlined").classes("grow")
            ui.button(say("undo"), on_click=self._undo).props("flat dense")

    async def choose(self, number: int) -> None:
        """Choose a mark, and show the first answer that has it."""
        if not self._form.marks:
            return
        self._chosen = number % len(self._form.marks)
        for index, row in enumerate(self._rows):
            chosen = index == self._chosen
            row.classes(add="chosen" if chosen else "", remove="" if chosen else "chosen")
        mark = self._form.marks[self._chosen]
        if self._visit.visitor.may_write:
            self._everywhere.set_visibility(bool(mark.meaning))
        self._picture.clear()
        with self._picture:
            if mark.first is None:
                ui.label(self._visit.say("legend_unused")).classes("quiet")
                return
            path = self._form.path_of(mark)
            await place_picture(
                self._visit, path, struct_to_location(mark.first["source"]), mark.first["document_id"]
            )

    async def _decide(self, answer: str) -> None:
        """The chosen mark means `answer`: in this form, or wherever its words stand."""
        number, mark = self._chosen, self._form.marks[self._chosen]
        everywhere = bool(mark.meaning) and self._everywhere.value
        cells = (
            {"form_key": "", "mark": "", "meaning": mark.meaning}
            if everywhere
            else {"form_key": self._form.form_key, "mark": mark.mark, "meaning": ""}
        )
        recorded = await decide(
            self._visit, DecisionKind.LEGEND, cells | {"answer": answer}, self._why.value or ""
        )
        if recorded is not None:
            self._recorded.append((number, recorded.decision))
            self._tell(number, answer)
            await self.choose(number + 1)

    async def _undo(self) -> None:
        """Take the last decision of this visit back."""
        if not self._recorded:
            ui.notify(self._visit.say("nothing_to_undo"))
            return
        number, decision = self._recorded[-1]
        if await withdraw(self._visit, decision):
            self._recorded.pop()
            self._tell(number, "")
            await self.choose(number)

    def _tell(self, number: int, answer: str) -> None:
        self._said[number] = answer
        self._cells[number].set_text(self._answer(answer))


def _said(form: FormLegend, mark: LegendMark, decided: tuple[Decision, ...]) -> str:
    """The answer that a decision in force gives a mark, "" where none does."""
    for entry in reversed(decided):
        form_key, said, meaning = entry.key
        own = form_key == form.form_key and mark_key(said) == mark_key(mark.mark)
        if own or (not said and meaning and meaning == mark.meaning and form_key in {"", form.form_key}):
            return entry.value[0]
    return ""
