"""Whether a text is surely in another language than English, which is the one that purport analyses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_ENGLISH = frozenset(
    """the of and to that for with by from this which who were been has have their they would could should
    but will there what when its it his her she our your said about into than these those after be are not
    at or only other such because while where how more between against before through during out up""".split()
)
"""Frequent words of English, without those that are frequent in French, Spanish, German, Dutch or Turkish too."""

_LOW = 0.07
"""A share of these words that English running text never falls to: news has about 0.30, lists of names 0.10."""

_LETTERS = 200
_SAMPLE = 50_000
_WORD = re.compile(r"[^\W\d_]+")
_IDEOGRAPH = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # loads in 0.7 s, so only when it is asked for

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def surely_not_english(text: str) -> str | None:
    """The ISO 639-1 code of the language that `text` is in, if that is surely not English; None in all other cases.

    A classifier (py3langid) and the share of frequent English words must agree; a text of fewer than 200 letters,
    or one of which a good part is English, gives None. The first 50,000 characters tell.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    if sum(map(len, words)) < _LETTERS:
        return None
    english = sum(word.lower() in _ENGLISH for word in words)
    # Chinese and Japanese write no spaces: two of their characters count as a word.
    total = sum(max(1, len(_IDEOGRAPH.findall(word)) // 2) for word in words)
    if english > _LOW * total:
        return None
    code = str(_identifier().classify(sample)[0])
    return code if code not in ("en", "und") else None
