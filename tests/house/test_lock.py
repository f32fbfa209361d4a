"""The locked packages: from wherever a user fetches packages, and each with its hashes."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

LOCKS = ("requirements.lock", "requirements-app.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_place_to_fetch_from(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
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


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) > 20
    assert [line.split()[0] for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
