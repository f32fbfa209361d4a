"""The comparison workbook: what stands in it, and that texts of vendors stay texts."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.outputs.xlsx.written_cells import LONGEST, clean, lines_of, width_of
from tests.pipeline.assess.made import Given, Paper, control, dataset

DAY = dt.date(2026, 5, 1)
NASTY = (
    '=HYPERLINK("http://example.invalid","開く")', "+1+1", "-2+3", "@SUM(A1)", "http://example.invalid/", "\t=1",
    "0123", "mailto:a@example.invalid", "=cmd|' /C calc'!A0", "_x003D_1", "{=1}", "internal:A1",
)  # fmt: skip


def _compare(folder: Path, *words: object, lang: str = "ja") -> Result:
    arguments = ["compare", "--dataset", folder / "set", "--out", folder / "out.xlsx", "--lang", lang, *words]
    return CliRunner().invoke(app, list(map(str, arguments)))


def _book(folder: Path, *words: object, lang: str = "ja") -> Workbook:
    result = _compare(folder, *words, lang=lang)
    assert result.exit_code == 0, result.output
    return openpyxl.load_workbook(folder / "out.xlsx")


def _cells(book: Workbook, name: str) -> list[list[object]]:
    return [list(row) for row in book[name].iter_rows(values_only=True)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dataset of two vendors with one of everything."""
    first = (
        Given("c1", "yes", "○", "毎朝、二人で数えます。", favourable=True),
        Given("c2", "value", "72時間以内", value=(72.0, "時間", "max")),
        Given("c3", "unclear", "◇"),
        Given(None, "partial", "△", question="裏口の灯りを消すこと。"),
    )
    second = (
        Given("c1", "no", "×", favourable=False, level="mandatory"),
        Given("c2", "planned", "2027年4月予定", planned=dt.date(2027, 4, 1)),
        Given("c3", "yes", "○", favourable=True, confidence=0.49),
    )
    papers = [
        Paper("甲/a.xlsx", "かくう便", "荷札", DAY, answers=first),
        Paper("乙/b.xlsx", "みほん倉庫", "棚", DAY, answers=second),
        Paper("壊.pdf", status="failed", message="壊.pdf は壊れています"),
    ]
    controls = [
        control("c1", name="鍵の数え上げ"),
        control("c2", "incident", "value"),
        control("c3", "network"),
    ]
    dataset(tmp_path / "set", papers, controls)
    return tmp_path


def test_the_comparison_lays_vendors_side_by_side(folder: Path) -> None:
    book = _book(folder)
    rows = _cells(book, "比較表")
    assert [value for value in rows[3] if value] == ["かくう便", "みほん倉庫"]
    assert [value for value in rows[4] if value] == ["荷札", "棚"]
    assert rows[6][:8] == [
        "分野",
        "統制項目",
        "期待する回答",
        "区分",
        "回答",
        "数値・詳細",
        "回答",
        "数値・詳細",
    ]
    assert rows[7:] == [
        ["バックアップ", "鍵の数え上げ", "はい", "必須", "○ 満たす", None, "× 満たさない", None],
        ["インシデント対応", "統制c2", "数値", None, "＃ 記載", "72時間 以内", "▷ 予定", "2027-04 予定"],
        ["ネットワーク", "統制c3", "はい", None, "？ 判別不可", "◇", "○ 満たす", "要確認"],
    ]


def test_the_first_sheet_tells_who_decides_how_vendors_stand(folder: Path) -> None:
    rows = _cells(_book(folder), "概要")
    assert rows[4:6] == [
        ["かくう便", "荷札", 1, 0, 1, None],
        ["みほん倉庫", "棚", 1, 2, 0, "× 満たさない　鍵の数え上げ\n▷ 予定　統制c2"],
    ]
    notes = " ".join(row[0] for row in rows[6:] if row and row[0])
    assert "受領ファイル 3 件、うち読み取り 2 件、読み取れないもの 1 件" in notes
    assert "読み取れないファイル：壊.pdf" in notes


def test_answers_for_two_plans_that_differ_are_told_apart(tmp_path: Path) -> None:
    answers = (
        Given("c1", "no", "×", favourable=False, sub_item="お試し"),
        Given("c1", "yes", "○", favourable=True, sub_item="本契約"),
    )
    dataset(tmp_path / "set", [Paper("a.xlsx", "かくう便", "荷札", DAY, answers=answers)], [control("c1")])
    assert _cells(_book(tmp_path), "比較表")[7][4:6] == ["※ 設問により異なる", "お試し: × / 本契約: ○"]


