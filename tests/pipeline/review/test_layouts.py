"""The file of decisions on layouts: what people and spreadsheets write into it, and what is said of a broken line."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.checklist.model import LayoutDecision
from pipeline.errors import LayoutsUnreadable
from pipeline.ingest import ingest
from pipeline.review.layouts import ReviewedLayout, read_layout_decisions, write_layout_decisions
from pipeline.settings import Settings

HEADER = "form_key,form,roles,who,at,why\n"
LINE = "1f2e,点検表,number|requirement|answer,係,2026-11-30,見たまま\n"
ENTRY = ReviewedLayout("1f2e", "点検表", ("number", "requirement", "answer"), "係", "2026-11-30", "見たまま")


def _read(tmp_path: Path, data: str | bytes) -> list[ReviewedLayout]:
    path = tmp_path / "layouts.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_layout_decisions(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_is_read_as_editors_and_excel_save_it(tmp_path: Path, encoding: str, end: str) -> None:
    assert _read(tmp_path, (HEADER + LINE).replace("\n", end).encode(encoding)) == [ENTRY]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (HEADER + "1f2e,,,,,\n", [()]),
        (HEADER + "1f2e,, Number | REQUIREMENT |answer,,,\n", [("number", "requirement", "answer")]),
        (HEADER + "\n,,,,,\n1f2e,,requirement|answer,,,\n", [("requirement", "answer")]),
        ("why,form_key,roles,form,who,at,mine\n,1f2e,item|answer,,,,x\n", [("item", "answer")]),
        (HEADER + "1f2e,,,,,\n1f2e,,item|answer,,,\n", [("item", "answer")]),
        (HEADER + '1f2e,"二行の\n名",item|answer,,,"a, b"\n', [("item", "answer")]),
        (HEADER, []),
    ],
)
def test_what_lines_say(tmp_path: Path, text: str, roles: list[tuple[str, ...]]) -> None:
    assert [entry.roles for entry in _read(tmp_path, text)] == roles


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    assert read_layout_decisions(tmp_path / "layouts.csv") == []


@pytest.mark.parametrize(
    ("text", "en", "ja"),
    [
        ("", "the column form_key is missing", "列 form_key がありません"),
        ("form_key,form,roles,who,at\n", "the column why is missing", "列 why がありません"),
        (HEADER + LINE + "1f2e\n", "line 3: 1 cells, but the header has 6", "3 行目: セルが 1 個"),
        (HEADER + "1f2e,a,item,b,c,d,e\n", "line 2: 7 cells", "2 行目: セルが 7 個"),
        (HEADER + ",a,item|answer,,,\n", "line 2: form_key is empty", "2 行目: form_key が空"),
        (HEADER + "1,a,item|reply,,,\n", "line 2: “reply” is no role", "2 行目: 「reply」は列の役割では"),
        (HEADER + "1,a,item||answer,,,\n", "line 2: “” is no role", "2 行目: 「」は"),
        (HEADER + "1,a,number|answer,,,\n", "line 2: no column is requirement", "2 行目: requirement"),
        (HEADER + '1,"a\nb",item,,,\n2,"a"b,item,,,\n', "line 4: cannot be read as CSV", "4 行目: CSV"),
        (HEADER + '1,"a,item,,,\n2,b,item,,,\n', "line 2: cannot be read as CSV", "2 行目: CSV"),
    ],
)
def test_a_broken_line_is_told_with_its_number_in_both_languages(
    tmp_path: Path, text: str, en: str, ja: str
) -> None:
    with pytest.raises(LayoutsUnreadable) as caught:
        _read(tmp_path, text)
    assert (en in caught.value.text("en"), ja in caught.value.text("ja")) == (True, True), caught.value


def test_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(LayoutsUnreadable, match="cannot be read"):
        _read(tmp_path, (HEADER + LINE).encode("utf-16"))


def test_what_is_written_is_read_back_and_a_later_decision_of_a_form_stays(tmp_path: Path) -> None:
    path = tmp_path / "review" / "layouts.csv"
    formula = ReviewedLayout("3d4c", "=SUM(A1)", (), "係", "", "二行\nの訳, と「」")
    write_layout_decisions(path, [ReviewedLayout("1f2e", "", (), "", "", ""), formula, ENTRY])
    entries = read_layout_decisions(path)
    assert [(entry.form_key, entry.roles) for entry in entries] == [("1f2e", ENTRY.roles), ("3d4c", ())]
    assert (entries[1].form, entries[1].why) == ("'=SUM(A1)", "二行 の訳, と「」")
    assert entries[0].decision == LayoutDecision("1f2e", ENTRY.roles)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfform_key,")
    write_layout_decisions(path, entries)
    assert read_layout_decisions(path) == entries
    assert [entry.name for entry in path.parent.iterdir()] == ["layouts.csv"]


def test_a_file_that_cannot_be_written_stays_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "layouts.csv"
    write_layout_decisions(path, [ENTRY])

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OSError, match="no space"):
        write_layout_decisions(path, [])
    assert read_layout_decisions(path) == [ENTRY]


def test_a_run_with_a_broken_file_does_not_begin(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    path = tmp_path / "layouts.csv"
    path.write_text(HEADER + "1f2e\n", encoding="utf-8")
    with pytest.raises(LayoutsUnreadable, match="line 2"):
        ingest(Settings(tmp_path / "raw", tmp_path / "out", workers=1, layouts=path))
    assert not (tmp_path / "out" / "manifest.json").exists()
