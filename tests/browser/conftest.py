"""One browser for all tests; a folder of twelve sheets that were read, and an app over a copy of it for each file of tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from tests.browser import chromium
from tests.browser.served_app import ServedApp, served, settled, wait_for
from tests.browser.sheets import twelve_sheets
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    """One browser for all tests."""
    if not chromium.present():
        pytest.skip(chromium.MISSING)
    with chromium.browser() as found:
        found.set_script_timeout(60)
        found.set_window_size(1400, 1000)
        yield found


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Twelve files as vendors send them."""
    return twelve_sheets(tmp_path_factory.mktemp("sheets"))


@pytest.fixture(scope="session")
def read_data(tmp_path_factory: pytest.TempPathFactory, sheets: list[Path]) -> Path:
    """A folder `data` of which the sheets were read by command, with a policy."""
    folder = tmp_path_factory.mktemp("read")
    (folder / "data/raw/受領").mkdir(parents=True)
    for path in sheets:
        shutil.copyfile(path, folder / "data/raw/受領" / path.name)
    shutil.copyfile(ROOT / "pipeline/assess/policy_example.toml", folder / "data/policy.toml")
    command = [sys.executable, "-m", "pipeline", "ingest", "--no-scans"]
    subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        timeout=600,
    )
    return folder / "data"


@pytest.fixture(scope="module")
def received(
    driver: webdriver.Chrome, read_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApp]:
    """An app over a copy of that folder, and the browser let in."""
    folder = tmp_path_factory.mktemp("work")
    shutil.copytree(read_data, folder / "data")
    with served(folder) as running:
        driver.get(running.door)
        wait_for(lambda: "/inbox" in driver.current_url)
        settled(driver)
        yield running
