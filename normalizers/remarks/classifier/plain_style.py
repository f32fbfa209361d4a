"""A remark in, its features without manners out: `ご提供しております。`, `提供しています` and `提供している` are one.

Writers differ most in how polite they are. Polite verbs and endings, points and empty nouns are left out, verbs that only do
(行う, 実施, いたす) are one, and neighbouring nouns are one masked noun: what is left is how a sentence is built.
"""

from __future__ import annotations

from itertools import pairwise

from normalizers.remarks.classifier.word_cues import Features, Words

_LEFT_OUT = frozenset(
    {
        "です", "ます", "御座る", "ござる", "だ", "御", "。", "、", ".", ",", "・", "(", ")", "「", "」", "ところ", "様", "さん",
        "よう", "こと", "もの",
    }
)  # fmt: skip
_SAME = {"致す": "為る", "行う": "為る", "実施": "為る", "おる": "居る", "頂く": "貰う"}
_NOUN = "名"


def plain_features(words: Words) -> Features:
    """The pairs, triples and endings of a remark without manners, as words and with nouns masked."""
    kept = [morpheme for morpheme in words.morphemes if morpheme.form not in _LEFT_OUT]
    forms = [_SAME.get(morpheme.form, morpheme.form) for morpheme in kept]
    masked = [
        _NOUN if morpheme.kind == "名詞" and morpheme.form != "0" else form
        for morpheme, form in zip(kept, forms, strict=True)
    ]
    built = [part for n, part in enumerate(masked) if part != _NOUN or n == 0 or masked[n - 1] != _NOUN]
    return {
        **_group("ns", {*_runs(built, 2), *_runs(built, 3)}, 1.5),
        **_group("nu", _runs(forms, 2), 1.0),
        **{f"ne:{'_'.join(built[-size:])}": 0.36 for size in (1, 2, 3, 4)},
        **{f"ne:={'_'.join(forms[-size:])}": 0.36 for size in (1, 2, 3)},
    }


def _runs(parts: list[str], size: int) -> set[str]:
    ends = ["^", *parts, "$"]
    pairs = pairwise(ends) if size == 2 else zip(ends, ends[1:], ends[2:], strict=False)
    return {"_".join(run) for run in pairs}


def _group(name: str, values: set[str], weight: float) -> Features:
    return {f"{name}:{value}": weight / len(values) ** 0.5 for value in values}