def test_remarks_are_notes_with_their_place(folder: Path) -> None:
    sheet = _book(folder)["比較表"]
    note = sheet["E8"].comment
    assert note is not None
    assert "備考：毎朝、二人で数えます。" in note.text
    assert "a.xlsx・回答 D1・読み取り 0.98・対応付け 0.90" in note.text
    assert sheet["G8"].comment is None


def test_colours_come_with_marks_and_differ(folder: Path) -> None:
    sheet = _book(folder)["比較表"]
    shown = {cell: (sheet[cell].value, sheet[cell].fill.fgColor.rgb) for cell in ("E8", "G8", "G9", "E10")}
    assert {text for text, _ in shown.values()} == {"○ 満たす", "× 満たさない", "▷ 予定", "？ 判別不可"}
    assert len({fill for _, fill in shown.values()}) == 4


def test_it_is_set_up_to_be_used_and_printed(folder: Path) -> None:
    book = _book(folder)
    for sheet in book.worksheets[1:]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    summary = book.worksheets[0]
    assert (summary.title, summary.page_setup.orientation, summary.page_setup.paperSize) == (
        "概要",
        "portrait",
        9,
    )
    assert (summary.page_setup.fitToWidth or 1, summary.page_setup.fitToHeight or 1) == (1, 1)
    assert book["出典"].print_area.endswith("$2")  # its rows are for the screen
    matrix = book["比較表"]
    assert (matrix.freeze_panes, matrix.auto_filter.ref, matrix.print_title_rows) == ("C8", "A7:H10", "$3:$7")
    for name in ("ギャップ", "再確認事項", "出典", "統制項目なしの設問", "ファイル"):
        assert book[name].freeze_panes == "A4"
        assert book[name].auto_filter.ref is not None
        assert book[name].print_title_rows == (None if name == "出典" else "$3:$3")


def test_gaps_questions_sources_others_and_files(folder: Path) -> None:
    book = _book(folder, lang="en")
    assert book.sheetnames == [
        "Summary",
        "Comparison",
        "Gaps",
        "Ask again",
        "Sources",
        "Without a control",
        "Files",
        "Legend",
    ]
    gaps = _cells(book, "Gaps")[3:]
    assert [(row[0], row[2], row[3], row[5], row[6], row[8]) for row in gaps] == [
        ("mandatory", "Control c1", "みほん倉庫", "× not met", "not met", "×"),
        (None, "Control c3", "かくう便", "？ unclear", "not understood", "◇"),
        (None, "Control c2", "みほん倉庫", "▷ planned", "only planned", "2027年4月予定"),
    ]
    asks = _cells(book, "Ask again")[3:]
    assert [(row[0], row[2], row[5]) for row in asks] == [
        ("かくう便", "unclear", None),
        ("みほん倉庫", "low confidence", None),
    ]
    assert str(asks[0][4]).startswith("No. 3 “窓口の鍵を毎朝数えること。”: we could not tell what")
    sources = _cells(book, "Sources")[3:]
    assert len(sources) == 6
    assert sources[1][:4] == ["Control c1", "みほん倉庫", "棚", "× not met"]
    assert sources[0][7:13] == ["○", "毎朝、二人で数えます。", "provider", "甲/a.xlsx", "回答", "D1"]
    others = _cells(book, "Without a control")[3:]
    assert [(row[3], row[4], row[8]) for row in others] == [
        ("裏口の灯りを消すこと。", "partial", "no control takes it")
    ]
    files = {row[0]: (row[1], row[2]) for row in _cells(book, "Files")[3:]}
    assert files["壊.pdf"] == ("not read", "no checklist read")
    assert files["甲/a.xlsx"] == ("read", "in use")


