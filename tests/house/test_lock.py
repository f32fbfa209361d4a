"""The locked packages: from wherever a user fetches packages, and each with its hashes."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
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


def test_users_install_no_tools_and_both_locks_agree() -> None:
    users, both = map(_pinned, LOCKS)
    assert not _TOOLS & users.keys()
    assert both.keys() >= _TOOLS
    assert users.items() <= both.items()


def test_users_install_all_that_the_product_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=!~;\[ ]", entry)[0].lower() for entry in project["dependencies"]}
    assert names <= {name.lower() for name in _pinned("requirements.lock")}


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
