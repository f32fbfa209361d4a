"""What stands behind a cell of the comparison, and behind one answer: question, answer, remarks, place and picture."""

from __future__ import annotations

from nicegui import run, ui

from extractors.location import Location
from pipeline.app.widgets.page_frame import heading, is_gone
from pipeline.app.widgets.picture_store import PlaceRequest
from pipeline.app.workspace import Visit
from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import Comparison, ControlLine, VendorResponse
from pipeline.problems import location_text
from pipeline.viewer.place_picture import PlacePicture

LONGEST = 3000  # characters of a text that are shown at once
_PAD = 4


def show_cell(visit: Visit, comparison: Comparison, control: ControlLine, index: int) -> None:
    """How a vendor stands on a control, every answer that says so, and what the other vendors say."""
    labels = Labels(visit.language)
    party = comparison.parties[index]
    cell = comparison.cells.get((control.control_id, index))
    heading(labels.control(control))
    long_text(visit, control.definition, "quiet")
    with ui.element("div").classes("line"):
        ui.label(party.name).classes("strong")
        state_mark(labels, cell.state if cell else "not_asked")
    ui.label(labels.word("meanings", cell.state if cell else "not_asked")).classes("quiet")
    for response in cell.responses if cell else ():
        show_response(visit, response)


def state_mark(labels: Labels, state: str) -> None:
    """Mark and word of a state in its colours."""
    ui.label(labels.shown(state)).classes(f"mark state-{state}")


def show_response(visit: Visit, response: VendorResponse) -> None:
    """One answer: what was asked, what was printed, how it was read, where it stands, and on request its picture."""
    labels = Labels(visit.language)
    with ui.element("section").classes("answer"):
        long_text(visit, labels.item(response, LONGEST), "strong")
        with ui.element("div").classes("facts"):
            for key, text in (
                ("printed", labels.answer(response, LONGEST)), ("read", labels.shown(response.state)),
                ("remarks", response.remarks), ("caveat", response.caveat or ""), ("file", response.path),
                ("place", location_text(response.source, visit.language)),
            ):  # fmt: skip
                if text:
                    ui.label(visit.say(f"fact_{key}"))
                    long_text(visit, text, "")
        holder = ui.element("div").classes("wide")

        async def show_picture() -> None:
            button.disable()
            holder.clear()
            with holder:
                await place_picture(visit, response.path, response.source, response.document_id)

        with ui.element("div").classes("line"):
            button = ui.button(visit.say("show_picture"), on_click=show_picture).props(
                "outline dense padding='xs sm'"
            )
            ui.link(visit.say("to_queue_item"), f"/queue?item={response.document_id}:{response.row}")


def long_text(visit: Visit, text: str, classes: str) -> None:
    """A text with its lines; of a very long one the beginning, and all of it on request."""
    with ui.element("div").classes("long-text"):  # one element, as what lays texts out in columns counts on
        label = ui.label(text[:LONGEST]).classes(f"pre {classes}")
        if len(text) > LONGEST:
            button = ui.button(visit.say("show_all", count=len(text))).props("flat dense")
            button.on_click(lambda: (label.set_text(text), button.delete()))


async def place_picture(visit: Visit, path: str, location: Location, document_id: str) -> None:
    """The page with the place marked, scrolled to it; where there is none, the reason."""
    request = PlaceRequest(path, document_id, location)
    spinner = ui.spinner()
    address, picture = await run.io_bound(visit.workspace.pictures.draw, request, visit.language)
    if is_gone():
        return
    spinner.delete()
    show_drawn(visit, address, picture)


def show_drawn(visit: Visit, address: str, picture: PlacePicture | str) -> None:
    """A page that was drawn, or the reason why there is none."""
    if isinstance(picture, PlacePicture):
        marked_picture(visit, address, picture)
    else:
        ui.label(picture).classes("notice pre")


def marked_picture(visit: Visit, address: str, picture: PlacePicture) -> ui.interactive_image:
    """A picture with its boxes marked, in a frame that scrolls to the first."""
    boxes = [box for group in picture.boxes for box in group]
    marks = "".join(
        f'<rect x="{left - _PAD:.0f}" y="{top - _PAD:.0f}" width="{right - left + 2 * _PAD:.0f}"'
        f' height="{bottom - top + 2 * _PAD:.0f}" class="here"/>'
        for left, top, right, bottom in boxes
    )
    with (
        ui.element("div")
        .classes("page-frame")
        .props(f'tabindex="0" role="region" aria-label="{visit.say("picture_of_page")}"') as holder
    ):
        image = ui.interactive_image(address, content=marks, sanitize=False)
        image.style(
            f"width: {picture.width}px; aspect-ratio: {picture.width} / {picture.height}; max-width: none"
        )
    if boxes:
        left, top, right, bottom = boxes[0]
        middle = ((left + right) / 2, (top + bottom) / 2)
        ui.run_javascript(
            f"setTimeout(() => {{ const f = getElement({holder.id}).$el ?? getElement({holder.id});"
            f" f.scrollTo({middle[0]:.0f} - f.clientWidth / 2, {middle[1]:.0f} - f.clientHeight / 2); }}, 60)"
        )
    return image


def state_rules() -> str:
    """Style rules that give each state its colours, as the comparison workbook has them."""
    return "\n".join(
        f".state-{state} {{ background: {style.fill} !important; color: {style.ink} !important; }}"
        for state, style in state_styles().items()
    )
