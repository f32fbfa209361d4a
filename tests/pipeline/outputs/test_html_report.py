"""The page to mail: what it says, and that nothing of a vendor's text becomes markup."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from extractors.location import Location
from pipeline.assess.comparison.model import ProblemRow
from pipeline.cli import app
from pipeline.outputs.html_report.page_values import MOST_ROWS, problem_groups
from tests.pipeline.assess.made import Given, Paper, control, dataset

DAY = dt.date(2026, 5, 1)
NASTY = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover=alert(3) {{ 7*7 }} </style></title>"
)


def _report(folder: Path, *words: object, lang: str = "ja") -> Result:
    arguments = ["report", "--dataset", folder / "set", "--out", folder / "out.html", "--lang", lang, *words]
    return CliRunner().invoke(app, list(map(str, arguments)))


def _page(folder: Path, lang: str = "ja") -> str:
    result = _report(folder, lang=lang)
    assert result.exit_code == 0, result.output
    return (folder / "out.html").read_text(encoding="utf-8")


class Tags(HTMLParser):
    """Tags of a page with their attributes, text of script and style, and all other text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every tag of that name."""
        return [attributes for name, attributes in self.tags if name == tag]


def _papers() -> list[Paper]:
    first = (
        Given("c1", "yes", "○", favourable=True),
        Given("c2", "undisclosed", "非公開"),
        Given(
            "c3",
            "yes",
            "○",
            "廃止しました",
            favourable=True,
            confidence=0.49,
            code="answer_contradicted_by_remark",
        ),
    )
    second = (
        Given("c1", "no", "×", favourable=False, level="mandatory"),
        Given("c2", "value", "8時間", value=(8.0, "時間", "max")),
    )
    return [
        Paper("甲/a.xlsx", "かくう便", "荷札", DAY, answers=first),
        Paper("乙/b.xlsx", "みほん倉庫", "棚", DAY, answers=second),
        Paper("壊.pdf", status="failed", message="壊.pdf は壊れています"),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two vendors, a gap, a contradiction, a file that was not read."""
    controls = [
        control("c1", name="鍵の数え上げ"),
        control("c2", "incident", "value"),
        control("c3", "network"),
    ]
    dataset(tmp_path / "set", _papers(), controls)
    return tmp_path


def test_the_page_tells_how_vendors_stand(folder: Path) -> None:
    page = Tags(_page(folder))
    tiles = re.findall(
        r"(受領ファイル|読み取ったファイル|読み取れないファイル|ギャップ|再確認の質問)(?:（[^）]*）)?\s*(\d+)",
        page.text,
    )
    assert dict(reversed(tiles)) == {  # the tiles come first
        "受領ファイル": "3",
        "読み取ったファイル": "2",
        "読み取れないファイル": "1",
        "ギャップ": "3",
        "再確認の質問": "1",
    }
    assert "壊.pdf は壊れています" in page.text
    links = {tag["aria-label"]: tag["href"] for tag in page.named("a") if tag.get("aria-label")}
    assert (
        links[
            "かくう便、バックアップ：判定できる 1 件中、満たす 1 件、ギャップ 0 件、再確認 0 件、記載のみ 0 件"
        ]
        == "#d0-p0"
    )
    assert len(links) == 5
    labels = [svg["aria-label"] for svg in page.named("svg")]
    assert "明確 1、非公開 1、空欄 0、判別不可・食い違い 1" in labels
    assert "0x" not in page.text + "".join(map(str, labels))


def test_a_contradicted_yes_never_looks_like_one(folder: Path) -> None:
    page = _page(folder)
    assert re.search(r'<td class="s-unclear">？ 判別不可<small>○</small></td>', page)
    assert page.count('<td class="s-met">') == 1


