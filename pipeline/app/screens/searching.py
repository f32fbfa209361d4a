"""検索: words over all texts, saved questions as buttons, SQL for analysts; what came out as CSV or workbook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from nicegui import run, ui
from starlette.requests import Request

from pipeline.app.widgets.page_frame import KeyBinding, frame, heading, is_gone, keys, show_error
from pipeline.app.widgets.text_grid import clip, text_grid
from pipeline.app.workspace import Visit, visit_of
from pipeline.errors import ChecksheetError
from pipeline.query.query import Answer, query
from pipeline.query.saved_questions import saved_questions
from pipeline.query.search import COLUMNS, UNUSED
from pipeline.viewer.words import ViewerWords

MOST = 500  # rows that are shown; a download holds all
_WIDTHS = {
    "requirement": 420,
    "remarks": 320,
    "answer_raw": 200,
    "path": 260,
    "item_no": 80,
    "answer": 120,
    "row": 70,
}


async def page(request: Request) -> None:
    """The page /search."""
    visit = visit_of(request)
    words, sql = request.query_params.get("q", ""), request.query_params.get("sql", "")
    with frame(visit, "search"):
        _form(visit, words, sql)
        if words or sql:
            await _show(visit, words, sql)


def _form(visit: Visit, words: str, sql: str) -> None:
    """The field for words, the saved questions, and the field for SQL."""

    def search() -> None:
        ui.navigate.to(f"/search?{urlencode({'q': field.value or ''})}")

    with ui.element("div").classes("line filters"):
        field = (
            ui.input(visit.say("search_words"), value=words)
            .props("outlined dense autofocus")
            .classes("search-field")
        )
        field.on("keydown.enter", search)
        ui.button(visit.say("search_go"), on_click=search)
    with ui.element("div").classes("line filters"):
        for question in saved_questions():
            address = f"/search?{urlencode({'sql': question.sql})}"
            ui.link(question.title(visit.language), address).classes("chip")
    with ui.expansion(visit.say("sql_title"), value=bool(sql)).classes("wide paper"):
        area = ui.textarea(
            visit.say("sql_label"), value=sql or "SELECT vendor, item_no, answer, answer_raw FROM latest"
        )
        area.props("outlined autogrow input-class=code").classes("wide")
        ui.button(
            visit.say("sql_go"), on_click=lambda: ui.navigate.to(f"/search?{urlencode({'sql': area.value})}")
        )
        ui.label(visit.say("sql_hint")).classes("quiet")
    keys(visit, [KeyBinding("/", "key_search", lambda: field.run_method("focus"))])


async def _show(visit: Visit, words: str, sql: str) -> None:
    try:
        if sql:
            answer = await run.io_bound(query, visit.workspace.dataset, sql)
        else:
            index = await run.io_bound(visit.workspace.search.get)
            answer = await run.io_bound(index.find, words, MOST + 1)
    except ChecksheetError as error:
        show_error(visit, error)
        return
    if is_gone():
        return
    more = len(answer.rows) > MOST
    heading(visit.say("rows_more" if more else "rows_count", count=min(len(answer.rows), MOST)))
    if answer.rows:
        _downloads(visit, {"sql": sql} if sql else {"q": words})
        _grid(visit, answer, bool(sql))


def _downloads(visit: Visit, asked_for: dict[str, str]) -> None:
    with ui.element("div").classes("line filters"):
        for name in ("result.csv", "result.xlsx"):
            ui.link(
                visit.say(f"download_{name.rsplit('.', 1)[1]}"), f"/download/{name}?{urlencode(asked_for)}"
            ).classes("download")


def _grid(visit: Visit, answer: Answer, own_columns: bool) -> None:
    rows = answer.rows[:MOST]
    titles = answer.columns if own_columns else tuple(visit.say(f"found_{name}") for name in COLUMNS)
    columns = [
        {
            "field": f"c{number}", "headerName": clip(title, 80), "width": _WIDTHS.get(answer.columns[number], 150),
            "tooltipField": f"c{number}", "wrapText": answer.columns[number] == "requirement",
            "autoHeight": answer.columns[number] == "requirement",
        }
        for number, title in enumerate(titles)
    ]  # fmt: skip
    data = [
        {"id": index, **{f"c{number}": _shown(value) for number, value in enumerate(row)}}
        for index, row in enumerate(rows if own_columns else _in_words(rows, visit))
    ]
    grid = text_grid(
        columns, data, visit.language, {"enableCellTextSelection": True, "ensureDomOrder": True}
    ).classes("tall")
    if not own_columns:
        places = {index: (row[-2], row[-1]) for index, row in enumerate(rows)}
        grid.on("cellDoubleClicked", lambda event: _open(places[event.args["data"]["id"]]))


def _in_words(rows: Sequence[tuple[Any, ...]], visit: Visit) -> list[tuple[Any, ...]]:
    """The rows with the word for each answer in the visitor's language."""
    words, column = ViewerWords(visit.language), COLUMNS.index("answer")
    unused = visit.say("unused_cell")
    return [
        (*row[:column], unused if row[column] == UNUSED else words.answer(row[column]), *row[column + 1 :])
        for row in rows
    ]


def _open(place: tuple[str, int | None]) -> None:
    if place[1] is not None:
        ui.navigate.to(f"/queue?{urlencode({'item': f'{place[0]}:{place[1]}'})}")


def _shown(value: object) -> str:
    return "" if value is None else clip(str(value))
