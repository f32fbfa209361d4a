"""Names: one name, one meaning, in the whole tree; no bare participle and no pronoun as the name of a thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import ROOT
from tests.house.tree import FILES, MODULES, each_file, short, tree_of


class EqualNames(NamedTuple):
    """Modules that share their last name on purpose: why, and which they are."""

    why: str
    modules: frozenset[str]


def _in(why: str, *modules: str) -> EqualNames:
    return EqualNames(why, frozenset(modules))


EQUAL_MODULES = {
    "layouts": _in(
        "how a table is read: found, decided by people, and the command that lists it",
        "extractors.checklist.columns.layouts", "pipeline.commands.review.layouts", "pipeline.document.layouts",
        "pipeline.review.form_layouts.layouts",
    ),
    "alignments": _in(
        "people's decisions on alignments, and the command over them",
        "pipeline.commands.review.alignments", "pipeline.review.items.alignments",
    ),
    "forms": _in(
        "the forms of a dataset: told apart, and as people decide on them",
        "pipeline.assemble.forms", "pipeline.review.form_layouts.forms",
    ),
    "reader": _in(
        "the reader of one format",
        "extractors.excel.biff.reader", "extractors.excel.opendocument.reader", "extractors.excel.spreadsheetml.reader",
        "extractors.html.reader", "extractors.pdf.reader", "extractors.text.reader", "extractors.word.reader",
    ),
    "model": _in(
        "the plain data of a folder; in align the model of scores",
        "extractors.checklist.model", "extractors.pdf.render.model", "normalizers.answers.model", "pipeline.align.model",
        "pipeline.assess.comparison.model", "pipeline.outputs.html_report.model",
    ),
    "texts": _in(
        "the same step in sibling formats: text as shown, and what of it is struck through",
        "extractors.excel.biff.texts", "extractors.excel.opendocument.texts", "extractors.excel.spreadsheetml.texts",
        "extractors.word.texts",
    ),
    "styles": _in(
        "the same step in sibling formats: what a style says about text",
        "extractors.excel.biff.styles", "extractors.excel.opendocument.styles", "extractors.excel.spreadsheetml.styles",
        "extractors.word.styles",
    ),
    "validations": _in(
        "the same step in sibling formats: lists and prompts of cells",
        "extractors.excel.biff.validations", "extractors.excel.opendocument.validations",
    ),
    "cell_looks": _in(
        "the same step in sibling formats: how a cell looks",
        "extractors.pdf.text.cell_looks", "extractors.word.cell_looks",
    ),
    "drawings": _in(
        "the same step in sibling formats: what is drawn on a sheet",
        "extractors.excel.biff.drawings", "extractors.excel.opendocument.drawings",
    ),
    "grids": _in(
        "the same step in sibling formats: a Grid of what was parsed",
        "extractors.excel.opendocument.grids", "extractors.word.grids",
    ),
    "strikethrough": _in(
        "text struck through: the strokes on a page, and the issue for every format",
        "extractors.pdf.page.strikethrough", "extractors.strikethrough",
    ),
    "errors": _in("the one tree of errors of a room", "extractors.errors", "pipeline.errors"),
    "metadata": _in(
        "title, vendor, date: as printed on a sheet, and decided for the document",
        "extractors.checklist.outside_tables.metadata", "pipeline.document.origin.metadata",
    ),
    "unknown_notations": _in(
        "answers that no rule knows: set unclear in a list, and listed from a dataset",
        "normalizers.responses.unknown_notations", "pipeline.query.unknown_notations",
    ),
    "words": _in(
        "the words of one output in the language that is asked for",
        "pipeline.outputs.comparison.words", "pipeline.outputs.html_report.words", "pipeline.viewer.words",
    ),
    "classify": _in(
        "what something is: an answer cell, a mark in a picture",
        "extractors.marks.classify", "normalizers.answers.classify",
    ),
    "read_page": _in(
        "the same step for two kinds of pages: what is on it, by its file or by its picture",
        "extractors.pdf.shown.read_page", "extractors.scan.read_page",
    ),
    "diff": _in("a command and what it writes", "pipeline.commands.diff", "pipeline.outputs.diff"),
    "ingest": _in("a command and the run that it starts", "pipeline.commands.ingest", "pipeline.ingest"),
    "query": _in("a command and what it asks", "pipeline.commands.query", "pipeline.query.query"),
    "watch": _in("a command and what it waits for", "pipeline.commands.watch", "pipeline.sources.watch"),
}  # fmt: skip
EQUAL_CLASSES: dict[str, EqualNames] = {}
BANNED = {
    "told", "found", "asked", "named", "mine", "left", "one", "other", "others", "bare", "whole", "place",
}  # fmt: skip
SIDES = {"right", "top", "bottom"}
# Modules that are still being written; an entry goes when its names have.
UNFINISHED: dict[str, set[str]] = {}


def _twice(named: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Name → where it stands, for names that stand in several places."""
    places = defaultdict(list)
    for name, where in named:
        places[name].append(where)
    return {name: frozenset(where) for name, where in places.items() if len(where) > 1}


