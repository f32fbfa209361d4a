"""Verdicts: never usable on what is unclear, missing, contradictory, old or not to be relied on; every reason has a source."""

from __future__ import annotations

import datetime as dt
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from normalizers.vocabulary import load
from pipeline.assess import finding as finding_module
from pipeline.assess import verdict as module
from pipeline.assess.finding import refused_for
from pipeline.assess.policy import Policy, PolicyRule, Trust
from pipeline.assess.policy_checks import MAY_BE_CONDITIONAL
from pipeline.assess.verdict import Verdict, judge, within
from pipeline.cli import app
from pipeline.outputs.verdicts import VerdictContext, reason_words
from pipeline.review.decision import DecisionKind
from pipeline.review.exceptions import PolicyException, exception_of, policy_exceptions
from pipeline.review.kinds import new_decision
from pipeline.review.store import record_decision
from tests.pipeline.received import Said, Sheet, write_sheets

TODAY = dt.date(2026, 6, 1)
MET = PolicyRule("keys")
LIMIT = PolicyRule("restore", most=4.0, unit="hours")
KEYS = Said("1", "鍵を二人で管理していること。", "yes", control="keys")
ABROAD = Said("2", "国外にデータを置いていること。", "no", "×", "abroad")
RESTORE = Said("3", "元に戻すまでの目標時間", "value", "4時間以内", "restore", hours=4.0, bound="max")
FORMULA = "=1+1"


def _judge(
    folder: Path, rules: tuple[PolicyRule, ...], *sheets: Sheet, trust: Trust | None = None
) -> list[Verdict]:
    return judge(write_sheets(folder, *sheets), Policy("方針", trust or Trust(), rules), TODAY)


def _each(
    folder: Path, rule: PolicyRule, cases: list[Said], trust: Trust | None = None
) -> list[tuple[str, str]]:
    """Verdict and first reason of each case, each of a vendor of its own."""
    sheets = [Sheet(f"{n:02d}.xlsx", [said], vendor=f"{n:02d} Inc.") for n, said in enumerate(cases)]
    found = _judge(folder, (rule,), *sheets, trust=trust)
    return [(verdict.verdict, verdict.findings[0].reasons[0].why) for verdict in found]


def test_each_answer_to_what_has_to_be_met(tmp_path: Path) -> None:
    words = [
        "yes",
        "no",
        "partial",
        "conditional",
        "planned",
        "undisclosed",
        "not_applicable",
        "unanswered",
        "unclear",
        "value",
    ]
    cases = [KEYS.now(answer=word) for word in words]
    assert _each(tmp_path, MET, cases) == [
        ("usable", "met"), ("not_usable", "not_met"), ("not_usable", "partial"), ("not_usable", "conditional"),
        ("not_usable", "planned"), ("cannot_be_said", "undisclosed"), ("cannot_be_said", "not_applicable"),
        ("cannot_be_said", "unanswered"), ("cannot_be_said", "unclear"), ("cannot_be_said", "text"),
    ]  # fmt: skip


def test_each_answer_where_all_may_be_conditional(tmp_path: Path) -> None:
    rule = PolicyRule("keys", frozenset(MAY_BE_CONDITIONAL))
    words = [*MAY_BE_CONDITIONAL, "unanswered", "unclear", "value", "no"]
    verdicts = [verdict for verdict, _ in _each(tmp_path, rule, [KEYS.now(answer=word) for word in words])]
    assert verdicts == ["conditional"] * 5 + ["cannot_be_said"] * 3 + ["not_usable"]


def test_a_bad_thing_has_to_be_denied(tmp_path: Path) -> None:
    turned = ABROAD.now(polarity="inverse")
    cases = [
        ABROAD,
        ABROAD.now(answer="yes"),
        turned.now(answer="yes"),
        turned,
        ABROAD.now(polarity="unclear"),
    ]
    assert _each(tmp_path, PolicyRule("abroad"), cases) == [
        ("usable", "met"), ("not_usable", "not_met"), ("usable", "met"), ("not_usable", "not_met"),
        ("cannot_be_said", "polarity"),
    ]  # fmt: skip


