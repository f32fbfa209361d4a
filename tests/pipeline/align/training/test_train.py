"""Learning the weights: where they are written, and what the command says without its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.align.model import load_model
from pipeline.align.training import train
from tests.conftest import ROOT


def test_without_its_files_it_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main([]) == 2
    assert "python -m pipeline.align.training.train PAIRS FILES" in capsys.readouterr().err


def test_the_weights_are_written_where_the_model_is_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert train.WEIGHTS == ROOT / "pipeline" / "align" / "weights.toml"
    models = {name: load_model(name) for name in ("texts", "items")}
    monkeypatch.setattr(train, "WEIGHTS", tmp_path / "weights.toml")
    monkeypatch.setattr(train, "pairs_to_examples", lambda *_: [])
    monkeypatch.setattr(train, "fit_model", lambda _, name: models[name])
    monkeypatch.setattr(train, "held_out", lambda *_: [])
    assert train.main(["pairs.csv", "files.json"]) == 0
    shipped = (ROOT / "pipeline" / "align" / "weights.toml").read_text(encoding="utf-8")
    assert shipped.startswith((tmp_path / "weights.toml").read_text(encoding="utf-8").rstrip())
