"""A standing in, report.html out: one file, all in it, and a policy that lets it load nothing."""

from __future__ import annotations

from pathlib import Path

from pipeline.assess.comparison.labels import Speech, looks
from pipeline.assess.comparison.model import Standing
from pipeline.outputs.html_page import Page, own_file, page_html
from pipeline.outputs.html_report.page import page_of
from pipeline.outputs.html_report.words import told
from pipeline.system.atomic_write import atomic_write

_PACKAGE = "pipeline.outputs.html_report"


def write_report(path: Path, standing: Standing, language: str) -> None:
    """Write the page in `en` or `ja`; the same standing gives the same bytes. Raises OSError."""
    text = report_html(standing, language)
    with atomic_write(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def report_html(standing: Standing, language: str) -> str:
    """The page as text."""
    style = own_file(_PACKAGE, "report.css") + _state_rules()
    names: dict[str, object] = {
        "say": lambda key, words=None: told(language, key, words or {}),
        "speech": Speech(language),
    }
    page = Page(_PACKAGE, "report.html.jinja", style, own_file(_PACKAGE, "report.js"), names)
    return page_html(page, page_of(standing, language))


def _state_rules() -> str:
    """A class for every state: fill and ink for cells, fill for the parts of bars."""
    rules = []
    for state, look in looks().items():
        weight = "700" if look.kind in {"gap", "open"} else "400"
        rules.append(f".s-{state}{{background:{look.fill};color:{look.ink};font-weight:{weight}}}")
        rules.append(f"rect.s-{state}{{fill:{look.fill}}}")
    return "\n".join(rules) + "\n"
