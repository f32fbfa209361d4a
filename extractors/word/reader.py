"""`.docx` / `.docm` file → one Grid: its tables and the paragraphs between them, one below the other.

Word files have no fixed pages. Tables of as many columns share the grid's columns, as a list that goes on under a
heading does; others are laid over them by their widths. A paragraph between tables is a row as wide as the grid.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from extractors.errors import BROKEN_PACKAGE, Damaged
from extractors.grid import Document, Source, source_name
from extractors.package.activex import read_activex
from extractors.package.archive import Package
from extractors.package.unpacked_size import check_unpacked
from extractors.package.xml_parts import Element, child, children, local, main_part, parse_part, relations_of
from extractors.strikethrough import struck_texts
from extractors.word.grids import flow_to_grid
from extractors.word.lines import WordLine, WordParts
from extractors.word.numbering import read_numbering
from extractors.word.read_tables import (
    Block,
    WordTable,
    block_line,
    blocks,
    inner_tables,
    is_frame,
    read_table,
)
from extractors.word.styles import read_styles, value
from extractors.word.texts import boxed_text

_MAIN = "word/document.xml"
_RUNNING = {"header", "footer"}
_ON = {"1", "true", "on"}
_NOTES = {"footnotes", "endnotes"}


def read_word(path: Source) -> Document:
    """Read the tables and paragraphs of the Word file `path`. Raises Damaged or TooLarge."""
    try:
        with Package(path) as package:
            check_unpacked(package, path)
            return _read_package(package, source_name(path))
    except BROKEN_PACKAGE as error:
        raise Damaged(detail=str(error)[:200]) from error


def _read_package(package: zipfile.ZipFile, name: str) -> Document:
    main = main_part(package, _MAIN)
    body = child(parse_part(package, main), "body")
    if body is None:
        raise Damaged(detail=f"{main} is no text of Word")
    word = _word(package, main)
    running = tuple((text, why) for part, why in _aside_parts(package, main) for text in _texts(part, word))
    grid, issues = flow_to_grid(_flow(body, word), name, running)
    return Document((grid,), "wordprocessingml", issues=(*issues, *struck_texts(grid)))


def _word(package: zipfile.ZipFile, main: str) -> WordParts:
    """What the other parts tell."""
    relations = relations_of(package, main)
    parts = {relation.kind: relation.part for relation in relations}

    def root(kind: str) -> Element | None:
        return parse_part(package, parts[kind]) if kind in parts else None

    comments = root("comments")
    texts = (
        {value(c, "id"): boxed_text(c, WordParts()) for c in children(comments, "comment")}
        if comments is not None
        else {}
    )
    controls = {r.key: read_activex(package, r.part) for r in relations if r.kind == "control"}
    protection = child(root("settings"), "documentProtection")
    protected = protection is not None and value(protection, "enforcement").lower() in _ON
    return WordParts(
        read_styles(root("styles")), read_numbering(root("numbering")), texts, controls, protected
    )


def _flow(node: Element, word: WordParts) -> Iterator[WordLine | WordTable]:
    """The paragraphs and tables of a node in order; those of a frame as if it were not there."""
    for block in blocks(node, "p", "tbl"):
        if local(block.element) == "p":
            yield block_line(block, word)
        elif is_frame(block.element):
            for row in blocks(block.element, "tr"):
                for cell in blocks(row.element, "tc"):
                    yield from _flow(cell.element, word)
        else:
            yield from _table(block, word)


def _table(block: Block, word: WordParts) -> Iterator[WordTable]:
    yield read_table(block, word)
    for inner in inner_tables(block.element):
        yield from _table(inner, word)


def _aside_parts(package: zipfile.ZipFile, main: str) -> Iterator[tuple[Element, str | None]]:
    """Page headers, footers and footnotes, and why they stand in no row."""
    for relation in relations_of(package, main):
        if relation.kind in _RUNNING | _NOTES:
            root = parse_part(package, relation.part)
            if root is not None:
                yield root, "note" if relation.kind in _NOTES else None


def _texts(root: Element, word: WordParts) -> Iterator[str]:
    plain = WordParts(word.styles, comments=word.comments)
    tables_and_lines = (
        [root] if any(True for _ in blocks(root, "p", "tbl")) else list(children(root, "footnote", "endnote"))
    )
    for node in tables_and_lines:
        text = boxed_text(node, plain)
        if text:
            yield text