def test_no_two_modules_of_one_name_mean_different_things() -> None:
    files = [
        (name, path) for name, path in MODULES.items() if path.name not in {"__init__.py", "__main__.py"}
    ]
    twice = _twice((path.stem, name) for name, path in files)
    assert twice == {name: entry.modules for name, entry in EQUAL_MODULES.items()}


def test_no_class_name_stands_twice() -> None:
    classes = [
        (node.name, short(path))
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef)
    ]
    assert _twice(classes) == {name: entry.modules for name, entry in EQUAL_CLASSES.items()}


def _bound(scope: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The names that a syntax tree gives to variables, parameters, attributes and functions."""
    for node in ast.walk(scope):
        match node:
            case (
                ast.Name(id=name, ctx=ast.Store())
                | ast.Attribute(attr=name, ctx=ast.Store())
                | ast.arg(arg=name)
                | ast.FunctionDef(name=name)
                | ast.AsyncFunctionDef(name=name)
                | ast.alias(asname=str(name))
                | ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
            ):
                yield name.strip("_"), node


def _words(scope: ast.AST) -> set[str]:
    """The names, attributes and strings of a piece of code, of which `right`, `top` and `bottom` are coordinates."""
    words = {name for name, _ in _bound(scope)}
    words |= {node.attr for node in ast.walk(scope) if isinstance(node, ast.Attribute)}
    return words | {
        node.value
        for node in ast.walk(scope)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _holds_int(tree: ast.AST) -> bool:
    """Whether a `place` is counted: it has the type int, or runs over a range or an enumeration."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(arg="place", annotation=ast.Name(id="int")):
                return True
            case ast.AnnAssign(target=ast.Name(id="place"), annotation=ast.Name(id="int")):
                return True
            case (
                ast.For(target=target, iter=ast.Call(func=ast.Name(id="range" | "enumerate" as kind)))
                | ast.comprehension(
                    target=target, iter=ast.Call(func=ast.Name(id="range" | "enumerate" as kind))
                )
            ):
                index = target.elts[0] if kind == "enumerate" and isinstance(target, ast.Tuple) else target
                if isinstance(index, ast.Name) and index.id == "place":
                    return True
    return False


def _banned_names(tree: ast.Module) -> set[str]:
    """The banned names that a file gives: `left` is a coordinate beside a right, top or bottom of the same function or
    class, and a `place` is a Location, not a figure."""
    names = {name for name, _ in _bound(tree)} & BANNED
    if not _holds_int(tree):
        names -= {"place"}
    if all(_words(part) & SIDES for part in tree.body if "left" in {name for name, _ in _bound(part)}):
        names -= {"left"}
    return names


@each_file
def test_a_name_says_what_the_thing_is(path: Path) -> None:
    assert _banned_names(tree_of(path)) == UNFINISHED.get(short(path), set())


def test_every_unfinished_module_is_there() -> None:
    assert [name for name in UNFINISHED if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def f(found: int) -> None: ...", {"found"}),
        ("def told(): ...", {"told"}),
        ("for index, other in enumerate(rows): ...", {"other"}),
        ("class A:\n    whole: bool", {"whole"}),
        ("def f(self):\n    self._mine = 1", {"mine"}),
        ("def f(box):\n    left, right = box", set()),
        ("def f(rows):\n    left = rows", {"left"}),
        ("def f(row):\n    place = location_of(row)", set()),
        ("def f(place: int): ...", {"place"}),
        ("cells = [place for place, cell in enumerate(row)]", {"place"}),
        ("foundation = 1\nlast_one = 2", set()),
    ],
)
def test_banned_names_are_seen_in_code(code: str, names: set[str]) -> None:
    assert _banned_names(ast.parse(code)) == names
