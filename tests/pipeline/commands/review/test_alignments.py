"""The commands map, review and catalogue suggest, and a user's own controls."""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import Formatter

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from normalizers.vocabulary import load
from pipeline.align.item import Item
from pipeline.assemble.derive import align_items
from pipeline.assemble.run_catalogue import Catalogue
from pipeline.catalogue.load import load_controls
from pipeline.cli import app
from pipeline.errors import ControlsUnreadable, ReviewWorkbookUnreadable
from pipeline.outputs.item_map import map_items
from pipeline.outputs.review.review_workbook import import_review
from pipeline.outputs.xlsx.read_sheet import read_sheet
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, write_book
from pipeline.query.suggest_controls import suggestions
from pipeline.review.store import read_decisions


def _run(*words: object, language: str = "en") -> Result:
    return CliRunner().invoke(app, [*map(str, words), "--lang", language])


def test_the_commands_say_the_same_in_both_languages() -> None:
    table = load("pipeline.commands.texts", "words.toml")
    assert set(table) == {"en", "ja"}
    assert set(table["en"]) == set(table["ja"])
    for key, text in table["en"].items():
        holes = [sorted(n for _, n, _, _ in Formatter().parse(t) if n) for t in (text, table["ja"][key])]
        assert sorted(set(holes[0])) == sorted(set(holes[1])), key


class TestSheets:
    def test_text_of_a_vendor_is_never_a_formula(self, tmp_path: Path) -> None:
        path = tmp_path / "a.xlsx"
        rows = [["=1+1", "\x01+x\u202e"], ["あ" * 40_000, 0.5]]
        write_book(path, [BookSheet("t", (SheetColumn("a", 9), SheetColumn("b", 9)), rows)])
        sheet = openpyxl.load_workbook(path).active
        assert sheet is not None
        assert (sheet["A2"].value, sheet["A2"].data_type, sheet["B2"].value) == (
            "=1+1",
            "s",
            "\\x01+x\\u202e",
        )
        assert len(str(sheet["A3"].value)) == 32_000
        assert [row["b"] for row in read_sheet(path)] == ["\\x01+x\\u202e", "0.5"]


class TestOwnControls:
    def _write(self, folder: Path, text: str) -> Path:
        (folder / "own.toml").write_text(text, encoding="utf-8")
        return folder

    def test_they_stand_behind_the_shipped_ones(self, tmp_path: Path) -> None:
        own = self._write(
            tmp_path,
            '[[controls]]\nid = "own-1"\nname_ja = "落ち葉"\ndefinition_ja = "落ち葉を集めること。"\n',
        )
        controls = load_controls(own)
        assert (controls[-1].control_id, controls[-1].desired) == ("own-1", "yes")
        assert controls[:-1] == load_controls()
        assert load_controls(tmp_path / "none") is load_controls()

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("[[controls", "own.toml"),
            ("", "controls"),
            ('[[controls]]\nid = "own-1"\n', "name_ja"),
            ('[[controls]]\nid = "iso27001"\nname_ja = "a"\ndefinition_ja = "b"\n', "in use"),
            ('[[controls]]\nid = "x"\nname_ja = "a"\ndefinition_ja = "b"\ndesired = "maybe"\n', "desired"),
            ("controls = 5", "own.toml"),
            ('[[controls]]\nid = "x"\nname_ja = "a"\ndefinition_ja = "b"\nalso = "c"\n', "own.toml"),
        ],
    )
    def test_a_broken_file_is_told(self, tmp_path: Path, text: str, told: str) -> None:
        with pytest.raises(ControlsUnreadable, match=told):
            load_controls(self._write(tmp_path, text))