def test_plans_have_a_day(tmp_path: Path) -> None:
    rule = PolicyRule("keys", frozenset({"planned"}), dt.date(2027, 3, 31))
    days = [dt.date(2027, 3, 31), dt.date(2027, 4, 1), None]
    found = _each(tmp_path, rule, [KEYS.now(answer="planned", planned=day) for day in days])
    assert found == [
        ("conditional", "planned"),
        ("not_usable", "planned_late"),
        ("cannot_be_said", "planned_undated"),
    ]


def test_figures(tmp_path: Path) -> None:
    cases = [
        RESTORE, RESTORE.now(hours=0.5), RESTORE.now(hours=4.5), RESTORE.now(bound="about"), RESTORE.now(bound="min"),
        RESTORE.now(hours=None), RESTORE.now(answer="yes"), RESTORE.now(answer="yes", hours=None),
        RESTORE.now(answer="no", hours=None), RESTORE.now(answer="undisclosed", hours=None),
        RESTORE.now(answer="unclear"),
    ]  # fmt: skip
    assert _each(tmp_path, LIMIT, cases) == [
        ("usable", "within"), ("usable", "within"), ("not_usable", "beyond"), ("conditional", "about"),
        ("cannot_be_said", "open_bound"), ("cannot_be_said", "text"), ("cannot_be_said", "figure_beside"),
        ("cannot_be_said", "no_figure"),
        ("not_usable", "not_met"), ("cannot_be_said", "undisclosed"), ("cannot_be_said", "unclear"),
    ]  # fmt: skip
    assert _each(tmp_path, PolicyRule("restore", most=240, unit="minutes"), [RESTORE]) == [
        ("usable", "within")
    ]
    assert _each(tmp_path, PolicyRule("restore", most=1, unit="days"), [RESTORE]) == [("usable", "within")]
    assert _each(tmp_path, PolicyRule("restore", most=1, unit="count"), [RESTORE]) == [
        ("cannot_be_said", "other_unit")
    ]
    assert _each(tmp_path, PolicyRule("restore"), [RESTORE]) == [("usable", "told")]


@pytest.mark.parametrize(
    ("number", "bound", "rule", "status"),
    [
        (99.9, "min", PolicyRule("a", least=99.9), "met"),
        (99.9, "exact", PolicyRule("a", least=99.9), "met"),
        (99.95, "max", PolicyRule("a", least=99.9), "unknown"),
        (99.5, "max", PolicyRule("a", least=99.9), "failed"),
        (99.5, "min", PolicyRule("a", least=99.9), "failed"),
        (0.1 + 0.2, "exact", PolicyRule("a", most=0.3), "met"),
        (5.0, "about", PolicyRule("a", most=4), "failed"),
        (3.0, "exact", PolicyRule("a", least=2, most=4), "met"),
        (3.0, "min", PolicyRule("a", least=2, most=4), "unknown"),
        (float("nan"), "exact", PolicyRule("a", most=4), "unknown"),
    ],
)
def test_limits(number: float, bound: str, rule: PolicyRule, status: str) -> None:
    assert within(number, bound, rule)[0] == status


def test_what_is_missing_cannot_be_said(tmp_path: Path) -> None:
    [verdict] = _judge(tmp_path, (MET, PolicyRule("abroad")), Sheet("a.xlsx", [KEYS]))
    assert verdict.verdict == "cannot_be_said"
    assert [finding.status for finding in verdict.findings] == ["met", "unknown"]
    assert verdict.findings[1].reasons[0].why == "missing"


def test_one_failure_is_enough_whatever_is_missing(tmp_path: Path) -> None:
    [verdict] = _judge(tmp_path, (MET, PolicyRule("abroad")), Sheet("a.xlsx", [KEYS.now(answer="no")]))
    assert verdict.verdict == "not_usable"


def test_an_empty_policy_says_nothing(tmp_path: Path) -> None:
    assert [verdict.verdict for verdict in _judge(tmp_path, (), Sheet("a.xlsx", [KEYS]))] == [
        "cannot_be_said"
    ]


