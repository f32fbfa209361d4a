"""docs/recipes.md in, its questions out; run as a program it writes the results of the queries into the file anew.

python -m tests.recipes
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.ingest import ingest
from pipeline.query.query import query
from pipeline.query.views.make_views import load_views
from pipeline.settings import Settings
from tests.last_year import write_last_year, write_other_list

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "recipes.md"
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"(?:^\|.*\|\n)+", re.MULTILINE)
_VIEWS = re.compile(r"(?<=<!-- views -->\n).*?(?=<!-- end -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question, the SQL that answers it, the result as the page shows it, and the same in Python."""

    title: str
    sql: str
    shown: str
    python: tuple[str, ...]


def recipes(text: str) -> list[Recipe]:
    """The questions of the page: the parts with SQL in them."""
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, body = part.split("\n", 1)
        blocks = [(kind, code) for kind, code in _BLOCK.findall(body)]
        sql = [code for kind, code in blocks if kind == "sql"]
        if sql:
            table = _TABLE.search(body)
            python = tuple(code for kind, code in blocks if kind == "python")
            found.append(Recipe(title, sql[0], table.group() if table else "", python))
    return found


def setup_code(text: str) -> str:
    """The Python that stands before the first question: the imports."""
    first = next(code for kind, code in _BLOCK.findall(text) if kind == "python")
    return str(first)


def markdown_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Rows as a table of Markdown."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(map(_shown, line))} |\n" for line in lines)


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")


def views_markdown() -> str:
    """What the views are, and their columns."""
    lines = []
    for view in load_views():
        if view.public:
            name = f"{view.name}({view.macro})" if view.macro else view.name
            lines += [f"### {name}", "", view.about, "", "| column | meaning |", "|---|---|"]
            lines += [f"| {column} | {meaning} |" for column, meaning in view.columns]
            lines.append("")
    return "\n".join(lines)


def make_dataset(folder: Path, samples: Path) -> Path:
    """The dataset that the page's results are of: the samples, last year's sheet and another list, in `folder`/data/parquet."""
    raw = shutil.copytree(samples, folder / "data" / "raw")
    write_last_year(raw)
    write_other_list(raw)
    ingest(Settings(raw, folder / "data" / "parquet", workers=1))
    return folder / "data" / "parquet"


def rewritten(text: str, dataset: Path) -> str:
    """The page with the results of its queries and the views as they are."""
    text = _VIEWS.sub(lambda _: views_markdown(), text)
    for recipe in recipes(text):
        answer = query(dataset, recipe.sql)
        table = markdown_table(answer.columns, answer.rows)
        block = f"```sql\n{recipe.sql}```\n"
        old = f"{block}\n{recipe.shown}" if recipe.shown else block
        assert text.count(old) == 1, recipe.title
        text = text.replace(old, f"{block}\n{table}")
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(rewritten(page, make_dataset(Path(made), ROOT / "data" / "raw")), encoding="utf-8")
