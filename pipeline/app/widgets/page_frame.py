"""What stands around every screen: the way to the others, how far a run is, the keys, and how errors are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from nicegui import Client, events, ui
from nicegui.elements.mixins.text_element import TextElement

from pipeline.app.workspace import Visit
from pipeline.errors import ChecksheetError, DatasetMissing

SCREENS = (
    ("inbox", "/inbox"), ("queue", "/queue"), ("compare", "/compare"), ("ask", "/ask"), ("yearly", "/yearly"),
    ("judge", "/judge"), ("search", "/search"), ("runs", "/runs"),
)  # fmt: skip
NARROW = 700  # CSS pixels under which a screen shows less
_POLL = 0.5  # seconds between looks at a run
_TYPING = ["input", "select", "textarea"]
_PUSH = "Enter"


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """A key, what it does in words (a key of the phrases), and the doing."""

    key: str
    phrase: str
    act: Callable[[], object]
    shown: str = ""


@contextmanager
def frame(visit: Visit, screen: str) -> Iterator[ui.element]:
    """The page of a screen: header, status of the run, and the main part, into which what follows is put."""
    title = visit.say(f"screen_{screen}")
    ui.page_title(f"{title} – checksheet")
    ui.add_head_html('<link rel="stylesheet" href="/look.css"><link rel="stylesheet" href="/states.css">')
    ui.add_head_html(f'<script>document.documentElement.lang = "{visit.language}"</script>')
    ui.add_head_html('<script src="/names.js" defer></script>')
    ui.colors(primary="#1f4e79")
    main = ui.element("main").classes("screen").props(f'id="main" tabindex="-1" aria-label="{title}"')
    ui.skip_link(visit.say("skip"), target=main)
    with ui.header().classes("bar"):
        ui.label("checksheet").classes("product")
        with ui.element("nav").classes("ways").props(f'aria-label="{visit.say("screens")}"'):
            for name, address in SCREENS:
                link = ui.link(visit.say(f"screen_{name}"), address).classes("way")
                if name == screen:
                    link.props('aria-current="page"')
        ui.space()
        _run_status(visit)
        ui.label(
            visit.visitor.name
            if visit.visitor.may_write
            else visit.say("reads_only", name=visit.visitor.name)
        ).classes("who")
        second = "en" if visit.language == "ja" else "ja"
        ui.link(visit.say("second_language"), f"?lang={second}").classes("way").props(f'lang="{second}"')
    with main:
        tagged("h1", title).classes("unseen")
        yield main


def tagged(tag: str, text: str) -> TextElement:
    """An element of that tag; its text is a text and never markup."""
    return TextElement(tag=tag, text=text)


def heading(text: str, level: int = 2) -> ui.element:
    """A heading of a part of the screen."""
    return tagged(f"h{level}", text).classes(f"heading heading-{level}")


def _run_status(visit: Visit) -> None:
    """A line that tells how far a run is, kept up to date."""
    runs = visit.workspace.runs
    label = ui.label("").classes("status").props('role="status"')

    def show() -> None:
        state = runs.state
        if state.running and state.total and state.name:
            text = visit.say(
                "run_reading", done=state.done, total=state.total, name=state.name.rsplit("/", 1)[-1][:30]
            )
        elif state.running:
            text = visit.say("run_working")
        else:
            text = visit.say("run_failed") if state.error else ""
        label.set_text(text)
        label.classes(
            add="failed" if state.error and not state.running else "", remove="" if state.error else "failed"
        )

    show()
    ui.timer(_POLL, show)


def on_run_end(visit: Visit, act: Callable[[], object]) -> None:
    """Call `act` after each run that ends while the page is open."""
    seen = [visit.workspace.runs.state.number]

    async def look() -> None:
        state = visit.workspace.runs.state
        if state.number != seen[0]:
            seen[0] = state.number
            if state.error:
                ui.notify(state.error, type="negative", multi_line=True, timeout=0, close_button=True)
            result = act()
            if hasattr(result, "__await__"):
                await result

    ui.timer(_POLL, look)


def is_gone() -> bool:
    """Whether the page was left while it waited for something: nothing can be shown on it any more."""
    return ui.context.client.id not in Client.instances


def keys(visit: Visit, bindings: Sequence[KeyBinding]) -> None:
    """Listen for keys while nobody types into a field, and show them under the screen."""
    by_key = {binding.key: binding for binding in bindings}

    async def pressed(own: set[str], event: events.KeyEventArguments) -> None:
        held = event.modifiers
        if not event.action.keydown or event.action.repeat or held.ctrl or held.alt or held.meta:
            return
        binding = by_key.get(event.key.name)
        if binding is not None and binding.key in own:
            result = binding.act()
            if hasattr(result, "__await__"):
                await result

    if not bindings:
        return
    # Enter on a button or link is that button's alone: it must not decide a second thing.
    for pushes, ignored in ((True, [*_TYPING, "button", "a"]), (False, _TYPING)):
        own = {key for key in by_key if (key == _PUSH) == pushes}
        if own:
            ui.keyboard(partial(pressed, own), ignore=ignored)
    with ui.element("section").classes("keys").props(f'aria-label="{visit.say("keys")}"'):
        for binding in bindings:
            if binding.phrase:
                with ui.element("span").classes("key"):
                    tagged("kbd", binding.shown or binding.key)
                    tagged("span", visit.say(binding.phrase))


def show_error(visit: Visit, error: ChecksheetError) -> None:
    """A sentence where a screen has nothing to show; where the first run goes on, the screen comes back behind it."""
    if isinstance(error, DatasetMissing) and visit.workspace.runs.state.running:
        ui.label(visit.say("run_first")).classes("quiet").props('role="status"')
        on_run_end(visit, ui.navigate.reload)
        return
    with ui.element("div").classes("notice").props('role="alert"'):
        ui.label(error.text(visit.language))


async def window_width() -> int:
    """The width of the browser's window in CSS pixels."""
    await ui.context.client.connected()
    return int(await ui.run_javascript("window.innerWidth"))
