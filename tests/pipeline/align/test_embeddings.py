"""A user's embedding model: what it adds, and what is said where there is none. The model is made here, four words wide."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from model2vec import StaticModel
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from typer.testing import CliRunner

from pipeline.align.counterparts import rank, rank_with
from pipeline.align.embeddings import load_embeddings
from pipeline.align.item import Item
from pipeline.align.match import match_items
from pipeline.catalogue.load import Control
from pipeline.cli import app
from pipeline.errors import EmbeddingsUnreadable

WORDS = {"[UNK]": (0.0, 0.0, 0.01), "雛": (1.0, 0.0, 0.0), "鶏": (0.9, 0.1, 0.0), "花": (0.0, 1.0, 0.0)}


def _save_model(folder: Path) -> Path:
    tokenizer = Tokenizer(WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    StaticModel(np.array(list(WORDS.values()), dtype=np.float32), tokenizer).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _save_model(tmp_path_factory.mktemp("model"))


def test_near_in_meaning_gains_and_far_loses(model: Path) -> None:
    pairs = np.array([0, 0, 0]), np.array([0, 1, 2])
    gains = load_embeddings(model).gains(["雛"], ["鶏", "花", "虎"], pairs)
    assert gains[0] > 1.0
    assert max(gains[1:]) < 0.0
    assert load_embeddings(model).gains([], [], (np.array([], dtype=np.intp),) * 2).size == 0


def test_one_candidate_gains_nothing(model: Path) -> None:
    assert load_embeddings(model).gains(["雛"], ["鶏"], (np.array([0]), np.array([0]))).tolist() == [0.0]


@pytest.mark.parametrize("name", ["config.json", "model.safetensors", "tokenizer.json"])
def test_a_missing_or_broken_file_is_told(tmp_path: Path, name: str) -> None:
    folder = _save_model(tmp_path / "model")
    (folder / name).write_bytes(b"{")
    with pytest.raises(EmbeddingsUnreadable, match="no model that can be read"):
        load_embeddings(folder)
    (folder / name).unlink()
    with pytest.raises(EmbeddingsUnreadable, match=f"{name} is missing"):
        load_embeddings(folder)


def test_without_the_package_it_says_what_to_install(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "model2vec", None)
    with pytest.raises(EmbeddingsUnreadable, match=r"checksheet\[embeddings\]"):
        load_embeddings(model)


@pytest.mark.parametrize(("language", "told"), [("en", "holds no model"), ("ja", "モデルがありません")])
def test_the_commands_tell_of_a_missing_model(tmp_path: Path, language: str, told: str) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    gone = str(tmp_path / "gone")
    for words in (["ingest", str(raw), "--out", str(tmp_path / "out")], ["map", "a.xlsx", "b.xlsx"]):
        result = CliRunner().invoke(app, [*words, "--embeddings", gone, "--lang", language])
        assert (result.exit_code, told in result.output) == (2, True)


@pytest.mark.slow
class TestWithTheModel:
    def test_meaning_decides_between_two_that_are_else_alike(self, model: Path) -> None:
        flowers, hens = "花を毎朝見ること。", "鶏を毎朝見ること。"
        plain = rank(["雛を毎朝見ること。"], [flowers, hens], limit=2)[0]
        helped = rank_with(["雛を毎朝見ること。"], [flowers, hens], 2, load_embeddings(model))[0]
        assert helped[0].index == 1
        assert helped[0].score > {match.index: match.score for match in plain}[1]

    def test_items_take_the_control_that_is_nearer_in_meaning(self, model: Path) -> None:
        controls = [
            Control(key, "yard", name, key, f"{name}を毎朝見ること。", "yes", ())
            for key, name in (("flowers", "花"), ("hens", "鶏"))
        ]
        item = Item("i", "", "", "雛を毎朝見ること。")
        found = match_items([item], controls, load_embeddings(model))["i"]
        assert found[0].control_id == "hens"