def test_sheets_that_contradict_each_other_cannot_be_judged(tmp_path: Path) -> None:
    sheets = Sheet("a.xlsx", [KEYS]), Sheet("b.xlsx", [KEYS.now(no="9", answer="no")], form="b")
    [verdict] = _judge(tmp_path, (MET,), *sheets)
    assert verdict.verdict == "cannot_be_said"
    assert [(reason.status, reason.why) for reason in verdict.findings[0].reasons] == [
        ("met", "met"), ("failed", "not_met"), ("unknown", "conflict"),
    ]  # fmt: skip


def test_different_questions_are_no_contradiction_and_a_clear_no_counts(tmp_path: Path) -> None:
    other = KEYS.now(no="9", question="鍵の貸出を帳面に付けていること。", answer="no")
    [verdict] = _judge(tmp_path, (MET,), Sheet("a.xlsx", [KEYS]), Sheet("b.xlsx", [other], form="b"))
    assert verdict.verdict == "not_usable"
    assert [reason.why for reason in verdict.findings[0].reasons] == ["met", "not_met"]


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        (RESTORE.now(no="9", answer="yes", hours=None), "usable"),
        (RESTORE.now(no="9", answer="yes", hours=4.0, bound="max"), "usable"),
        (RESTORE.now(no="9", answer="yes", hours=9.0), "cannot_be_said"),
        (RESTORE.now(no="9", answer="unanswered", hours=None), "usable"),
        (RESTORE.now(no="9", answer="unclear", hours=None), "cannot_be_said"),
        (RESTORE.now(no="9", answer="not_applicable", hours=None), "cannot_be_said"),
        (RESTORE.now(no="9", hours=8.0), "cannot_be_said"),
        (RESTORE.now(no="9", score=0.1), "usable"),
        (RESTORE.now(no="9", score=0.1, hours=8.0), "cannot_be_said"),
        (RESTORE.now(no="9", bound="about"), "conditional"),
    ],
)
def test_a_second_form_counts_too(tmp_path: Path, other: Said, verdict: str) -> None:
    sheets = Sheet("a.xlsx", [RESTORE]), Sheet("b.xlsx", [other], form="b")
    assert [found.verdict for found in _judge(tmp_path, (LIMIT,), *sheets)] == [verdict]


def test_only_what_can_be_relied_on_counts(tmp_path: Path) -> None:
    cases = [KEYS.now(score=0.3), KEYS.now(confidence=0.3), KEYS.now(relation="subset"), KEYS.now(relation="superset"),
             KEYS.now(score=0.3, answer="no")]  # fmt: skip
    assert _each(tmp_path, MET, cases) == [
        ("cannot_be_said", "weak_match"), ("cannot_be_said", "weak_reading"), ("conditional", "part"), ("usable", "met"),
        ("cannot_be_said", "weak_match"),
    ]  # fmt: skip
    trust = Trust(0.0, 0.0, None, "unknown")
    assert [verdict for verdict, _ in _each(tmp_path, MET, cases, trust)] == [
        "usable", "usable", "cannot_be_said", "usable", "not_usable",
    ]  # fmt: skip


def test_old_sheets_say_nothing_any_more(tmp_path: Path) -> None:
    sheets = [
        Sheet("a.xlsx", [KEYS], TODAY - dt.timedelta(365), vendor="a"),
        Sheet("b.xlsx", [KEYS], TODAY - dt.timedelta(366), vendor="b"),
        Sheet("c.xlsx", [KEYS], None, vendor="c"),
    ]
    found = _judge(tmp_path, (MET,), *sheets, trust=Trust(max_age_days=365))
    assert [verdict.findings[0].reasons[0].why for verdict in found] == ["met", "met", "met"]
    assert [verdict.findings[1].reasons[0].why for verdict in found] == ["new_enough", "old", "undated"]
    assert [verdict.verdict for verdict in found] == ["usable", "cannot_be_said", "conditional"]


def test_a_clear_no_is_a_no_whatever_the_age(tmp_path: Path) -> None:
    days = (TODAY - dt.timedelta(9000), None)
    sheets = [Sheet(f"{n}.xlsx", [KEYS.now(answer="no")], day, vendor=f"{n}") for n, day in enumerate(days)]
    found = _judge(tmp_path, (MET,), *sheets, trust=Trust(max_age_days=365))
    assert [verdict.verdict for verdict in found] == ["not_usable", "not_usable"]


