"""A template of the product and texts of vendors in, a self-contained page out in which no text of a vendor is run as code.

Texts are escaped by the template; style and script are the product's own files, allowed by their hash, so that no other
could run even if it got into the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from normalizers.text import ILLEGAL
from pipeline.texts.sanitize import sanitize_text

_ILLEGAL = re.compile(rf"[{ILLEGAL}\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page: the package of its template, the template's name, its own style and script, names that the template knows."""

    package: str
    template: str
    style: str
    script: str = ""
    names: Mapping[str, object] = field(default_factory=dict)


def page_html(page: HtmlPage, values: Mapping[str, Any]) -> str:
    """The page as text; `values` are plain and not yet escaped. Raises jinja2.UndefinedError for a name not given."""
    environment = Environment(
        loader=PackageLoader(page.package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.globals.update(page.names)
    text: str = environment.get_template(page.template).render(
        values,
        style=Markup(page.style),  # safe: this product's own files
        script=Markup(page.script),
        policy=_policy(page.style, page.script),
    )
    return text


def own_file(package: str, name: str) -> str:
    """The text of one of the product's own files."""
    return resources.files(package).joinpath(name).read_text(encoding="utf-8")


def _printable(value: object) -> object:
    """Nothing for None, text with what turns the direction of writing spelled out; the product's own markup as it is."""
    if value is None:
        return ""
    return _ILLEGAL.sub("", sanitize_text(value)) if type(value) is str else value


def _policy(style: str, script: str) -> str:
    """Content security policy: nothing may be loaded, and only this style and this script count."""
    run = f"'{_hash(script)}'" if script else "'none'"
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src {run}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
