"""Alignment against RapidFuzz, TF-IDF and BM25 on the same texts in one run, and its speed.

    python -m benchmarks.alignment [--sheets PAIRS FILES] [--speed 100000]
    python -m benchmarks.alignment --items FILE | --pairs FILE

Two editions of made-up standards (editions.toml) are laid side by side; the weights that are judged on a standard have
not seen it. With --sheets (CSV and JSON as of pipeline.align.training.train) labelled check sheets are judged too, by weights
that saw none of their forms, and the curve of the chance from which an item takes its control is printed. --items and --pairs
judge the product as it stands on labelled items or two labelled forms (formats: benchmarks/fresh_items.py) and do nothing else.
"""

from __future__ import annotations

import argparse
import math
import resource
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer

from benchmarks.fresh_items import item_lines, pair_lines, read_rows
from normalizers.language.tokens import content_words
from pipeline.align.item import Item
from pipeline.align.match import ACCEPT, match_items
from pipeline.align.model import Model
from pipeline.align.training.calibrate import held_out_lines, judge, read_labelled_items
from pipeline.align.training.examples import (
    Example,
    editions_to_examples,
    evaluate,
    pairs_to_examples,
    read_labels,
    read_sheets,
)
from pipeline.align.training.train import held_out
from pipeline.catalogue.load import load_controls

EDITIONS = Path(__file__).with_name("editions.toml")
ITEMS = Path(__file__).with_name("check_items.toml")
Scores = NDArray[np.float64]
Scorer = Callable[[Sequence[str], Sequence[str]], Scores]


def token_set(queries: Sequence[str], candidates: Sequence[str]) -> Scores:
    """RapidFuzz token_set_ratio on Sudachi words: Japanese has no spaces to split at."""
    left, right = ([" ".join(content_words(text)) for text in side] for side in (queries, candidates))
    return np.asarray(process.cdist(left, right, scorer=fuzz.token_set_ratio)) / 100.0


def raw_token_set(queries: Sequence[str], candidates: Sequence[str]) -> Scores:
    """RapidFuzz token_set_ratio as it comes."""
    return np.asarray(process.cdist(queries, candidates, scorer=fuzz.token_set_ratio)) / 100.0


def tfidf(queries: Sequence[str], candidates: Sequence[str]) -> Scores:
    """Cosine of character 1- to 3-gram TF-IDF."""
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    vectors.fit([*queries, *candidates])
    return np.asarray((vectors.transform(queries) @ vectors.transform(candidates).T).todense())


def bm25(queries: Sequence[str], candidates: Sequence[str]) -> Scores:
    """BM25 (k1 1.5, b 0.75) on Sudachi words, as a share of the query's score with itself."""
    told = [Counter(content_words(text)) for text in candidates]
    mean = sum(sum(words.values()) for words in told) / max(1, len(told))
    seen = Counter(word for words in told for word in words)

    def score(query: list[str], words: Counter[str]) -> float:
        size = 1.5 * (0.25 + 0.75 * sum(words.values()) / mean)
        rarity = {w: math.log(1 + (len(told) - seen[w] + 0.5) / (seen[w] + 0.5)) for w in query}
        return sum(rarity[w] * words[w] * 2.5 / (words[w] + size) for w in query if words[w])

    rows = []
    for text in queries:
        query = content_words(text)
        own = score(query, Counter(query)) or 1.0
        rows.append([score(query, words) / own for words in told])
    return np.asarray(rows)


BASELINES: dict[str, Scorer] = {
    "RapidFuzz token_set_ratio": raw_token_set,
    "token_set_ratio on words": token_set,
    "TF-IDF characters 1-3": tfidf,
    "BM25 on words": bm25,
}


def judge_baselines(lists: Sequence[tuple[list[str], list[str], list[set[int]]]]) -> None:
    """First candidate right, and AUC of counterpart or none; a list is queries, candidates, right ones of each."""
    for name, scorer in BASELINES.items():
        hits, has, best = [], [], []
        for queries, candidates, truth in lists:
            scores = scorer(queries, candidates)
            hits += [int(row.argmax()) in right for row, right in zip(scores, truth, strict=True) if right]
            has += [bool(right) for right in truth]
            best += [float(row.max()) for row in scores]
        told, figures = np.array(has), np.array(best)
        wins = [np.mean((x > figures[~told]) + 0.5 * (x == figures[~told])) for x in figures[told]]
        print(
            f"  {name:28} right first {np.mean(hits):.3f} ({len(hits)}), counterpart or none AUC {np.mean(wins):.3f}"
        )


def edition_lists() -> list[tuple[list[str], list[str], list[set[int]]]]:
    """Both editions of every standard, both ways."""
    lists = []
    for standard in tomllib.loads(EDITIONS.read_text(encoding="utf-8"))["standards"]:
        count = len(standard["pairs"])
        old = [pair[0] for pair in standard["pairs"]] + standard["dropped"]
        new = [pair[1] for pair in standard["pairs"]] + standard["added"]
        for one, other in ((old, new), (new, old)):
            lists.append((one, other, [{n} if n < count else set() for n in range(len(one))]))
    return lists


