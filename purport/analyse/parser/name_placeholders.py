"""Names as the parser and the tagger are shown them: the words of each are one word.

What a sentence says does not hang on who is in it, but both look at the letters of words, and read them otherwise where
another name stands in the same place. The parser is shown one name for all, and what it finds of that one holds for the
words behind it, the last of which is the name's head. The tagger, which must tell who is who, is shown one of a few
words for each, in the order in which those who bear them appear.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from purport.lexicons.given import given
from purport.lexicons.titles import titles
from purport.model.lexicon import Lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

STAND_IN = "Orlov"
"""Chosen of nine, known names and made-up ones, by what `examples/corpus` and the cases in tests/extract lose with it:
nothing. It is nobody's name there."""
WORDS = {
    "man": (
        "john james robert david michael william thomas charles george paul peter henry edward richard joseph frank "
        "daniel andrew samuel stephen walter arthur philip simon"
    ).split(),
    "woman": (
        "mary elizabeth sarah anna jane alice margaret helen emma linda susan maria catherine martha laura julia karen "
        "lisa barbara emily caroline diana nancy ellen"
    ).split(),
    "other": (
        "washington lincoln jordan madison houston austin sydney florence chester lancaster warren marshall monroe "
        "jefferson hamilton lexington montgomery columbia georgia victoria cleveland bradford stanford windsor"
    ).split(),
}
"""What the tagger is shown for names: of men and of women by their given names, and of all others, persons or not. Each
is a word piece of its own; which of a kind is shown says nothing, since training shuffles them."""
_WOMAN, _MAN = 0.8, 0.2
"""Shares of women among the bearers of a given name from which, and up to which, it tells."""
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


class English:
    """The words of English, as a pipeline's lemmatizer knows them."""

    def __init__(self, nlp: Language) -> None:
        lemmatizer: Any = nlp.get_pipe("lemmatizer")
        self.small = frozenset(nlp.Defaults.stop_words)
        self._words = set(self.small)
        for table in ("lemma_index", "lemma_exc"):
            for words in lemmatizer.lookups.get_table(table).values():
                self._words.update(words)

    def known(self, word: str) -> bool:
        """Whether it is a word of English or a form of one."""
        stems = (word.removesuffix(end) + put for end, put in _ENDINGS if word.endswith(end))
        return any(stem in self._words for stem in stems)


class StandIns:
    """Puts the stand-in into texts."""

    def __init__(self, english: English, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._english = english
        self._small = english.small

    def borne(self, docs: Iterable[Doc]) -> frozenset[str]:
        """The words of a text that are names for sure where they begin a sentence too: they have a capital within one,
        and stand nowhere without ("Brown said", of whom it says "told Brown" elsewhere)."""
        within: set[str] = set()
        small: set[str] = set()
        for doc in docs:
            words = [token.text for token in doc]
            small.update(word for word in words if word.islower())
            if self._tells(words):
                within.update(b for a, b in pairwise(words) if _CAPITAL.fullmatch(b) and a[-1:] not in _CLOSING)
        return frozenset(word for word in within if word.lower() not in small)

    def _tells(self, words: Sequence[str]) -> bool:
        """Whether capitals tell which words are names: not in a heading, where nearly all have them."""
        return any(word.islower() and word not in self._small for word in words)

    def runs(self, words: Sequence[str], borne: Set[str] = frozenset()) -> Iterator[tuple[int, int]]:
        """The words of names, from and up to; `borne` are words that are known for names.

        Words with a capital in a row are one, but for titles and adjectives before it, and for a word of English that
        begins a sentence. In a heading, where nearly all have capitals, nothing tells which are names.
        """
        if not self._tells(words):
            return
        capital = [_CAPITAL.fullmatch(word) is not None and word.lower() not in _NEVER for word in words]
        at = 0
        while at < len(words):
            end = at
            while end < len(words) and capital[end]:
                end += 1
            first = at
            begins = at == 0 or words[at - 1][-1:] in _CLOSING
            while first < end and self._plain(words[first], begins and first == at and words[first] not in borne):
                first += 1
            # A letter alone is a label: of who asks and who answers, of a list, of a figure.
            if first < end and not (end - first == 1 and (len(words[first]) == 1 or self._several(words[first]))):
                yield first, end
            at = max(end, at + 1)

    def _plain(self, word: str, begins: bool) -> bool:
        """Whether a word with a capital, which begins a sentence or does not, is no part of a name."""
        low = word.lower()
        if word in self.lexicon.adjectives or low in _words_of_titles() or (begins and low in self._small):
            return True
        named = word in self.lexicon.named or low in given()
        return begins and not named and self._english.known(low.rstrip("."))

    def _several(self, word: str) -> bool:
        """Whether a name of one word stands for several of a kind."""
        rows = self.lexicon.named.get(word, ())
        state = any(row.type == "state" for row in rows)  # "the Philippines", which is one
        return not state and (word in self.lexicon.adjectives or _SEVERAL.fullmatch(word) is not None)

    def shown(self, doc: Doc, borne: Set[str] = frozenset()) -> tuple[Doc, Ints]:
        """The text with stand-ins, and for each of its words the one of `doc` with which it ends; `doc` itself where it
        has no names."""
        from spacy.tokens import Doc as SpacyDoc  # here, since it takes a second that most commands need not pay

        words = [token.text for token in doc]
        runs = list(self.runs(words, borne))
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


class Shown(NamedTuple):
    """Characters of a text, half-open, and the word that is shown for them."""

    start: int
    end: int
    word: str


class Bearers:
    """Whom the names of one document stand for, as far as it is told by their words alone, in the order of the text.

    A word by itself is whoever bore it last as the end of a longer name, else as its beginning.
    """

    def __init__(self, stand_ins: StandIns) -> None:
        self._stand_ins = stand_ins
        self._known: dict[tuple[str, ...], str] = {}
        self._last: dict[str, str] = {}
        self._first: dict[str, str] = {}
        self._given: defaultdict[str, int] = defaultdict(int)

    def shown(self, doc: Doc) -> list[Shown]:
        """What is shown for the names of the next piece of the document, in order."""
        words = [token.text for token in doc]
        found = []
        for first, end in self._stand_ins.runs(words):
            begin = doc[first].idx
            found.append(Shown(begin, doc[end - 1].idx + len(words[end - 1]), self._word(tuple(words[first:end]))))
        return found

    def _word(self, name: tuple[str, ...]) -> str:
        key = tuple(word.lower().rstrip(".") for word in name)
        known = self._last.get(key[0]) if len(key) == 1 else None
        known = known or self._known.get(key)
        if known is None and len(key) == 1:
            known = self._first.get(key[0])
        if known is None:
            kind = _kind(name, self._stand_ins.lexicon)
            words = WORDS[kind]
            known = words[self._given[kind] % len(words)]
            self._given[kind] += 1
        if len(key) > 1:
            self._last[key[-1]] = self._first[key[0]] = known
        self._known.setdefault(key, known)
        return known


def _kind(name: Sequence[str], lexicon: Lexicon) -> str:
    """Whose name it is by its given name, a key of `WORDS`."""
    if " ".join(name) in lexicon.named:
        return "other"
    share = given().get(name[0].lower(), 0.5)
    return "woman" if share >= _WOMAN else "man" if share <= _MAN else "other"


@cache
def _words_of_titles() -> frozenset[str]:
    return frozenset(word for title in titles() for word in title.split())
