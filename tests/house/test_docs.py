"""The documentation: every path, module, command and heading that it names is there."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.cli import COMMANDS
from pipeline.dataset.data_dictionary import columns_markdown
from tests.conftest import ROOT
from tests.house.tree import each_file, tree_of

PAGES = sorted(
    [ROOT / "README.md", ROOT / "README.ja.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
)
TOP = {"pipeline", "extractors", "normalizers", "tests", "docs", "benchmarks"}
ENDINGS = (".py", ".toml", ".tsv", ".npz", ".jinja")
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
_BACKTICKED = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"[\w./*-]+")
_MODULE = re.compile(rf"(?:{'|'.join(sorted(TOP))})(?:\.\w+)+")
_FUNCTION = re.compile(r"(?P<path>[\w./-]+\.py):(?P<name>\w+)")
_FILE = re.compile(r"(?<![\w/*.-])[\w/-]+\.(?:py|toml)\b")
_COMMENT = re.compile(r"#.*")
_RUN = re.compile(r"python3? -m ([\w.]+)")
_LINK = re.compile(r"\]\((?!\w+:)([^)\s#]*)(?:#([^)\s]*))?\)")
_HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@cache
def _tracked() -> tuple[str, ...]:
    """The files of the repository, and what is not committed yet; generated ones are ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    files = listed or [path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file()]
    return tuple(f"/{name}" for name in files)


def _is_there(token: str) -> bool:
    """Whether a path of a page stands in the repository: from the top, or, where its top is no folder, as an end."""
    if token.split("/", maxsplit=1)[0] in TOP:
        return any(ROOT.glob(token.rstrip("/")))
    if token.endswith("/"):
        return any(f"/{token}" in name for name in _tracked())
    return any(name.endswith(f"/{token}") for name in _tracked())


def _paths(text: str) -> list[str]:
    """The backticked words of a page that are paths of the program's files and folders; data/ is the user's."""
    tokens = [t for t in _BACKTICKED.findall(text) if _PATH.fullmatch(t) and not t.startswith(("data/", "."))]
    return [
        token for token in tokens if ("/" in token and token.split("/")[0] in TOP) or token.endswith(ENDINGS)
    ]


def _slug(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _is_module(name: str) -> bool:
    """Whether this is a module, or a name in one."""
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        module, _, attribute = name.rpartition(".")
        spec = find_spec(module)
        return (
            spec is not None
            and bool(spec.origin)
            and attribute in Path(str(spec.origin)).read_text(encoding="utf-8")
        )


@each_page
def test_every_path_on_a_page_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert [token for token in _paths(text) if not _is_there(token)] == []


@each_page
def test_every_module_on_a_page_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    modules = [token for token in _BACKTICKED.findall(text) if _MODULE.fullmatch(token)] + _RUN.findall(text)
    assert [name for name in modules if not _is_module(name)] == []


@each_page
def test_every_function_on_a_page_stands_in_its_file(page: Path) -> None:
    """`pipeline/ingest.py:ingest` is a function of that file."""
    named = [
        match
        for token in _BACKTICKED.findall(page.read_text("utf-8"))
        if (match := _FUNCTION.fullmatch(token))
    ]
    missing = [
        match.group()
        for match in named
        if not (ROOT / match["path"]).is_file()
        or not re.search(
            rf"^(?:def|class) {match['name']}\b", (ROOT / match["path"]).read_text("utf-8"), re.MULTILINE
        )
    ]
    assert missing == []


@each_page
def test_every_link_on_a_page_leads_somewhere(page: Path) -> None:
    for target, anchor in _LINK.findall(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        linked = (page.parent / target) if target else page
        assert linked.exists(), target
        if anchor:
            assert anchor in set(map(_slug, _HEADING.findall(linked.read_text(encoding="utf-8")))), anchor


def test_every_module_that_make_runs_is_there() -> None:
    names = re.findall(r"\$\(BIN\)/python -m ([\w.]+)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert len(names) > 5
    assert [name for name in names if not _is_module(name)] == []


@each_file
def test_every_file_that_a_comment_names_is_there(path: Path) -> None:
    tree = tree_of(path)
    scopes = [
        node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    texts = [ast.get_docstring(node) or "" for node in scopes]
    texts += _COMMENT.findall(path.read_text(encoding="utf-8"))
    assert [name for text in texts for name in _FILE.findall(text) if not _is_there(name)] == []


def test_paths_are_seen_on_a_page() -> None:
    assert _paths("`pipeline/cli.py`, `lexicon.toml`, `a/b`, `SELECT 1`, `docs/`") == [
        "pipeline/cli.py",
        "lexicon.toml",
        "docs/",
    ]
    assert _is_there("pipeline/ingest.py")
    assert _is_there("answers/lexicon.toml")
    assert not _is_there("pipeline/nowhere.py")
    assert not _is_there("nowhere.toml")


@pytest.mark.parametrize("page", ["README.md", "README.ja.md"])
def test_every_command_is_named_in_the_readme(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    names = [command.name for command in COMMANDS]
    assert set(names) > {"ingest", "query", "describe"}
    assert [name for name in names if f"checksheet {name}" not in text] == []


def test_the_columns_are_documented_as_they_are() -> None:
    assert (ROOT / "docs" / "columns.md").read_text(encoding="utf-8") == columns_markdown()
