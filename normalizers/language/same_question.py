"""Two questions in, whether they ask the same but for how it is asked out."""

from __future__ import annotations

import re

from normalizers.language.tokens import words_of
from normalizers.text import fold

# What does not count between two questions: glosses in brackets, and words that only say that something is asked.
_OF_ASKING = re.compile(r"[(（\[［].*?[)）\]］]|実施|実行|有無|可能|可否|状況|ください")


def asks_the_same(text: str, reference: str) -> bool:
    """Whether two questions ask the same, so surely that a vendor can be told so: the same words but for how it is asked.

    「BCP（事業継続計画）を策定しているか」 and 「BCPの策定」 do; 「役員に教育を実施」 and 「全員に教育を実施」 do not, however
    alike. A gloss in brackets does not count; a figure or a denial does.
    """
    if fold(text) == fold(reference):
        return bool(fold(text))
    words, reference_words = (
        {word for word in words_of(_OF_ASKING.sub("", each)).groups if not word.startswith("@")}
        for each in (text, reference)
    )
    return bool(words) and words == reference_words
