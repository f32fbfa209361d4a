"""A form whose columns are unsure: the page with its columns coloured, a role for each, and the rows that this would give.

One decision counts for all sheets of the form, past and future.
"""

from __future__ import annotations

from nicegui import events, run, ui
from starlette.requests import Request

from extractors.checklist.model import LayoutDecision
from extractors.location import Location
from pipeline.app.decisions import decide
from pipeline.app.widgets.page_frame import KeyBinding, frame, heading, is_gone, keys, show_error
from pipeline.app.widgets.picture_store import PlaceRequest
from pipeline.app.widgets.text_grid import clip, text_grid
from pipeline.app.workspace import Visit, visit_of
from pipeline.errors import ChecksheetError
from pipeline.review.decision import DecisionKind
from pipeline.review.form_layouts.alike_forms import LayoutOffer, find_offers
from pipeline.review.form_layouts.forms import FormLayouts, find_form, read_forms
from pipeline.review.form_layouts.layouts import layout_decisions
from pipeline.review.store import read_decisions
from pipeline.viewer.place_picture import PlacePicture
from pipeline.viewer.words import ViewerWords

# The roles that a person may give, in the order of the list; `ignore` last.
_ROLES = (
    "number",
    "section",
    "category",
    "item",
    "requirement",
    "answer",
    "choice",
    "remarks",
    "level",
    "unit",
    "ignore",
)
_JOINT = "|"
_LONGEST_NAME = 1000  # characters of the headers that are kept with a decision: alike forms are found by them


async def page(request: Request, form_key: str) -> None:
    """The page /queue/form/FORM."""
    visit = visit_of(request)
    with frame(visit, "queue"):
        try:
            form, offer = await run.io_bound(_load, visit, form_key)
        except ChecksheetError as error:
            show_error(visit, error)
            return
        if is_gone():
            return
        screen = _FormColumns(visit, form, offer)
        screen.build()
        await screen.draw()
        await screen.preview()


def _load(visit: Visit, form_key: str) -> tuple[FormLayouts, LayoutOffer | None]:
    forms = read_forms(visit.workspace.dataset)
    form = find_form(forms, form_key, visit.workspace.dataset)
    decided = layout_decisions(read_decisions(visit.workspace.folders.review).in_force)
    return form, find_offers(forms, decided).get(form.form_key)