@pytest.mark.slow
class TestCommands:
    def test_two_items_lists_side_by_side(self) -> None:
        one = [
            Item("1", "", "", "倉庫の鍵は二人で管理すること"),
            Item("2", "", "", "うさぎに人参を与えること"),
        ]
        other = [Item("3", "", "", "落ち葉を集めること"), Item("4", "", "", "鍵は二名の者で管理しているか")]
        pairs = map_items(one, other, load_controls())
        assert [(p.item.item_id, p.counterpart.item_id if p.counterpart else None) for p in pairs] == [
            ("1", "4"), ("2", None), ("", "3"),
        ]  # fmt: skip

    def test_a_counterpart_is_given_once_unless_two_items_surely_ask_it(self) -> None:
        one = [
            Item("1", "", "", "バックアップを毎日取得している"),
            Item("2", "", "", "バックアップの媒体を施錠して保管している"),
        ]
        other = [Item("3", "", "", "バックアップを取得する頻度"), Item("4", "", "", "窓を拭くこと")]
        first, second, *_ = map_items(one, other, load_controls())
        assert first.counterpart is other[0]
        assert second.counterpart is None

    def test_map_writes_a_workbook(self, samples: Path, tmp_path: Path) -> None:
        sheets = sorted(samples.rglob("*.xlsx"))
        out = tmp_path / "map.xlsx"
        result = _run("map", sheets[0], sheets[-1], "--out", out)
        assert result.exit_code == 0, result.output
        rows = read_sheet(out)
        assert len(rows) > 20
        assert set(rows[0]) >= {"requirement A", "requirement B", "score", "polarity", "relation"}

    def test_map_tells_of_a_missing_file(self, tmp_path: Path) -> None:
        result = _run("map", tmp_path / "a.xlsx", tmp_path / "b.xlsx")
        assert result.exit_code == 2
        assert "a.xlsx is missing" in result.output

    def test_decisions_go_out_and_come_back(self, dataset: Path, tmp_path: Path) -> None:
        book, csv = tmp_path / "review.xlsx", tmp_path / "review" / "alignments.csv"
        assert _run("review", "export", "--dataset", dataset, "--out", book).exit_code == 0
        sheet = openpyxl.load_workbook(book)
        page = sheet.active
        assert page is not None
        columns = {cell.value: cell.column for cell in page[1]}
        assert page.data_validations.dataValidation[0].formula1 == '"1,2,3,4,5,none"'
        told = {2: "2", 3: "none", 4: "maybe", 6: 1}
        for row, word in told.items():
            page.cell(row, columns["decision"]).value = word
        page.cell(5, columns["other control_id"]).value = "no-such-control"
        sheet.save(book)
        result = _run("review", "import", book, "--dataset", dataset, "--review", csv.parent, "--who", "山田")
        assert result.exit_code == 1
        assert "row 4: maybe is none of" in result.output
        assert "row 5: no-such-control" in result.output
        kept = read_decisions(csv.parent).in_force
        assert sorted(d.value_text for d in kept) == ["no"] * 5 + ["yes"] * 2
        assert {d.who for d in kept} == {"山田"}
        second = str(page.cell(2, columns["candidate 2"]).value).split("\n")[0]
        item = page.cell(2, columns["item_id"]).value
        assert (item, second, "yes") in {(*d.key, *d.value) for d in kept}

    def test_no_workbook_is_told(self, dataset: Path, tmp_path: Path) -> None:
        book = tmp_path / "broken.xlsx"
        book.write_bytes(b"PK\x03\x04 no zip")
        with pytest.raises(ReviewWorkbookUnreadable):
            import_review(book, "a", {})
        write_book(book, [BookSheet("t", (SheetColumn("x", 5),), [["y"]])])
        result = _run("review", "import", book, "--dataset", dataset)
        assert (result.exit_code, "is missing" in result.output) == (2, True)

    def test_without_a_dataset_it_says_what_to_run(self, tmp_path: Path) -> None:
        for words in (("review", "export"), ("catalogue", "suggest")):
            result = _run(*words, "--dataset", tmp_path)
            assert (result.exit_code, "checksheet ingest" in result.output) == (2, True)

    def test_a_group_is_suggested_as_a_control(self, dataset: Path) -> None:
        text = suggestions(dataset)
        assert tomllib.loads(text) if text else text == ""

    def test_an_unknown_question_of_two_forms_meets(self, tmp_path: Path) -> None:
        items = [Item("a", "", "", "落ち葉を毎朝集めること。"), Item("b", "", "", "落ち葉を毎朝集めること")]
        found = align_items(items, {"a": "f", "b": "g"}, Catalogue(load_controls(), ()), tmp_path)
        assert [len(group.items) for group in found.groups] == [2]
        assert not any(match.accepted for matches in found.matches.values() for match in matches)

    def test_what_is_wrong_is_said_in_japanese(self, dataset: Path, tmp_path: Path) -> None:
        book, csv = tmp_path / "review.xlsx", tmp_path / "review" / "alignments.csv"
        assert _run("review", "export", "--dataset", dataset, "--out", book).exit_code == 0
        sheet = openpyxl.load_workbook(book)
        page = sheet.active
        assert page is not None
        columns = {cell.value: cell.column for cell in page[1]}
        page.cell(3, columns["decision"]).value = "多分"
        sheet.save(book)
        result = _run("review", "import", book, "--dataset", dataset, "--review", csv.parent, language="ja")
        assert "3 行目: 多分 は選択肢" in result.output
        csv.parent.mkdir(exist_ok=True)
        csv.write_text("item_id\n", encoding="utf-8")
        result = _run("review", "import", book, "--dataset", dataset, "--review", csv.parent, language="ja")
        assert (result.exit_code, "列 control_id がありません" in result.output) == (2, True)
