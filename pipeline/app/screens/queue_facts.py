"""What the queue tells of one answer: question, answer as printed, how it was read and why that is unsure."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import ui

from pipeline.app.widgets.answer_details import long_text
from pipeline.app.widgets.page_frame import heading
from pipeline.app.workspace import Visit
from pipeline.problems import location_text
from pipeline.query.review_queue import QueueItem
from pipeline.viewer.words import ViewerWords


def figure_text(value: Mapping[str, object]) -> str:
    """A figure as a person would write it: 99.9%以上."""
    before, behind = {"min": ("", "以上"), "max": ("", "以下"), "about": ("約", "")}.get(
        str(value["bound"]), ("", "")
    )
    return f"{before}{value['number']:g}{value['unit'] or ''}{behind}"


def show_facts(visit: Visit, item: QueueItem, decided: bool) -> None:
    """Question, answer as printed, how it was read and why that is unsure."""
    row, words = item.row, ViewerWords(visit.language)
    name = row["control_name"] if visit.language == "ja" else row["control_name_en"] or row["control_name"]
    heading(" ".join(filter(None, (row["vendor"], row["service"]))))
    with ui.element("div").classes("line"):
        if item.reason:
            ui.label(visit.say(f"why_{item.reason}")).classes("mark why")
        if decided:
            ui.label(visit.say("decided")).classes("mark state-met")
    number = " ".join(filter(None, (row["item_no"], row["sub_item"])))
    long_text(visit, f"{number}　{row['requirement'] or row['item'] or ''}".strip(), "strong")
    read_as = f"{words.letter(row['answer'])} {words.answer(row['answer'])}"
    if row["value"]:
        read_as += f"　{figure_text(row['value'])}"
    if item.planned_date:
        read_as += f"　{item.planned_date.isoformat()}"
    with ui.element("div").classes("facts"):
        for key, text in (
            ("printed", row["answer_raw"] or visit.say("blank")), ("read", read_as), ("remarks", row["remarks"]),
            ("caveat", row["caveat"]), ("control", name), ("file", row["path"]),
            ("place", location_text(item.location, visit.language)), ("messages", "\n".join(item.messages)),
        ):  # fmt: skip
            if text:
                ui.label(visit.say(f"fact_{key}"))
                long_text(visit, text, "printed" if key == "printed" else "")
