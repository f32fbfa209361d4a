"""Comments and notes on cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from extractors.excel.workbook import read_workbook
from extractors.grid import Document
from tests.extractors.excel.books import add_part
from tests.extractors.excel.drawings import add_relations

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


def _comments(document: Document) -> dict[str, tuple[str, ...]]:
    return {str(c.location.cells): c.comments for c in document.grids[0].cells if c.comments}


def _book(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["1", "鍵は替えるか", "○"])
    path = tmp_path / "回答.xlsx"
    book.save(path)
    return path


def test_notes_stand_on_their_cells_blank_ones_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["1", "鍵は替えるか", "○"])
    sheet["C1"].comment = Comment("来月から替えます。", "見本")
    sheet["E1"].comment = Comment("要確認", "見本")
    sheet.merge_cells("C1:D1")
    path = tmp_path / "回答.xlsx"
    book.save(path)
    document = read_workbook(path)
    assert _comments(document) == {"C1:D1": ("来月から替えます。",), "E1": ("要確認",)}
    assert document.issues == ()


def _note(text: str) -> bytes:
    """A part with one note on C1."""
    return (
        f'<comments xmlns="{_MAIN}"><authors><author>見本</author></authors><commentList>'
        f'<comment ref="C1" authorId="0"><text>{text}</text></comment></commentList></comments>'
    ).encode()


def test_runs_are_joined_without_furigana(tmp_path: Path) -> None:
    path = _book(tmp_path)
    runs = (
        '<r><t>見本:</t></r><r><t xml:space="preserve">\n鍵は古い</t></r><rPh sb="0" eb="1"><t>カギ</t></rPh>'
    )
    add_part(path, "xl/comments1.xml", _note(runs))
    add_relations(path, [("m1", "comments", "../comments1.xml")])
    assert _comments(read_workbook(path)) == {"C1": ("見本:\n鍵は古い",)}


def test_thread_replaces_the_note_for_older_programs(tmp_path: Path) -> None:
    path = _book(tmp_path)
    threads = (
        f'<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="C1" id="1"><text>いつからですか</text>'
        '</threadedComment><threadedComment ref="C1" id="2" parentId="1"><text>来年です</text></threadedComment>'
        "</ThreadedComments>"
    )
    add_part(path, "xl/comments1.xml", _note("<t>[スレッド] 旧版では表示されません</t>"))
    add_part(path, "xl/threadedComments/threadedComment1.xml", threads.encode())
    targets = (
        ("m1", "comments", "comments1"),
        ("m2", "threadedComment", "threadedComments/threadedComment1"),
    )
    add_relations(path, [(key, kind, f"../{name}.xml") for key, kind, name in targets])
    document = read_workbook(path)
    assert _comments(document) == {"C1": ("いつからですか", "来年です")}
    assert document.issues == ()


@pytest.mark.parametrize(
    ("part", "count"),
    [
        (b"<comments", "1"),
        (b'<comments><commentList><comment ref="??"/></commentList></comments>', "1"),
        (b'<comments><commentList><comment ref="ZZZ9999999"/></commentList></comments>', "1"),
    ],
)
def test_broken_comments_are_told(tmp_path: Path, part: bytes, count: str) -> None:
    path = _book(tmp_path)
    add_part(path, "xl/threadedComments/threadedComment1.xml", part)
    add_relations(path, [("m2", "threadedComment", "../threadedComments/threadedComment1.xml")])
    (issue,) = read_workbook(path).issues
    assert (issue.code, dict(issue.params)) == ("comments_not_read", {"count": count})
