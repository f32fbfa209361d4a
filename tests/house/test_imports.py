"""Imports: what import-linter's layers in pyproject.toml cannot say."""

from __future__ import annotations

from graphlib import TopologicalSorter

from tests.house.tree import MODULES, imports_of

# Characters and words without their meaning; everything else in normalizers says what an answer means.
WORDS_WITHOUT_MEANING = {"normalizers.text", "normalizers.vocabulary", "normalizers.language.tokens"}
GRAPH = {
    name: {module for module in imports_of(path) if module in MODULES and module != name}
    for name, path in MODULES.items()
}


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and for types count too. Raises graphlib.CycleError, which names the circle."""
    assert len(list(TopologicalSorter(GRAPH).static_order())) == len(MODULES)


def test_extractors_never_see_what_an_answer_means() -> None:
    upward = {
        (name, module)
        for name, imported in GRAPH.items()
        if name.startswith("extractors")
        for module in imported
        if not module.startswith("extractors") and module not in WORDS_WITHOUT_MEANING
    }
    assert upward == set()


def test_words_without_meaning_know_nothing_of_meaning() -> None:
    assert {module for name in WORDS_WITHOUT_MEANING for module in GRAPH[name]} <= WORDS_WITHOUT_MEANING


def test_normalizers_import_nothing_of_the_project() -> None:
    outside = {
        module
        for name, imported in GRAPH.items()
        if name.startswith("normalizers")
        for module in imported
        if not module.startswith("normalizers")
    }
    assert outside == set()
