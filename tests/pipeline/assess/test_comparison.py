"""Which sheets stand, and how every vendor stands on every control."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.model import Choice, Comparison
from pipeline.errors import NothingChosen
from tests.pipeline.assess.made import Given, Paper, control, dataset

OLD, NEW = dt.date(2026, 1, 10), dt.date(2026, 4, 20)
YES, NO = Given("c1", "yes", "○", favourable=True), Given("c1", "no", "×", favourable=False)


def _of(folder: Path, *papers: Paper, choice: Choice | None = None) -> Comparison:
    made = dataset(
        folder, papers, [control("c1"), control("c2", "network"), control("new:1", "new", "value")]
    )
    return build_comparison(made, choice or Choice())


def _state(comparison: Comparison, control_id: str = "c1", place: int = 0) -> str:
    return comparison.cells[control_id, place].state


class TestSheets:
    def test_the_newest_of_a_vendor_service_and_form_stands(self, tmp_path: Path) -> None:
        old = Paper("old.xlsx", "株式会社まぼろし港", "船便", OLD, answers=(YES,))
        new = Paper("new.xlsx", "まぼろし港㈱", "船便", NEW, answers=(NO,))
        comparison = _of(tmp_path, old, new)
        assert [party.name for party in comparison.parties] == ["まぼろし港㈱ 船便"]
        assert {sheet.path: sheet.fate for sheet in comparison.sheets} == {
            "old.xlsx": "older",
            "new.xlsx": "used",
        }
        assert _state(comparison) == "not_met"

    def test_a_sheet_without_a_date_stands_beside_the_newest(self, tmp_path: Path) -> None:
        dated = Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=(YES,))
        undated = Paper("b.xlsx", "みほん倉庫", "棚", None, answers=(NO,))
        assert _state(_of(tmp_path, dated, undated)) == "conflict"

    def test_two_sheets_of_one_day_both_stand(self, tmp_path: Path) -> None:
        papers = [
            Paper(f"{n}.xlsx", "みほん倉庫", "棚", NEW, answers=(given,)) for n, given in enumerate((YES, NO))
        ]
        assert _state(_of(tmp_path, *papers)) == "conflict"

    def test_services_of_a_vendor_are_columns_of_their_own(self, tmp_path: Path) -> None:
        papers = [Paper(f"{s}.xlsx", "みほん倉庫", s, NEW, answers=(YES,)) for s in ("棚", "箱")]
        assert [party.service for party in _of(tmp_path, *papers).parties] == ["棚", "箱"]

    def test_a_sheet_that_names_no_service_joins_the_only_one(self, tmp_path: Path) -> None:
        papers = [
            Paper("a.xlsx", "みほん倉庫", "棚", NEW, "form-1", answers=(YES,)),
            Paper(
                "b.xlsx",
                "みほん倉庫",
                None,
                NEW,
                "form-2",
                answers=(Given("c2", "yes", "○", favourable=True),),
            ),
        ]
        comparison = _of(tmp_path, *papers)
        assert len(comparison.parties) == 1
        assert (_state(comparison, "c1"), _state(comparison, "c2")) == ("met", "met")

    def test_vendors_that_no_sheet_names_are_not_taken_for_one(self, tmp_path: Path) -> None:
        papers = [Paper(f"{n}.xlsx", None, None, NEW, answers=(YES,)) for n in "ab"]
        assert [party.name for party in _of(tmp_path, *papers).parties] == ["a.xlsx", "b.xlsx"]

    def test_blank_forms_examples_and_unread_files_are_told_and_do_not_stand(self, tmp_path: Path) -> None:
        papers = [
            Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=(YES,)),
            Paper("blank.xlsx", None, kind="blank", answers=(Given("c1", "unanswered"),)),
            Paper("example.xlsx", "みほん倉庫", "棚", NEW, kind="example", answers=(NO,)),
            Paper("broken.pdf", status="failed", message="broken.pdf is damaged"),
        ]
        comparison = _of(tmp_path, *papers)
        fates = {sheet.path: sheet.fate for sheet in comparison.sheets}
        assert fates == {
            "a.xlsx": "used",
            "blank.xlsx": "blank",
            "broken.pdf": "not_read",
            "example.xlsx": "example",
        }
        assert _state(comparison) == "met"
        assert len(comparison.responses) == 1

    def test_a_duplicate_does_not_double_the_answers(self, tmp_path: Path) -> None:
        one = Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=(YES,))
        made = dataset(tmp_path, [one], [control("c1")])
        from pipeline.dataset.schema import TABLES  # noqa: PLC0415
        from pipeline.dataset.tables import read_table  # noqa: PLC0415
        from tests.pipeline.datasets import write_dataset  # noqa: PLC0415

        rows = {table.name: read_table(made, table.name).to_pylist() for table in TABLES}
        rows["documents"].append(
            rows["documents"][0] | {"path": "copy.xlsx", "status": "duplicate", "duplicate_of": "a.xlsx"}
        )
        write_dataset(made, rows)
        comparison = build_comparison(made)
        assert len(comparison.responses) == 1
        assert {s.path: (s.status, s.fate) for s in comparison.sheets} == {
            "a.xlsx": ("ok", "used"),
            "copy.xlsx": ("duplicate", "not_read"),
        }

    def test_a_column_that_nobody_filled_is_told_and_not_asked_again(self, tmp_path: Path) -> None:
        blank = Given("c2", "unanswered", respondent="contractor")
        comparison = _of(tmp_path, Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=(YES, blank)))
        assert comparison.sheets[0].blank_columns == ("contractor",)
        assert ("c2", 0) not in comparison.cells


class TestStates:
    @pytest.mark.parametrize(
        ("given", "state"),
        [
            (YES, "met"),
            (NO, "not_met"),
            (Given("c1", "no", "無", favourable=True, polarity="inverse"), "met"),
            (Given("c1", "yes", "有", polarity="unclear"), "polarity_unclear"),
            (Given("c1", "yes", "有", polarity="inverse"), "said_no"),
            (Given("c1", "no", "無"), "said_no"),
            (Given("c1", "unclear", "◇"), "unclear"),
            (Given("c1", "yes", "○", favourable=True, code="answer_contradicted_by_remark"), "unclear"),
            (Given("c1", "partial", "△"), "partial"),
            (Given("c1", "undisclosed", "非公開"), "undisclosed"),
            (Given("c1", "unanswered"), "unanswered"),
            (Given("c1", "value", "三階の窓", value=None), "value"),
        ],
    )
    def test_one_answer(self, tmp_path: Path, given: Given, state: str) -> None:
        assert _state(_of(tmp_path, Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=(given,)))) == state

    @pytest.mark.parametrize(
        ("second", "state"),
        [
            (YES, "met"),
            (NO, "conflict"),
            (Given("c1", "unclear", "◇"), "unclear"),
            (Given("c1", "unanswered"), "met"),
            (Given("c1", "partial", "△"), "conflict"),
            (Given("c1", "planned", "来春"), "conflict"),
            (Given("c1", "not_applicable", "－"), "mixed"),
            (Given("c1", "not_applicable", "－", respondent="contractor"), "met"),
            (Given("c1", "no", "×", favourable=False, respondent="contractor"), "mixed"),
            (Given("c1", "value", "99.9%", value=(99.9, "%", "exact")), "value"),
        ],
    )
    def test_a_yes_and_another_answer(self, tmp_path: Path, second: Given, state: str) -> None:
        papers = [
            Paper("a.xlsx", "みほん倉庫", "棚", NEW, "form-1", answers=(YES,)),
            Paper("b.xlsx", "みほん倉庫", "棚", NEW, "form-2", answers=(second,)),
        ]
        assert _state(_of(tmp_path, *papers)) == state

    @pytest.mark.parametrize(("other", "state"), [(24.0, "value"), (72.0, "conflict")])
    def test_figures_of_two_sheets_that_differ_are_a_conflict(
        self, tmp_path: Path, other: float, state: str
    ) -> None:
        papers = [
            Paper(f"{form}.xlsx", "みほん倉庫", "棚", NEW, form, answers=(
                Given("c1", "value", f"{hours}時間", value=(hours, "時間", "max")),))
            for form, hours in (("f1", 24.0), ("f2", other))
        ]  # fmt: skip
        assert _state(_of(tmp_path, *papers)) == state

    def test_two_questions_of_one_sheet_may_have_two_figures(self, tmp_path: Path) -> None:
        answers = tuple(
            Given("c1", "value", f"{n}分", value=(n, "分", "max"), question=f"{n}個目の窓を閉めるまでの時間")
            for n in (5.0, 90.0)
        )
        assert _state(_of(tmp_path, Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=answers))) == "value"

    def test_a_word_that_is_not_known_is_unclear(self, tmp_path: Path) -> None:
        maybe = Given("c1", "maybe", "たぶん", favourable=True)
        assert _state(_of(tmp_path, Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=(maybe,)))) == "unclear"


class TestChoice:
    def _papers(self) -> list[Paper]:
        second = Given("c2", "no", "×", favourable=False)
        return [
            Paper(f"{v}.xlsx", v, "棚", NEW, answers=(YES, second))
            for v in ("ミホン倉庫株式会社", "かくう便")
        ]

    @pytest.mark.parametrize(("word", "found"), [("ﾐﾎﾝ", "ミホン倉庫株式会社"), ("かくう", "かくう便")])
    def test_a_part_of_a_name_chooses_vendors(self, tmp_path: Path, word: str, found: str) -> None:
        comparison = _of(tmp_path, *self._papers(), choice=Choice(vendors=(word,)))
        assert [party.vendor for party in comparison.parties] == [found]
        assert {reading.party for reading in comparison.responses} == {0}
        assert sorted(sheet.fate for sheet in comparison.sheets) == ["not_chosen", "used"]

    @pytest.mark.parametrize("word", ["c2", "network", "net*", "統制c2", "control C2"])
    def test_controls_by_id_domain_or_name(self, tmp_path: Path, word: str) -> None:
        comparison = _of(tmp_path, *self._papers(), choice=Choice(controls=(word,)))
        assert [line.control_id for line in comparison.controls] == ["c2"]

    @pytest.mark.parametrize(
        ("choice", "kind"), [(Choice(vendors=("ない社",)), "vendor"), (Choice(controls=("ない",)), "control")]
    )
    def test_a_word_that_names_nothing_is_told(self, tmp_path: Path, choice: Choice, kind: str) -> None:
        with pytest.raises(NothingChosen) as told:
            _of(tmp_path, *self._papers(), choice=choice)
        assert told.value.code == f"no_{kind}"
        assert told.value.params["known"] != "–"

    def test_what_no_control_takes_and_customers_answers_stand_beside(self, tmp_path: Path) -> None:
        answers = (
            YES,
            Given(None, "yes", "○"),
            Given("c2", "yes", "○", respondent="customer"),
            Given("new:1", "yes", "有"),
        )
        comparison = _of(tmp_path, Paper("a.xlsx", "みほん倉庫", "棚", NEW, answers=answers))
        assert [line.domain for line in comparison.controls] == ["backup", "new"]
        assert [reading.respondent for reading in comparison.unaligned] == ["provider", "customer"]
        assert _state(comparison, "new:1") == "said_yes"