def test_a_figure_in_the_remark_counts_where_the_item_asks_for_one(tmp_path: Path) -> None:
    remark = RESTORE.now(answer="yes", raw="○", remarks="4時間以内", origin="remarks")
    cases = [remark, remark.now(hours=9.0), remark.now(origin="answer")]
    assert _each(tmp_path, LIMIT, cases) == [
        ("usable", "within"), ("not_usable", "beyond"), ("cannot_be_said", "figure_beside"),
    ]  # fmt: skip


def test_another_respondent_who_says_otherwise_leaves_it_open(tmp_path: Path) -> None:
    sheet = Sheet("a.xlsx", [KEYS, KEYS.now(respondent="contractor", answer="planned")])
    [verdict] = _judge(tmp_path, (MET,), sheet)
    assert verdict.verdict == "not_usable"
    assert [reason.why for reason in verdict.findings[0].reasons] == ["met", "planned"]


@pytest.mark.parametrize("silent", ["unanswered", "not_applicable"])
def test_what_another_respondent_alone_says_is_a_condition(tmp_path: Path, silent: str) -> None:
    rows = [ABROAD, KEYS.now(answer=silent, raw=""), KEYS.now(respondent="contractor")]
    [verdict] = _judge(tmp_path, (MET,), Sheet("a.xlsx", rows))
    assert verdict.verdict == "conditional"
    assert [reason.why for reason in verdict.findings[0].reasons] == ["met", "other_respondent"]


def test_an_answer_that_its_remark_contradicts_cannot_be_judged(tmp_path: Path) -> None:
    assert _each(tmp_path, MET, [KEYS.now(disputed=True)]) == [("cannot_be_said", "contradicted")]


