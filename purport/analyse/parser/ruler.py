"""spaCy's attribute ruler, asked once for each kind of word: of one word it looks at four values, whatever stands
beside it, and asking its patterns for each word of each text takes as long as a fifth of the parse. And spaCy's
lemmatizer with sets for its lists of words, some of 57,000, each of which it searches from the beginning.

What it finds is what it would find (`tests/analyse/parser/test_ruler.py`): patterns of several words are left to it, in
texts that have a word with which one can begin.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

_LOOKED_AT = ("LOWER", "TAG", "DEP", "IS_SPACE")
_KEPT = 100_000
"""Kinds of words that are remembered at most."""
Key = tuple[int, ...]
Match = tuple[int, int, int, int]
"""The number of the pattern, its id, and the words from and up to which it holds."""


def quicken(nlp: Language) -> None:
    """Let the pipeline's attribute ruler remember and its lemmatizer find words at once; a ruler whose patterns look at
    more is left as it is."""
    if nlp.has_pipe("lemmatizer"):
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        index = lemmatizer.lookups.get_table("lemma_index")
        for part in list(index):
            index[part] = frozenset(index[part])
    ruler: Any = nlp.get_pipe("attribute_ruler")
    every = [pattern for row in ruler.patterns for pattern in row["patterns"]]
    looked_at = {name for pattern in every for word in pattern for name in word}
    firsts = [pattern[0] for pattern in every if len(pattern) > 1]
    if looked_at <= set(_LOOKED_AT) and all(_first(word) is not None for word in firsts):
        ruler.match = remembering(ruler.match, [known for word in firsts if (known := _first(word)) is not None])


def _first(word: dict[str, Any]) -> Callable[[Token], bool] | None:
    """Whether a word can begin a pattern whose first word is that; None where it cannot be told here."""
    lower, dep = word.get("LOWER"), word.get("DEP")
    if isinstance(lower, str):
        return lambda token: token.lower_ == lower
    if isinstance(lower, dict) and set(lower) == {"REGEX"}:
        pattern = re.compile(lower["REGEX"])
        return lambda token: pattern.search(token.lower_) is not None
    return (lambda token: token.dep_ == dep) if isinstance(dep, str) else None


def remembering(
    match: Callable[[Doc], list[Match]], begins: list[Callable[[Token], bool]]
) -> Callable[[Doc], list[Match]]:
    """`match`, asked for each kind of word once, by itself; a text in which a word `begins` a longer pattern is matched
    as a whole."""
    from spacy.tokens import Doc as SpacyDoc  # here, since it takes a second that most commands need not pay

    found: dict[Key, tuple[tuple[int, int], ...] | None] = {}

    def learn(vocab: Vocab, words: dict[Key, Token]) -> None:
        # A text of these words alone, in which no two belong together.
        alone = SpacyDoc(
            vocab,
            words=[token.text for token in words.values()],
            tags=[token.tag_ for token in words.values()],
            deps=[token.dep_ for token in words.values()],
            heads=list(range(len(words))),
        )
        own: list[list[tuple[int, int]]] = [[] for _ in words]
        for number, name, start, end in match(alone):
            if end == start + 1:
                own[start].append((number, name))
        for (key, token), told in zip(words.items(), own, strict=True):
            found[key] = None if any(begin(token) for begin in begins) else tuple(told)

    def known(doc: Doc) -> list[Match]:
        if len(found) > _KEPT:
            found.clear()
        keys: list[Key] = list(map(tuple, doc.to_array([*_LOOKED_AT]).tolist()))
        new = {key: place for place, key in enumerate(keys) if key not in found}
        if new:
            learn(doc.vocab, {key: doc[place] for key, place in new.items()})
        matches: list[Match] = []
        for place, key in enumerate(keys):
            told = found[key]
            if told is None:
                return match(doc)
            matches += [(number, name, place, place + 1) for number, name in told]
        matches.sort()
        return matches

    return known