@pytest.mark.parametrize("text", NASTY)
def test_text_of_a_vendor_is_never_a_formula_or_link(tmp_path: Path, text: str) -> None:
    given = (
        Given("c1", "unclear", text, text, question=text),
        Given("c2", "value", text, text, question=text),
        Given(None, "yes", text, text, question=text),
    )
    paper = Paper(f"{text.replace('/', '_')}.xlsx", text, text, DAY, answers=given, form=text)
    dataset(tmp_path / "set", [paper], [control("c1"), control("c2", "own", "value", name=text)])
    book = _book(tmp_path)
    for sheet in book.worksheets:
        assert sheet._hyperlinks == []
        for row in sheet.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type == "f"] == []
            for cell in row:
                assert cell.value is None or cell.data_type in {"s", "n", "d"}
                assert cell.data_type != "s" or cell.quotePrefix or sheet.title == "凡例"
    assert text.strip() in {str(row[2]).strip() for row in _cells(book, "再確認事項") if row[2]} | {
        str(value).strip() for row in _cells(book, "出典") for value in row
    }
    with zipfile.ZipFile(tmp_path / "out.xlsx") as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 8
        assert not any(b"<f>" in part or b"<hyperlink" in part for part in sheets)
        assert not any("externalLink" in name for name in package.namelist())


def test_long_and_broken_text_is_held(tmp_path: Path) -> None:
    odd = "鍵\x00\x0b\x1f\ufffe\r\n棚"
    answers = (Given("c1", "unclear", "あ" * 50_000, odd), Given("c1", "yes", "𠮷" * 20_000))
    dataset(tmp_path / "set", [Paper("a.xlsx", "かくう便", "荷札", DAY, answers=answers)], [control("c1")])
    sources = _cells(_book(tmp_path), "出典")[3:]
    assert str(sources[0][7]).endswith("全50000文字］")
    assert len(str(sources[0][7])) == LONGEST
    assert sources[0][8] == "鍵\n棚"
    assert len(str(sources[1][7]).encode("utf-16-le")) // 2 <= LONGEST


def test_clean_keeps_what_can_be_kept() -> None:
    assert clean("行\r\n行\r行\t端") == "行\n行\n行\t端"
    assert clean("\ud800半") == "半"
    assert clean("𠮷" * 30, 45, "… [cut]") == "𠮷" * 19 + "… [cut]"
    assert clean("𠮷" * 30, 5, "… [cut]") == "… [cut]"
    assert clean("あ" * 40_000) == "あ" * (LONGEST - 1) + "…"
    assert (width_of("ab鍵\nabc"), lines_of("鍵" * 10 + "\nx", 12)) == (4, 3)


def test_two_runs_give_the_same_bytes(folder: Path) -> None:
    _book(folder)
    first = (folder / "out.xlsx").read_bytes()
    _book(folder)
    assert (folder / "out.xlsx").read_bytes() == first
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def test_many_vendors_go_over_several_pages(tmp_path: Path) -> None:
    papers = [
        Paper(f"{n}.xlsx", f"みほん{n}号", "棚", DAY, answers=(Given("c1", "yes", "○", favourable=True),))
        for n in range(20)
    ]
    dataset(tmp_path / "set", papers, [control("c1")])
    sheet = _book(tmp_path)["比較表"]
    assert sheet.print_title_cols == "$A:$D"
    assert [mark.id for mark in sheet.col_breaks.brk] == [16, 28, 40]
    assert sheet.page_setup.scale == 52


class TestCommand:
    def test_it_says_what_it_wrote(self, folder: Path) -> None:
        result = _compare(folder, lang="en")
        assert (
            "2 services of 2 vendors: 7 answers on 3 controls, 3 gaps (3 answers), 2 things to ask again"
            in result.output
        )

    def test_choices(self, folder: Path) -> None:
        rows = _cells(
            _book(folder, "--vendors", "みほん", "--controls", "network", "--controls", "c1"), "比較表"
        )
        assert [value for value in rows[3] if value] == ["みほん倉庫"]
        assert [row[1] for row in rows[7:]] == ["鍵の数え上げ", "統制c3"]

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (
                ("--vendors", "ない社"),
                "No vendor or service has “ない社” in its name. There are: かくう便 荷札, みほん倉庫 棚.",
            ),
            (("--controls", "ない"), "“ない” is no control's id"),
            (("--out", "/dev/null/x.xlsx"), "could not be written"),
            (("--dataset", "/nowhere"), "There is no dataset"),
        ],
    )
    def test_what_cannot_be_done_is_told(self, folder: Path, words: tuple[str, ...], told: str) -> None:
        result = _compare(folder, *words, lang="en")
        assert result.exit_code == 2
        assert told in result.output

    def test_nobody_to_compare(self, tmp_path: Path) -> None:
        dataset(tmp_path / "set", [Paper("a.pdf", status="failed")], [])
        result = _compare(tmp_path, lang="en")
        assert result.exit_code == 2
        assert "holds no filled sheet of a vendor" in result.output
