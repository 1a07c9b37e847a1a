"""Names as the parser is shown them: the words of each are one word, the same for all names.

What a sentence says does not hang on who is in it, but a parser looks at the letters of words, and joins them otherwise
where another name stands in the same place. It is shown one name for all, and what it finds of that one holds for the
words behind it, the last of which is the name's head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from purport.lexicons.actors import adjectives, named
from purport.lexicons.given import given
from purport.lexicons.titles import titles

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

STAND_IN = "Orlov"
"""Chosen of nine, known names and made-up ones, by what `examples/corpus` and the cases in tests/extract lose with it:
nothing. It is nobody's name there."""
Ints = NDArray[np.int64]
_CAPITAL = re.compile(r"[A-Z][^\W\d_]*(?:[.'’&-][^\W\d_]*)*")
_NEVER = frozenset(
    "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. mr mrs ms dr mr. "
    "mrs. ms. dr. am pm a.m. p.m. sen. rep. gov. gen. col. lt. sgt. st. no. vs. god internet".split()
)
_CLOSING = frozenset(".!?:;\"“”‘’'«»()[]—–-…*•/`")
_SEVERAL = re.compile(r"\w+[a-z](?:ns|ts|rs|is|ds|cs|es)")
"""How words end that stand for several of a kind ("Republicans"), which go with another form of the verb."""
_ENDINGS = (("", ""), ("s", ""), ("es", ""), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ly", ""))


class StandIns:
    """Puts the stand-in into texts."""

    def __init__(self, nlp: Language) -> None:
        """`nlp` is the pipeline whose tokenizer cuts the texts, and whose lemmatizer knows the words of English."""
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self._small = frozenset(nlp.Defaults.stop_words)
        self._english = set(self._small)
        for table in ("lemma_index", "lemma_exc"):
            for words in lemmatizer.lookups.get_table(table).values():
                self._english.update(words)

    def runs(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The words of names, from and up to.

        Words with a capital in a row are one, but for titles and adjectives before it, and for a word of English that
        begins a sentence. In a heading, where nearly all have capitals, nothing tells which are names.
        """
        if not any(word.islower() and word not in self._small for word in words):
            return
        capital = [_CAPITAL.fullmatch(word) is not None and word.lower() not in _NEVER for word in words]
        at = 0
        while at < len(words):
            end = at
            while end < len(words) and capital[end]:
                end += 1
            first = at
            begins = at == 0 or words[at - 1][-1:] in _CLOSING
            while first < end and self._plain(words[first], begins and first == at):
                first += 1
            # A letter alone is a label: of who asks and who answers, of a list, of a figure.
            if first < end and not (end - first == 1 and (len(words[first]) == 1 or _several(words[first]))):
                yield first, end
            at = max(end, at + 1)

    def _plain(self, word: str, begins: bool) -> bool:
        """Whether a word with a capital, which begins a sentence or does not, is no part of a name."""
        low = word.lower()
        if word in adjectives() or low in _words_of_titles() or (begins and low in self._small):
            return True
        return begins and word not in named() and low not in given() and self._known(low.rstrip("."))

    def _known(self, word: str) -> bool:
        """Whether it is a word of English or a form of one."""
        stems = (word.removesuffix(end) + put for end, put in _ENDINGS if word.endswith(end))
        return any(stem in self._english for stem in stems)

    def shown(self, doc: Doc) -> tuple[Doc, Ints]:
        """The text with stand-ins, and for each of its words the one of `doc` with which it ends; `doc` itself where it
        has no names."""
        from spacy.tokens import Doc as SpacyDoc  # here, since it takes a second that most commands need not pay

        words = [token.text for token in doc]
        runs = list(self.runs(words))
        if not runs:
            return doc, np.arange(len(words), dtype=np.int64)
        last: list[int] = []
        out: list[str] = []
        at = 0
        for first, end in runs:
            last += [*range(at, first), end - 1]
            out += [*words[at:first], STAND_IN]
            at = end
        last += range(at, len(words))
        out += words[at:]
        spaces = [bool(doc[place].whitespace_) for place in last]
        return SpacyDoc(doc.vocab, words=out, spaces=spaces), np.array(last, np.int64)


def _several(word: str) -> bool:
    """Whether a name of one word stands for several of a kind."""
    state = any(row.type == "state" for row in named().get(word, ()))  # "the Philippines", which is one
    return not state and (word in adjectives() or _SEVERAL.fullmatch(word) is not None)


@cache
def _words_of_titles() -> frozenset[str]:
    return frozenset(word for title in titles() for word in title.split())
