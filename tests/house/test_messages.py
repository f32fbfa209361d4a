"""The messages: every code in use has one in both languages, every message is in use and gets the values it names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from string import Formatter

import pytest

from extractors.errors import ReadError
from extractors.formats import FORMATS
from normalizers.vocabulary import load
from pipeline.problems import LANGUAGES
from tests.conftest import ROOT
from tests.house.tree import FILES, tree_of

MESSAGES: dict[str, dict[str, str]] = load("pipeline.texts", "messages.toml")
ALWAYS = {"path", "place"}
MAKERS = {"Issue"}


def _name(node: ast.AST | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _holes(code: str) -> set[str]:
    texts = [MESSAGES[code][language] for language in LANGUAGES]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name} - ALWAYS


def _texts(node: ast.AST | None) -> set[str]:
    """The string constants that an expression may be: of both sides of an `if`, too."""
    if isinstance(node, ast.IfExp):
        return _texts(node.body) | _texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def _codes(node: ast.AST, function: ast.AST) -> set[str]:
    """The codes that the first word of an Issue may be; a loop's variable is looked up in the loop's table."""
    if not isinstance(node, ast.Name):
        return _texts(node)
    loops = [loop for loop in ast.walk(function) if isinstance(loop, ast.For)]
    tables = [loop.iter for loop in loops if node.id in {_name(n) for n in ast.walk(loop.target)}]
    return {text for table in tables for n in ast.walk(table) for text in _texts(n) if text in MESSAGES}


def _keys(node: ast.AST | None, function: ast.AST) -> set[str] | None:
    """The values that an Issue gets: of a dict, of a variable filled in the function; None if unknown."""
    if node is None:
        return set()
    if isinstance(node, ast.Dict):
        return {text for key in node.keys for text in _texts(key)}
    if not isinstance(node, ast.Name):
        return None
    found: set[str] = set()
    for entry in ast.walk(function):
        if not isinstance(entry, ast.Assign):
            continue
        for target in entry.targets:
            if _name(target) == node.id:
                found |= _keys(entry.value, function) or set()
            elif isinstance(target, ast.Subscript) and _name(target.value) == node.id:
                found |= _texts(target.slice)
    return found


def _errors() -> dict[str, str]:
    """Name of every kind of ReadError → its code."""
    kinds, found = [ReadError], {}
    while kinds:
        kind = kinds.pop()
        found[kind.__name__] = kind.code
        kinds += kind.__subclasses__()
    return found


def _parts(node: ast.Call) -> tuple[ast.AST | None, ast.AST | None]:
    """The code and the values of a call of Issue."""
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    return (
        node.args[0] if node.args else named.get("code"),
        node.args[2] if len(node.args) > 2 else named.get("params"),
    )


def _uses() -> Iterator[tuple[str, str, set[str] | None]]:
    """Every (location, code, params) at which an issue is made or an error raised."""
    errors = _errors()
    for path in FILES:
        tree = tree_of(path)
        functions: list[ast.AST] = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)] or [tree]
        for function in functions:
            for node in ast.walk(function):
                where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
                if isinstance(node, ast.Call) and _name(node.func) in MAKERS:
                    code, words = _parts(node)
                    for text in _codes(code, function) if code is not None else ():
                        yield where, text, _keys(words, function)
                elif isinstance(node, ast.Call) and _name(node.func) in errors:
                    yield where, errors[_name(node.func)], {k.arg for k in node.keywords if k.arg}
                elif isinstance(node, ast.Raise) and _name(node.exc) in errors:
                    yield where, errors[_name(node.exc)], set()
    for entry in FORMATS:
        if not entry.reader:  # what read.py raises of a kind that has no reader
            yield "extractors/formats.py", entry.refusal, {"kind"}


USES = sorted(
    {(where, code, None if words is None else frozenset(words)) for where, code, words in _uses()}, key=str
)


def test_the_codes_in_use_are_found() -> None:
    found = {code for _, code, _ in USES}
    assert found >= {
        "file_damaged",
        "file_duplicate",
        "number_gap",
        "columns_guessed",
        "answer_contradictory",
    }
    assert len(USES) > 20


def test_every_code_in_use_has_a_message() -> None:
    assert [(where, code) for where, code, _ in USES if code not in MESSAGES] == []


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_in_use(code: str) -> None:
    assert code in {used for _, used, _ in USES}


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_stands_in_both_languages(code: str) -> None:
    assert all(MESSAGES[code][language].strip() for language in LANGUAGES)
    holes = [{n for _, n, _, _ in Formatter().parse(MESSAGES[code][language]) if n} for language in LANGUAGES]
    assert holes[0] == holes[1]


def test_every_message_gets_the_words_it_needs() -> None:
    """`answer_contradictory` and `answer_unclear` share their words; both get at least what they ask for."""
    missing = [
        (where, code, sorted(_holes(code) - words))
        for where, code, words in USES
        if code in MESSAGES and words is not None and not _holes(code) <= words
    ]
    assert missing == []
