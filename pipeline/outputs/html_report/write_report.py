"""A comparison in, report.html out: one file that holds all it needs, with a policy that lets it load nothing."""

from __future__ import annotations

from pathlib import Path

from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import Comparison
from pipeline.outputs.html_page import HtmlPage, own_file, page_html
from pipeline.outputs.html_report.page_values import page_values
from pipeline.outputs.html_report.words import phrase
from pipeline.system.atomic_write import atomic_write

_PACKAGE = "pipeline.outputs.html_report"


def write_report(path: Path, comparison: Comparison, language: str) -> None:
    """Write the page in `en` or `ja`; the same comparison gives the same bytes. Raises OSError."""
    text = report_html(comparison, language)
    with atomic_write(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")


def report_html(comparison: Comparison, language: str) -> str:
    """The page as text."""
    style = own_file(_PACKAGE, "report.css") + _state_rules()
    names: dict[str, object] = {
        "say": lambda key, words=None: phrase(language, key, words or {}),
        "labels": Labels(language),
    }
    page = HtmlPage(_PACKAGE, "report.html.jinja", style, own_file(_PACKAGE, "report.js"), names)
    return page_html(page, page_values(comparison, language))


def _state_rules() -> str:
    """A class for every state: fill and ink for cells, fill for the parts of bars."""
    rules = []
    for state, style in state_styles().items():
        weight = "700" if style.kind in {"gap", "open"} else "400"
        rules.append(f".s-{state}{{background:{style.fill};color:{style.ink};font-weight:{weight}}}")
        rules.append(f"rect.s-{state}{{fill:{style.fill}}}")
    return "\n".join(rules) + "\n"