def judge_held_out(examples: Sequence[Example]) -> None:
    judged: list[tuple[Example, Model]] = held_out(examples, "texts")
    for line in evaluate(judged):
        print(f"  this product, held out: {line}")


def curve(pairs: Path, files: Path) -> None:
    """Recall and precision of items sharing a control, by the chance from which an item takes its control."""
    labels, sheets = read_labels(pairs), read_sheets(files)
    items = [
        Item(f"{form}|{n}", "", "", bare)
        if text == bare
        else Item(f"{form}|{n}", "", text.removesuffix(bare), bare)
        for form, found in sheets.items()
        for n, text, bare in found
    ]
    matches = match_items(items, load_controls())
    related = {((a, x), (b, y)) for (a, b), told in labels.items() for x, y in told}
    equal = {
        ((a, x), (b, y)) for (a, b), told in labels.items() for (x, y), r in told.items() if r == "equal"
    }
    for least in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        taken: dict[str, list[tuple[str, str]]] = {}
        for item_id, found in matches.items():
            if found[0].score >= least:
                form, number = item_id.split("|", 1)
                taken.setdefault(found[0].control_id, []).append((form, number))
        pairs_ = {p for group in taken.values() for p in combinations(sorted(group), 2)}
        told = {(a, b) for a, b in pairs_ if a[0] != b[0] and (a[0], b[0]) in labels}
        print(
            f"  from {least:.1f}{' (in use)' if least == ACCEPT else ''}: recall of equal {len(told & equal) / len(equal):.3f}, "
            f"related {len(told & related) / max(1, len(told)):.3f} of {len(told)} pairs"
        )


def speed(count: int) -> None:
    """Items per second and peak memory of aligning made-up distinct items with the catalogue."""
    who = [f"{name}{n}課の担当者" for name in ("営業", "総務", "経理", "開発", "運用") for n in range(20)]
    what = [control.definition_ja[:30] for control in load_controls()]
    end = ["を確認していること。", "を行っているか。", "の手順があること。", "を毎年見直すこと。"]
    texts = [f"{a}は、{b}{c}" for a, b, c in product(who, what, end)][:count]
    for size in (len(texts) // 10, len(texts)):
        items = [Item(str(n), "", "", text) for n, text in enumerate(texts[:size])]
        start = time.process_time()
        match_items(items, load_controls())
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"  {size} distinct items: {seconds:.1f} s of processor time, {size / seconds:.0f} items/s, peak {peak:.0f} MB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sheets", nargs=2, type=Path, metavar=("PAIRS", "FILES"))
    parser.add_argument("--speed", type=int, default=100_000)
    parser.add_argument("--items", type=Path, metavar="FILE")
    parser.add_argument("--pairs", type=Path, metavar="FILE")
    told = parser.parse_args()
    if told.items or told.pairs:
        for path, lines in ((told.items, item_lines), (told.pairs, pair_lines)):
            print(*(lines(read_rows(path)) if path else ()), sep="\n")
        return
    print("Two editions of standards of other fields")
    judge_baselines(edition_lists())
    examples = editions_to_examples(EDITIONS)
    judge_held_out([*(pairs_to_examples(*told.sheets) if told.sheets else []), *examples])
    if told.sheets:
        print("Labelled check sheets")
        judge_baselines(label_lists(*told.sheets))
        print("Items that share a control of the catalogue")
        curve(*told.sheets)
    print("Items of made-up check sheets, by a catalogue and chances that have not seen their set")
    sets = read_labelled_items(ITEMS)
    judged = {
        name: judge(labelled, load_controls(without=frozenset({name}))) for name, labelled in sets.items()
    }
    print(*held_out_lines(judged), sep="\n")
    print("Speed against the catalogue")
    speed(told.speed)


def label_lists(pairs: Path, files: Path) -> list[tuple[list[str], list[str], list[set[int]]]]:
    """Every labelled pair of forms, both ways; right is any counterpart that is equal."""
    labels, sheets = read_labels(pairs), read_sheets(files)
    lists = []
    for (a, b), told in labels.items():
        sides = {form: [number for number, _, _ in sheets[form]] for form in (a, b)}
        equal = {pair for pair, relation in told.items() if relation == "equal"}
        for one, other, turn in ((a, b, False), (b, a, True)):
            truth = [
                {k for k, y in enumerate(sides[other]) if ((y, x) if turn else (x, y)) in equal}
                for x in sides[one]
            ]
            lists.append(([t for _, t, _ in sheets[one]], [t for _, t, _ in sheets[other]], truth))
    return lists


if __name__ == "__main__":
    main()
