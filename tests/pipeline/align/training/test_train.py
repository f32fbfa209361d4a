"""Learning the weights: where they are written, and what the command says without its files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.align.model import load_model
from pipeline.align.training import train, train_controls, weights_file
from pipeline.align.training.calibrate import read_labelled_items
from pipeline.align.training.labelled_wordings import labelled_wordings_to_toml
from pipeline.catalogue.load import ALL_SETS, load_controls
from tests.conftest import ROOT


def test_without_its_files_it_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main([]) == 2
    assert "python -m pipeline.align.training.train PAIRS FILES" in capsys.readouterr().err


def test_the_weights_are_written_where_the_model_is_read_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert weights_file.WEIGHTS == ROOT / "pipeline" / "align" / "weights.toml"
    shipped = weights_file.WEIGHTS.read_text(encoding="utf-8")
    copy = tmp_path / "weights.toml"
    copy.write_text(shipped, encoding="utf-8")
    models = {name: load_model(name) for name in ("texts", "items")}
    monkeypatch.setattr(weights_file, "WEIGHTS", copy)
    monkeypatch.setattr(train, "pairs_to_examples", lambda *_: [])
    monkeypatch.setattr(train, "fit_model", lambda _, name: models[name])
    monkeypatch.setattr(train, "held_out", lambda *_: [])
    assert train.main(["pairs.csv", "files.json"]) == 0
    assert copy.read_text(encoding="utf-8") == shipped


def test_what_is_learnt_replaces_its_own_tables_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "weights.toml"
    copy.write_text("[a.pair]\nconstant = 1.0\n[b.pair]\nconstant = 2.0\n", encoding="utf-8")
    monkeypatch.setattr(weights_file, "WEIGHTS", copy)
    weights_file.write_weights({("b", "pair"): {"constant": 3.0, "words": 0.5}})
    assert tomllib.loads(copy.read_text(encoding="utf-8")) == {
        "a": {"pair": {"constant": 1.0}},
        "b": {"pair": {"constant": 3.0, "words": 0.5}},
    }


def test_controls_without_their_files_say_how_they_are_learnt(capsys: pytest.CaptureFixture[str]) -> None:
    assert train_controls.main([]) == 2
    assert "train_controls ITEMS FORM_PAIRS" in capsys.readouterr().err


def test_the_labelled_wordings_are_those_of_the_labelled_items() -> None:
    sets = read_labelled_items(ROOT / "benchmarks" / "check_items.toml")
    made = labelled_wordings_to_toml(sets, load_controls(without=ALL_SETS))
    assert train_controls.WORDINGS.read_text(encoding="utf-8") == made