def test_links_lead_somewhere_and_headings_are_in_order(folder: Path) -> None:
    page = Tags(_page(folder, "en"))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {str(tag["href"])[1:] for tag in page.named("a")}
    assert targets <= set(ids)
    levels = [int(name[1]) for name, _ in page.tags if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_it_can_be_read_without_eyes(folder: Path) -> None:
    page = Tags(_page(folder))
    assert page.named("html")[0]["lang"] == "ja"
    assert len(page.named("caption")) == len(page.named("table")) > 5
    assert [head for head in page.named("th") if head.get("scope") not in {"col", "row"}] == []
    assert [svg for svg in page.named("svg") if svg["role"] != "img" or not svg["aria-label"]] == []
    scrolled = [tag for tag in page.named("div") if tag.get("class") == "scroll"]
    assert scrolled
    assert all(tag["tabindex"] == "0" and tag["aria-label"] for tag in scrolled)


def test_nothing_is_loaded_and_only_own_script_counts(folder: Path) -> None:
    page = _page(folder)
    tags = Tags(page)
    policy = next(
        str(m["content"]) for m in tags.named("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert [tags.named(name) for name in ("img", "link", "iframe", "object")] == [[], [], [], []]
    assert [
        attributes for _, attributes in tags.tags if attributes.keys() & {"src", "style", "onclick"}
    ] == []
    assert [tag["href"] for tag in tags.named("a") if not str(tag["href"]).startswith("#")] == []
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_text_of_a_vendor_stays_text(tmp_path: Path, lang: str) -> None:
    answers = (
        Given("c1", "unclear", NASTY, NASTY, question=NASTY, code="answer_unclear"),
        Given("c2", "no", NASTY, NASTY, favourable=False, question=NASTY, level="mandatory"),
        Given("c2", "value", NASTY, NASTY, question=NASTY),
    )
    paper = Paper(f"{NASTY.replace('/', '_')}.xlsx", NASTY, NASTY, DAY, answers=answers, form=NASTY)
    unread = Paper(NASTY, status="failed", message=NASTY)
    controls = [control("c1", domain=NASTY, name=NASTY), control("c2", name=NASTY)]
    dataset(tmp_path / "set", [paper, unread], controls)
    tags = Tags(_page(tmp_path, lang))
    assert len(tags.named("script")) == 1
    assert len(tags.named("style")) == 1
    assert tags.named("img") == []
    assert [a for _, a in tags.tags if "onmouseover" in a or "onerror" in a] == []
    assert "{{ 7*7 }}" in tags.text
    assert "<script>alert(1)</script>" in tags.text


def test_characters_that_no_page_can_hold_are_spelled_out_or_left_out(tmp_path: Path) -> None:
    given = Given("c1", "unclear", "鍵\x00\x0b\ufffe◇")
    dataset(
        tmp_path / "set", [Paper("a.xlsx", "かくう\x07便", "荷札", DAY, answers=(given,))], [control("c1")]
    )
    page = _page(tmp_path)
    assert "かくう\\x07便" in page
    assert not re.search(r"[\x00-\x08\x0b\x0e-\x1f\ufffe]", page)


def test_long_lists_are_cut_and_say_so(tmp_path: Path) -> None:
    many = tuple(Given(f"c{n}", "no", "×", favourable=False) for n in range(MOST_ROWS + 7))
    controls = [control(f"c{n}") for n in range(MOST_ROWS + 7)]
    dataset(tmp_path / "set", [Paper("a.xlsx", "かくう便", "荷札", DAY, answers=many)], controls)
    page = _page(tmp_path, "en")
    assert "7 more are not shown here; `checksheet compare` lists them all." in page
    assert page.count('<tr data-vendor="かくう便" data-kind="× not met">') == MOST_ROWS


def test_problems_are_grouped_by_code_errors_first() -> None:
    problems = [
        ProblemRow("d", f"{n}.pdf", "warning", "answer_unclear", f"m{n}", Location()) for n in range(5)
    ]
    problems.append(ProblemRow("d", "x.pdf", "error", "file_damaged", "broken", Location()))
    groups = problem_groups(problems, "en")
    assert [(g.code, g.error, g.count, g.files, len(g.examples)) for g in groups] == [
        ("file_damaged", True, 1, 1, 1),
        ("answer_unclear", False, 5, 5, 3),
    ]
    assert groups[0].todo == "Open it to check, or ask for it again."


def test_two_runs_give_the_same_page(folder: Path) -> None:
    assert _page(folder) == _page(folder)


def test_the_command_says_what_it_wrote(folder: Path) -> None:
    result = _report(folder, "--vendors", "かくう", lang="en")
    assert "1 services of 1 vendors: 3 answers on 3 controls, 3 files" in result.output
    assert "みほん倉庫</th>" not in (folder / "out.html").read_text(encoding="utf-8")
    assert _report(folder, "--out", "/dev/null/x.html").exit_code == 2
