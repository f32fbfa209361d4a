"""The locked packages: from wherever a user fetches packages, and each with its hashes."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-app.lock", "requirements-dev.lock")
_TOOLS = {
    "mypy",
    "ruff",
    "pytest",
    "selenium",
    "polars",
    "pandas",
    "import-linter",
    "hypothesis",
    "model2vec",
}


def _pinned(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;]+)", text, re.MULTILINE))


def test_users_install_no_tools_and_each_lock_holds_the_one_before() -> None:
    users, screens, developers = map(_pinned, LOCKS)
    assert not _TOOLS & (users.keys() | screens.keys())
    assert developers.keys() >= _TOOLS
    assert users.items() <= screens.items() <= developers.items()


def _asked_for(entries: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", entry)[0].lower() for entry in entries}


def test_users_install_all_that_the_product_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert _asked_for(project["dependencies"]) <= {name.lower() for name in _pinned("requirements.lock")}
    screens = {name.lower() for name in _pinned("requirements-app.lock")}
    assert _asked_for(project["optional-dependencies"]["app"]) <= screens


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_names_no_place_to_fetch_from(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "file://" not in text
    assert re.findall(r"\w+://\S+", text) == []
    assert (
        re.findall(
            r"^\s*-{1,2}(?:index-url|extra-index-url|find-links|trusted-host|i|f)\b.*$", text, re.MULTILINE
        )
        == []
    )
    assert re.findall(r"^\S+ @ .*$", text, re.MULTILINE) == []
    assert not re.search(r"pypi\.org|pythonhosted|artifactory|nexus", text, re.IGNORECASE)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hashes(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) > 20
    assert [line.split()[0] for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
