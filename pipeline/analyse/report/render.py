"""A standing in, report.html out: one file, all in it, and a policy that lets it load nothing.

Texts of received files are escaped by the template; style and script are this product's own files, allowed by their
hash, so that no other could run even if it got into the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.analyse.report.page import page_of
from pipeline.analyse.report.words import told
from pipeline.analyse.standing.looks import Speech, looks
from pipeline.analyse.standing.model import Standing

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def write_report(path: Path, standing: Standing, language: str) -> None:
    """Write the page in `en` or `ja`; the same standing gives the same bytes. Raises OSError."""
    text = report_html(standing, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.tmp")
    partial.write_text(text, encoding="utf-8", newline="\n")
    partial.replace(path)


def report_html(standing: Standing, language: str) -> str:
    """The page as text."""
    style, script = _own("report.css") + _state_rules(), _own("report.js")
    template = _environment(language).get_template("report.html.jinja")
    page: str = template.render(
        page_of(standing, language),
        style=Markup(style),  # safe: this product's own files
        script=Markup(script),
        policy=_policy(style, script),
    )
    return page


def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("pipeline.analyse.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.globals["say"] = lambda key, words=None: told(language, key, words or {})
    environment.globals["speech"] = Speech(language)
    return environment


def _printable(value: object) -> object:
    """Nothing for None, and text without characters that no page can hold; the product's own markup as it is."""
    if value is None:
        return ""
    return _ILLEGAL.sub("", value) if type(value) is str else value


def _own(name: str) -> str:
    return resources.files("pipeline.analyse.report").joinpath(name).read_text(encoding="utf-8")


def _state_rules() -> str:
    """A class for every state: fill and ink for cells, fill for the parts of bars."""
    rules = []
    for state, look in looks().items():
        weight = "700" if look.kind in {"gap", "open"} else "400"
        rules.append(f".s-{state}{{background:{look.fill};color:{look.ink};font-weight:{weight}}}")
        rules.append(f"rect.s-{state}{{fill:{look.fill}}}")
    return "\n".join(rules) + "\n"


def _policy(style: str, script: str) -> str:
    """Content security policy: nothing may be loaded, and only this style and this script count."""
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