POLICY = "name = '方針'\n[controls.keys]\nnote = '覚え'\n[controls.restore]\nmax = 4\nunit = 'hours'\n"


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Two vendors, one of them hostile."""
    hostile = KEYS.now(answer="no", raw=f"{FORMULA}\x1b[2J", remarks="<script>alert(1)</script>")
    sheets = (
        Sheet("良い.xlsx", [KEYS, RESTORE], vendor="株式会社よい"),
        Sheet("<b>.xlsx", [hostile], vendor=FORMULA),
    )
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    return write_sheets(tmp_path / "set", *sheets)


def _run(dataset: Path, *words: str | Path, lang: str = "en") -> Result:
    env = {"CHECKSHEET_LANG": lang, "COLUMNS": "200", "TERM": "dumb"}
    usual = [
        "judge",
        "--dataset",
        dataset,
        "--policy",
        dataset.parent / "policy.toml",
        "--date",
        "2026-06-01",
    ]
    return CliRunner().invoke(app, [str(word) for word in (*usual, *words)], env=env)


def test_the_command_prints_verdicts_and_reasons(dataset: Path) -> None:
    result = _run(dataset)
    assert result.exit_code == 1
    assert "usable: 株式会社よい ためし帳" in result.stdout
    assert "not usable: =1+1 ためし帳" in result.stdout
    assert "D2" in result.stdout
    assert "met 2, on condition 0, failed 0, cannot be said 0" in result.stdout
    assert "\x1b" not in result.output
    assert "\\x1b" in result.output
    japanese = _run(dataset, "--lang", "ja").stdout
    assert "利用不可: =1+1" in japanese
    assert "統制 keys" in japanese


@pytest.mark.parametrize("name", ["よい", "㈱よい", "株式会社よい", "ヨイ", "ﾖｲ"])
def test_one_vendor(dataset: Path, name: str) -> None:
    result = _run(dataset, "--vendor", name, "--json")
    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert [entry["verdict"] for entry in told["verdicts"]] == ["usable"]
    [finding, _] = told["verdicts"][0]["findings"]
    assert finding["reasons"][0]["evidence"]["source"]["cells"] == "D2"
    assert finding["reasons"][0]["evidence"]["path"] == "良い.xlsx"


def test_an_unknown_vendor_is_told(dataset: Path) -> None:
    result = _run(dataset, "--vendor", "わるい")
    assert result.exit_code == 2
    assert "株式会社よい" in result.stderr


def test_the_workbook_holds_text(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "judge.xlsx"
    assert _run(dataset, "--out", out, "--lang", "ja").exit_code == 1
    book = load_workbook(out)
    assert book.sheetnames == ["判定", "理由"]
    assert [cell.value for cell in book["判定"][2]][:3] == ["利用不可", FORMULA, "ためし帳"]
    assert {cell.data_type for row in book["理由"].iter_rows() for cell in row} == {"s", "n"}
    assert "D2" in str(book["理由"]["K2"].value)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in {"src", "href"}]


def test_the_page_escapes_what_vendors_wrote(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "judge.html"
    assert _run(dataset, "--out", out).exit_code == 1
    text = out.read_text(encoding="utf-8")
    page = _Tags()
    page.feed(text)
    assert not page.tags & {"script", "b", "img", "link", "iframe"}
    assert page.links == ["#v1", "#v2"]
    assert text.index('<table class="verdicts"') < text.index("<section")
    assert "&lt;script&gt;" in text
    assert "覚え" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--out", "judge.pdf"), ".xlsx"),
        (("--date", "yesterday"), "2026-06-30"),
        (("--policy", "nowhere.toml"), "could not be read"),
        (("--dataset", "nowhere"), "checksheet ingest"),
    ],
)
def test_what_cannot_be_done_is_told(dataset: Path, words: tuple[str, ...], told: str) -> None:
    result = _run(dataset, *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "line 2, controls.kees: "), ("ja", "2行目 controls.kees: ")]
)
def test_faults_of_the_policy_are_told(dataset: Path, lang: str, told: str) -> None:
    (dataset.parent / "policy.toml").write_text("\n[controls.kees]\nmax = 1\n", encoding="utf-8")
    result = _run(dataset, lang=lang)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "keys" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 2
    (dataset.parent / "policy.toml").write_text("x = ", encoding="utf-8")
    assert ("line 1: " if lang == "en" else "1行目: ") in _run(dataset, lang=lang).stderr


def test_a_dataset_without_sheets_is_told(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("[controls.keys]", encoding="utf-8")
    result = _run(write_sheets(tmp_path / "set"))
    assert result.exit_code == 2
    assert "No standing sheet" in result.stderr


def test_all_words_stand_in_both_languages() -> None:
    words = load("pipeline.commands.texts", "questions.toml")
    assert words["en"].keys() == words["ja"].keys()
    assert all(text.strip() for language in words.values() for text in language.values())
    source = "".join(Path(part.__file__).read_text(encoding="utf-8") for part in (module, finding_module))
    whys = {key.removeprefix("why_") for key in words["en"] if key.startswith("why_")}
    computed = {"partial", "conditional", "undisclosed", "unanswered"}  # as the answer says
    assert {why for why in whys if f'"{why}"' not in source} <= computed


def test_a_yes_with_a_caveat_has_to_be_read(tmp_path: Path) -> None:
    assert _each(tmp_path, MET, [KEYS.now(caveat="本館のみ")]) == [("cannot_be_said", "caveat")]
    assert _each(tmp_path / "limit", LIMIT, [RESTORE.now(answer="yes", hours=None, caveat="夜間は別")]) == [
        ("cannot_be_said", "caveat")
    ]


LAST_DAY = TODAY + dt.timedelta(days=30)


def _accepted(
    vendor: str = "甲社", service: str = "", until: dt.date = LAST_DAY, accepted: str = ""
) -> PolicyException:
    cells = {
        "vendor": vendor, "service": service, "control_id": "keys", "until": until.isoformat(), "finding": accepted,
    }  # fmt: skip
    return policy_exceptions([new_decision(DecisionKind.EXCEPTION, cells, "山田", "移行の間だけ")])[0]


@pytest.mark.parametrize(
    ("exception", "verdict", "why"),
    [
        (_accepted(), "conditional", "exception"),
        (_accepted("甲社", "蔵"), "conditional", "exception"),
        (_accepted(until=TODAY), "conditional", "exception"),
        (_accepted(accepted="not_met, old"), "conditional", "exception"),
        (_accepted(until=TODAY - dt.timedelta(days=1)), "not_usable", "exception_over"),
        (_accepted(accepted="partial"), "not_usable", "exception_other"),
        (_accepted("乙社"), "not_usable", "not_met"),
        (_accepted("甲社", "別の帳"), "not_usable", "not_met"),
    ],
)
def test_what_a_person_accepts_is_a_condition_while_it_holds(
    tmp_path: Path, exception: PolicyException, verdict: str, why: str
) -> None:
    made = write_sheets(tmp_path, Sheet("a.xlsx", [KEYS.now(answer="no")], vendor="甲社", service="蔵"))
    (judged,) = judge(made, Policy("方針", Trust(), (MET,)), TODAY, [exception])
    (finding,) = judged.findings
    assert (judged.verdict, finding.reasons[0].why) == (verdict, why)
    assert finding.reasons[-1].why == "not_met"  # what was found stays beside it
    assert refused_for(finding)[-1] == "not_met"
    for language in ("en", "ja"):
        context = VerdictContext(
            "方針", TODAY.isoformat(), load("pipeline.commands.texts", "questions.toml")[language], language
        )
        words = reason_words(finding.reasons[0], context)[1]
        assert ("山田" in words and "移行の間だけ" in words) == why.startswith("exception")


def test_what_is_met_needs_no_exception(tmp_path: Path) -> None:
    made = write_sheets(tmp_path, Sheet("a.xlsx", [KEYS], vendor="甲社"))
    (judged,) = judge(made, Policy("方針", Trust(), (MET,)), TODAY, [_accepted()])
    assert (judged.verdict, len(judged.findings[0].reasons)) == ("usable", 1)


def test_the_last_of_two_exceptions_counts_and_one_of_the_very_service_before_one_of_all() -> None:
    both = [_accepted(), _accepted(service="蔵"), _accepted(until=TODAY)]
    assert exception_of(both, "株式会社甲社", "蔵", "keys") == both[1]
    assert exception_of(both, "甲社", None, "keys") == both[2]
    assert exception_of(both, "甲社", "蔵", "abroad") is None


def test_the_command_judges_with_what_is_accepted(dataset: Path, tmp_path: Path) -> None:
    before = json.loads(_run(dataset, "--json").stdout)
    findings = [
        (entry["vendor"], finding)
        for entry in before["verdicts"]
        for finding in entry["findings"]
        if finding["status"] in {"failed", "unknown"}
    ]
    vendor, finding = findings[0]
    cells = {"vendor": vendor, "control_id": finding["control_id"], "until": "2999-12-31"}
    record_decision(tmp_path / "review", new_decision(DecisionKind.EXCEPTION, cells, "山田", "移行の間だけ"))
    after = json.loads(_run(dataset, "--json", "--review", tmp_path / "review").stdout)
    accepted = [
        f for entry in after["verdicts"] for f in entry["findings"] if f["reasons"][0]["why"] == "exception"
    ]
    assert [f["control_id"] for f in accepted] == [finding["control_id"]] * len(accepted) != []
    assert accepted[0]["reasons"][0]["exception"] == {
        "until": "2999-12-31",
        "who": "山田",
        "reason": "移行の間だけ",
    }
    page = tmp_path / "page.html"
    _run(dataset, "--review", tmp_path / "review", "--out", page)
    assert "移行の間だけ" in page.read_text(encoding="utf-8")


def test_a_policy_of_ones_own_is_written_once_and_the_example_is_no_more_than_that(
    dataset: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    env = {"CHECKSHEET_LANG": "ja", "COLUMNS": "200"}
    judged = CliRunner().invoke(app, ["judge", "--dataset", str(dataset), "--json"], env=env)
    assert judged.exit_code == 2  # the controls of the example are not those of this dataset
    assert "ひな形（架空の方針）で判定しました" in judged.stderr
    written = CliRunner().invoke(app, ["judge", "--new-policy"], env=env)
    assert (written.exit_code, "data/policy.toml を書き出しました" in written.stdout) == (0, True)
    own = tmp_path / "data" / "policy.toml"
    own.write_text("[controls.keys]", encoding="utf-8")
    assert CliRunner().invoke(app, ["judge", "--new-policy"], env=env).exit_code == 2
    assert own.read_text(encoding="utf-8") == "[controls.keys]"
    assert CliRunner().invoke(app, ["judge", "--dataset", str(dataset), "--json"], env=env).stderr == ""
