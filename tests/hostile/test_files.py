"""Every hostile file ends with a word about it, in little time and memory, and takes nothing from the files beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from pipeline.document.process import DocumentResult, read_document
from pipeline.execution.process_pool import LocalExecutor, run_apart
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.problems import message_of
from pipeline.sources.discover import discover, single_file
from tests.conftest import ROOT
from tests.hostile import books, pdfs, texts
from tests.hostile.memory import peak_of_children
from tests.pipeline.make import codes

Maker = Callable[[], bytes]
_CLIMBING = "../../../climbed.xlsx"
# File → who makes it, its status, and the problem that tells of it; "" where the file is read as if it were harmless.
FILES: dict[str, tuple[Maker, str, str]] = {
    "ratio.xlsx": (books.bomb_by_ratio, "failed", "file_too_large"),
    "lies.xlsx": (books.bomb_that_lies, "failed", "file_damaged"),
    "members.xlsx": (books.bomb_of_members, "failed", "file_too_large"),
    "word.docx": (books.word_bomb, "failed", "file_too_large"),
    "nested.zip": (books.nested_packages, "container", ""),
    "entities.xlsx": (books.entity_bomb, "failed", "file_damaged"),
    "external.xlsx": (partial(books.external_entity, "/etc/hostname"), "failed", "file_damaged"),
    "deep.xlsx": (books.deep_nesting, "failed", "file_damaged"),
    "columns.xlsx": (books.million_columns, "failed", "file_damaged"),
    "far.xlsx": (books.far_cells, "ok", ""),
    "merges.xlsx": (books.million_merges, "failed", "file_holds_too_much"),
    "overlaps.xlsx": (books.merges_over_each_other, "failed", "file_damaged"),
    "long.xlsx": (books.long_cell, "ok", ""),
    "sheets.xlsx": (books.hundred_thousand_sheets, "failed", "file_damaged"),
    "commands.xlsx": (books.formulas_and_dde, "ok", ""),
    "repeats.ods": (books.repeated_cells, "failed", "file_holds_too_much"),
    "page.pdf": (pdfs.huge_page, "no_checklist", "no_checklist"),
    "boxes.pdf": (pdfs.odd_boxes, "no_checklist", "no_checklist"),
    "tree.pdf": (pdfs.page_tree_loop, "failed", "file_damaged"),
    "again.pdf": (pdfs.same_page_often, "failed", "file_damaged"),
    "forms.pdf": (pdfs.form_loop, "no_checklist", "no_checklist"),
    "table.pdf": (pdfs.huge_table, "no_checklist", "file_repaired"),
    "zeros.pdf": (pdfs.packed_bomb, "no_checklist", "no_checklist"),
    "image.pdf": (pdfs.image_bomb, "failed", "page_without_text"),
    "scripts.pdf": (partial(pdfs.scripts, "/bin/true"), "partial", "no_checklist"),
    "attached.pdf": (lambda: pdfs.attached(_CLIMBING, books.formulas_and_dde()), "ok", ""),
    "fields.pdf": (pdfs.field_loop, "partial", "page_refused"),
    "outline.pdf": (pdfs.outline_loop, "no_checklist", "no_checklist"),
    "notes.pdf": (pdfs.many_annotations, "no_checklist", "no_checklist"),
    "arrays.pdf": (pdfs.deep_arrays, "no_checklist", "no_checklist"),
    "rules.pdf": (pdfs.many_rules, "no_checklist", "no_checklist"),
    "line.csv": (texts.line_of_100_mb, "failed", "file_damaged"),
    "commas.csv": (texts.line_of_40_mb, "failed", "file_holds_too_much"),
    "fields.csv": (texts.million_fields, "failed", "file_holds_too_much"),
    "field.csv": (texts.long_field, "ok", ""),
    "quote.csv": (texts.open_quote, "failed", "file_holds_too_much"),
    "tabs.tsv": (texts.many_tabs, "failed", "file_holds_too_much"),
    "control.csv": (texts.control_characters, "ok", ""),
}
ENDLESS: dict[str, Maker] = {
    "tree.pdf": pdfs.form_tree,
    "strokes.pdf": pdfs.stream_bomb,
    "letters.pdf": pdfs.text_bomb,
}
GOOD = "zz-good.xlsx"
_ENDED = {"file_took_too_long", "file_out_of_memory", "file_reader_died"}
_LINUX = sys.platform == "linux"


def _folder(place: Path, makers: dict[str, Maker]) -> Path:
    for name, maker in makers.items():
        (place / name).write_bytes(maker())
    (place / GOOD).write_bytes(books.package(books.workbook_parts(books.sheet_xml())))
    return place


def _assert_whole(outcome: DocumentResult) -> None:
    records = [record for checklist in outcome.checklists for record in checklist.records]
    assert [r.reading.answer for r in records] == ["yes", "no", "yes", "partial", "yes", "no"]


@pytest.mark.slow
def test_every_hostile_file_ends_with_a_word_about_it(tmp_path: Path) -> None:
    folder = _folder(tmp_path, {name: entry[0] for name, entry in FILES.items()})
    with peak_of_children() as peak:
        outcomes = {o.file.name: o for o in read_all(discover(folder), LocalExecutor(2), ProcessLimits(300))}
    given = {name: (o.status, codes(o)) for name, o in outcomes.items() if name in FILES}
    wrong = {
        name: given[name]
        for name, (_, status, code) in FILES.items()
        if given[name][0] != status or (code and code not in given[name][1])
    }
    assert wrong == {}
    assert not any("internal_error" in found for _, found in given.values())
    for outcome in outcomes.values():
        for problem in outcome.issues:
            assert len(message_of(problem, outcome.file.name, "ja")) < 1_500
    _assert_whole(outcomes[GOOD])
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, GOOD])
    if _LINUX:
        assert 50_000 < peak.kilobytes < 1_200_000  # 900 MB of data, and what is mapped


@pytest.mark.slow
def test_work_without_end_is_stopped(tmp_path: Path) -> None:
    outcomes = {
        o.file.name: o
        for o in read_all(discover(_folder(tmp_path, ENDLESS)), LocalExecutor(2), ProcessLimits(15))
    }
    for name in ENDLESS:
        assert outcomes[name].status == "failed"
        assert codes(outcomes[name])[0] in _ENDED
    _assert_whole(outcomes[GOOD])


@pytest.mark.slow
def test_an_attachment_that_unpacks_to_2_gb_costs_itself_only(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdfs.attached_bomb())
    (outcome,) = read_all(discover(tmp_path), LocalExecutor(1), ProcessLimits(120))
    assert "attachment_not_read" in codes(outcome)
    assert not {"internal_error", *_ENDED} & set(codes(outcome))


def test_what_an_external_entity_names_is_not_read(tmp_path: Path) -> None:
    secret, path = tmp_path / "secret.txt", tmp_path / "a.xlsx"
    secret.write_text(books.SECRET)
    path.write_bytes(books.external_entity(str(secret)))
    assert books.SECRET not in repr(read_document(single_file(path)))


@pytest.mark.parametrize("name", ["a.docx", "a.ods", "a.xml", "a.xlsx"])
def test_a_document_with_external_entities_is_told(tmp_path: Path, name: str) -> None:
    """Left out in silence, `&a;` in an answer cell was a blank cell."""
    secret, path = tmp_path / "secret.txt", tmp_path / name
    secret.write_text(books.SECRET)
    path.write_bytes(books.with_entities(name, f"file://{secret}"))
    outcome = read_document(single_file(path))
    assert books.SECRET not in repr(outcome)
    assert (outcome.status, codes(outcome)) == ("failed", ["file_damaged"])
    assert "entities" in outcome.issues[0].params["detail"] or "DTD" in outcome.issues[0].params["detail"]


def test_commands_in_cells_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(books.formulas_and_dde())
    outcome = read_document(single_file(path))
    answers = [record.row.answer for record in outcome.checklists[0].records]
    assert answers[:4] == ["○", "=cmd|'/C calc'!A0", "@SUM(1+1)", "-2+3+cmd|'/C calc'!A0"]


def test_a_name_that_climbs_out_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "in" / "a.pdf"
    path.parent.mkdir()
    path.write_bytes(pdfs.attached(_CLIMBING, books.formulas_and_dde()))
    outcome = read_document(single_file(path))
    assert outcome.checklists[0].records[0].row.location.sheet == f"{_CLIMBING} / 一覧"
    assert [entry.name for entry in tmp_path.iterdir()] == ["in"]


def opened_while_reading(path: str) -> list[str]:
    """Every file that Python opens while it reads the one at `path`."""
    seen: list[str] = []

    def note(event: str, args: tuple[object, ...]) -> None:
        if event == "open" and isinstance(args[0], str | bytes):
            seen.append(args[0] if isinstance(args[0], str) else args[0].decode())

    sys.addaudithook(note)
    read_document(single_file(Path(path)))
    return seen


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", ["external.xlsx", "commands.xlsx", "scripts.pdf", "attached.pdf", "entities.xlsx"]
)
def test_no_other_file_is_opened(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name][0]())
    opened = run_apart(opened_while_reading, (str(path),), 60)
    assert isinstance(opened, list)
    assert str(path) in opened
    own = (sys.prefix, sys.base_prefix, str(ROOT), str(path))
    real = tuple({str(Path(place).resolve()) for place in own} | set(own))
    assert [place for place in opened if not place.startswith(real)] == []