class _FormColumns:
    """The screen of one visit: the roles as they are chosen now."""

    def __init__(self, visit: Visit, form: FormLayouts, offer: LayoutOffer | None) -> None:
        self._visit, self._form, self._offer = visit, form, offer
        self._words = ViewerWords(visit.language)
        self._roles = [
            column.role if column.role in _ROLES else "ignore" for column in form.readings[0].columns
        ]
        self._chosen = next((n for n, role in enumerate(self._roles) if role == "answer"), 0)
        self._picture: PlacePicture | None = None

    def build(self) -> None:
        """The two halves and the keys."""
        say, reading = self._visit.say, self._form.readings[0]
        heading(say("form_title", name=self._form.name[:120]))
        ui.label(say("form_hint", files=len(self._form.places), p=f"{reading.p:.0%}")).classes("quiet")
        if self._offer is not None:
            self._tell_offer(self._offer)
        with ui.element("div").classes("halves"):
            self._holder = ui.element("div").classes("half picture")
            with ui.element("div").classes("half"):
                with (
                    ui.element("div")
                    .classes("columns paper")
                    .props(f'role="group" aria-label="{say("form_columns")}"')
                ):
                    self._selects = [self._select(number) for number in range(len(self._roles))]
                with ui.element("div").classes("line filters"):
                    for number, entry in enumerate(self._form.readings):
                        ui.button(
                            say("form_reading", rank=entry.rank), on_click=lambda _, n=number: self._take(n)
                        ).props("flat dense")
                    if self._offer is not None and self._offer.roles:
                        ui.button(say("form_as_alike"), on_click=self._take_offer).props("flat dense")
                    ui.space()
                    if self._visit.visitor.may_write:
                        ui.button(say("form_no_list"), on_click=lambda: self._confirm("")).props(
                            "outline dense no-caps"
                        )
                        ui.button(say("form_confirm"), on_click=self._confirm_roles).props(
                            "unelevated dense no-caps"
                        )
                self._rows = ui.element("div").classes("wide")
        keys(self._visit, [
            KeyBinding("ArrowRight", "key_next_column", lambda: self._choose(self._chosen + 1), "→"),
            KeyBinding("ArrowLeft", "key_previous_column", lambda: self._choose(self._chosen - 1), "←"),
            KeyBinding("q", "role_requirement", lambda: self._set("requirement")),
            KeyBinding("a", "role_answer", lambda: self._set("answer")),
            KeyBinding("r", "role_remarks", lambda: self._set("remarks")),
            KeyBinding("n", "role_number", lambda: self._set("number")),
            KeyBinding("x", "role_ignore", lambda: self._set("ignore")),
            KeyBinding("Enter", "form_confirm", self._confirm_roles, "Enter"),
        ])  # fmt: skip

    def _tell_offer(self, offer: LayoutOffer) -> None:
        """What was decided of a form much like this one."""
        entry = offer.decision
        roles = " | ".join(self._words.role(role) for role in offer.roles) or self._visit.say("form_no_list")
        words = {
            "likeness": f"{offer.likeness:.0%}",
            "name": entry.form[:80],
            "who": entry.who,
            "at": entry.at,
        }
        ui.label(self._visit.say("form_alike", roles=roles, **words)).classes("notice pre")

    def _select(self, number: int) -> ui.select:
        column = self._form.readings[0].columns[number]
        roles = {role: self._words.role(role) for role in _ROLES}
        label = clip(f"{column.name} {column.header}", 40)
        select = (
            ui.select(roles, label=label, value=self._roles[number])
            .props("dense outlined")
            .classes("role-select")
        )
        select.on_value_change(lambda event: self._changed(number, event.value))
        return select

    async def _changed(self, number: int, role: str) -> None:
        if self._roles[number] != role:
            self._roles[number] = role
            self._mark()
            await self.preview()

    async def _take(self, number: int) -> None:
        """Take the columns of another reading of the form."""
        for index, column in enumerate(self._form.readings[number].columns[: len(self._selects)]):
            self._selects[index].set_value(column.role if column.role in _ROLES else "ignore")

    async def _take_offer(self) -> None:
        """Take the columns as they were decided for the form that is much like this one; nothing is confirmed yet."""
        for select, role in zip(self._selects, self._offer.roles if self._offer else (), strict=False):
            select.set_value(role if role in _ROLES else "ignore")

    def _set(self, role: str) -> None:
        self._selects[self._chosen].set_value(role)

    def _choose(self, number: int) -> None:
        self._chosen = number % len(self._roles)
        self._mark()

    async def draw(self) -> None:
        """The page with its columns; a click chooses the column."""
        path, location = self._form.places[0]
        columns = tuple(column.name for column in self._form.readings[0].columns)
        request = PlaceRequest(path, "", Location(location.page, location.sheet), columns)
        address, picture = await run.io_bound(
            self._visit.workspace.pictures.draw, request, self._visit.language
        )
        if is_gone():
            return
        with self._holder:
            if not isinstance(picture, PlacePicture):
                ui.label(picture).classes("notice pre")
                return
            self._picture = picture
            label = self._visit.say("picture_of_page")
            with (
                ui.element("div")
                .classes("page-frame high")
                .props(f'tabindex="0" role="region" aria-label="{label}"')
            ):
                self._image = ui.interactive_image(
                    address, on_mouse=self._clicked, events=["mousedown"], sanitize=False
                )
                self._image.style(
                    f"width: {picture.width}px; aspect-ratio: {picture.width} / {picture.height}; max-width: none"
                )
        self._mark()

    def _clicked(self, event: events.MouseEventArguments) -> None:
        for number, boxes in enumerate(self._picture.boxes if self._picture else ()):
            if any(box[0] <= event.image_x <= box[2] for box in boxes):
                self._choose(number)
                self._selects[number].run_method("showPopup")
                return

    def _mark(self) -> None:
        """Colour the columns by their roles, the chosen one with a thick edge."""
        for number, select in enumerate(self._selects):
            select.classes(
                add="chosen" if number == self._chosen else "",
                remove="" if number == self._chosen else "chosen",
            )
        if self._picture is None:
            return
        marks = []
        for number, boxes in enumerate(self._picture.boxes):
            if boxes:
                left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
                right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
                chosen = " chosen" if number == self._chosen else ""
                marks.append(
                    f'<rect x="{left:.0f}" y="{top:.0f}" width="{right - left:.0f}" height="{bottom - top:.0f}"'
                    f' class="role role-{self._roles[number]}{chosen}"/>'
                )
        self._image.set_content("".join(marks))

    async def preview(self) -> None:
        """The rows that the roles would give."""
        decision = LayoutDecision(self._form.form_key, tuple(self._roles))
        path = self._form.places[0][0]
        preview = await run.io_bound(
            self._visit.workspace.pictures.preview, path, decision, self._visit.language
        )
        if is_gone() or tuple(self._roles) != decision.roles:
            return  # another choice was made meanwhile
        self._rows.clear()
        with self._rows:
            heading(self._visit.say("form_rows", count=preview.count), 3)
            if preview.message:
                ui.label(preview.message).classes("notice pre")
            names = ("item_no", "requirement", "answer_raw", "answer", "remarks")
            columns = [
                {
                    "field": name,
                    "headerName": self._visit.say(f"found_{name}"),
                    "width": 90,
                    "tooltipField": name,
                }
                | ({"flex": 2, "minWidth": 180} if name == "requirement" else {"flex": 1, "minWidth": 70})
                for name in names
            ]
            rows = [
                {"id": n, "item_no": clip(row.item_no), "requirement": clip(row.requirement), "answer_raw": clip(row.answer_raw),
                 "answer": self._words.answer(row.answer), "remarks": clip(row.remarks)}
                for n, row in enumerate(preview.rows)
            ]  # fmt: skip
            text_grid(columns, rows, self._visit.language).classes("preview")

    async def _confirm_roles(self) -> None:
        await self._confirm(_JOINT.join(self._roles))

    async def _confirm(self, roles: str) -> None:
        cells = {"form_key": self._form.form_key, "form": self._form.name[:_LONGEST_NAME], "roles": roles}
        if await decide(self._visit, DecisionKind.LAYOUT, cells) is not None:
            ui.notify(self._visit.say("form_decided", files=len(self._form.places)))
            ui.navigate.to("/queue")
