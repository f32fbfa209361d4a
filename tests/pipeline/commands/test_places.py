"""Places that commands take: an older run of a folder; what is in object storage, where it can be read, and where not."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.dataset.storage import is_remote, place_text, split_version
from tests.pipeline.dataset.test_tables import _control
from tests.pipeline.datasets import write_dataset


def _run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*words, "--lang", "ja"])
    return done.exit_code, done.output


def test_a_path_is_no_place_elsewhere_and_a_url_survives_being_a_path(tmp_path: Path) -> None:
    assert place_text(Path("s3://bucket/a/b")) == place_text("s3:\\bucket\\a\\b") == "s3://bucket/a/b"
    assert [is_remote(place) for place in ("s3:/b", "data/s3:", "data/parquet")] == [True, False, False]
    assert split_version(Path("s3://b/x@7")) == ("s3://b/x", 7)
    assert split_version("data/parquet") == ("data/parquet", None)
    (tmp_path / "sheets@7").mkdir()
    assert split_version(tmp_path / "sheets@7") == (str(tmp_path / "sheets@7"), None), (
        "a folder that is called so"
    )


def test_an_older_run_of_a_folder_is_asked(tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    for name in ("first", "second"):
        write_dataset(folder, {"controls": [_control(name)]})
    asked = "SELECT control_id FROM controls"
    assert "first" in _run("query", asked, "--dataset", f"{folder}@1")[1]
    assert "second" in _run("query", asked, "--dataset", str(folder))[1]
    code, told = _run("query", asked, "--dataset", f"{folder}@9")
    assert code == 2
    assert "@9" in told


@pytest.mark.parametrize("words", [("watch", "s3://b/raw"), ("decide", "list", "--dataset", "s3://b/d")])
def test_commands_that_write_here_refuse_what_is_elsewhere(words: tuple[str, ...]) -> None:
    code, told = _run(*words)
    assert code == 2
    assert "このマシンのフォルダーだけ" in told
    assert "s3://b/" in told


def test_parts_are_asked_for_once(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.csv").write_text(
        "No.,分類,確認事項,回答,備考\n1,設備,鍵を二人で管理していること。,○,\n", encoding="utf-8"
    )
    out = tmp_path / "out"
    words = ("ingest", str(tmp_path / "raw"), "--out", str(out), "--workers", "1")
    _run(*words)
    assert (out / "answers.parquet").is_file()
    for option in (("--parts",), ()):
        assert _run(*words, *option)[0] == 0
        assert (out / "answers").is_dir()
        assert not (out / "answers.parquet").exists()
    assert "○" in _run("query", "SELECT answer_raw FROM answers", "--dataset", str(out))[1]
