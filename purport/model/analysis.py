"""Analysis: what is known of a document's words before anything is concluded from them.

It lives in memory only and holds plain values: no parser's object leaves `purport.analyse`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from purport.model.document import Block, Document, Span
from purport.model.lexicon import Lexicon

Made = TypeVar("Made")


class Token(NamedTuple):
    """One word or mark. `head` is the index of its governor in `Analysis.tokens` (its own where it has none).

    `lemma` is in lower case; `pos` a Universal POS tag, `tag` a Penn Treebank tag, `dep` a ClearNLP relation, as
    spaCy's English pipeline gives them. A named tuple, since making one costs a third of a frozen dataclass.
    """

    i: int
    start: int
    end: int
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int


class Sentence(NamedTuple):
    """A sentence: tokens `first` to `last` (half-open), in block number `block` of its document."""

    first: int
    last: int
    block: int


class Link(IntEnum):
    """Which span asks for which: a content for its cue, a cue for its source, a cueless content for a source."""

    CUE_OF_CONTENT = 0
    SOURCE_OF_CUE = 1
    SOURCE_OF_CONTENT = 2


Floats = NDArray[np.float32]
States = NDArray[np.float16] | NDArray[np.float32]
"""States of words, as they are kept or as they are reckoned with."""
Ranges = NDArray[np.int64]
"""Ranges of word pieces, n by 2, half-open."""


class Tagged(Protocol):
    """What a tagger makes of a text: word pieces with their places, how likely each is part of a source, a cue or a
    content, and how well spans of them go together."""

    @property
    def start(self) -> NDArray[np.int64]:
        """Where each piece begins, in code points of the document's text."""

    @property
    def end(self) -> NDArray[np.int64]:
        """Where each ends."""

    @property
    def block(self) -> NDArray[np.int64]:
        """The number of the block that each stands in."""

    @property
    def first(self) -> NDArray[np.bool_]:
        """Whether a word begins with it."""

    @property
    def chances(self) -> NDArray[np.float32]:
        """For each piece the probabilities of nothing, and of beginning and inside of a source, a cue, a content."""

    @property
    def reality(self) -> NDArray[np.float32]:
        """For each piece how surely an act whose word begins with it took place, as an annotator of UDS-IH2 would say:
        about 1 that it did, about -1 that it did not (yet). Negation is not in it."""

    @property
    def steps(self) -> NDArray[np.float64]:
        """What is added for going from a label to the next, 8 by 7; the last row is for a block's first word."""

    @property
    def weights(self) -> tuple[float, ...]:
        """What is known of how to weigh the tagger's evidence for an attribution (see
        `purport.extract.attribution`)."""

    def links(self, kind: Link, asking: Ranges, offered: Ranges) -> NDArray[np.float32]:
        """Probabilities that each asking span belongs to each offered one and, in the last column, to none of them."""


class Pairs(NamedTuple):
    """Pairs of mentions, as numbers of the `later` and of the `earlier`, and what is `known` of each, a row a pair."""

    later: Ranges
    earlier: Ranges
    known: Floats


class Ranker(Protocol):
    """What tells which spans of a text name something, and which two name the same."""

    @property
    def types(self) -> tuple[str, ...]:
        """Types of what is named."""

    def spans(
        self, described: Sequence[Sequence[str]], head: States, last: States, after: States
    ) -> tuple[Floats, Floats]:
        """For each span the probabilities that it names nothing, something once, something that is named again; and
        of each of `types`. `described` names what is so of each, the others are the states of its head, its last word
        and the word behind it."""

    def linking(self) -> Linking:
        """What weighs the mentions of one text, stretch by stretch."""


class Linking(Protocol):
    """What tells of the mentions of one text which two name the same; it remembers the stretch before."""

    def links(
        self,
        described: Sequence[Sequence[str]],
        head: Floats,
        evidence: Floats,
        pairs: Pairs,
        pronoun: NDArray[np.bool_],
    ) -> Floats:
        """For each mention of the next stretch how well each of those before it goes with it as its antecedent: in the
        first column how well none does, then the mentions of the stretch before and its own; -inf for those that are
        not offered.

        `described`, `head`, `evidence` (what is known of its having an antecedent) and `pronoun` (which are personal
        pronouns) have a row a mention of this stretch; `pairs`, with what is known of two, numbers the mentions of the
        stretch before and of this one in turn.
        """


class Namer(Protocol):
    """What tells the type of a name."""

    @property
    def types(self) -> tuple[str, ...]:
        """The types that it tells apart."""

    def chances(self, described: Sequence[Sequence[str]], states: Floats) -> Floats:
        """For each name the probability of each of `types` (names by types), by its features and its head's state."""


class Attitudes(Protocol):
    """What tells how one actor of a sentence stands to another, and what tone it takes toward one. Names are not seen
    by it: the same words say the same of whoever stands in their places."""

    def worth(self, states: Floats) -> NDArray[np.bool_]:
        """Which pairs of actors are worth asking about: a row a pair, of the states of the two heads, of the word that
        joins them and of the mean of the words between them. Most pairs say nothing of how one stands to the other."""

    def between(self, sentence: Span, one: Span, other: Span) -> Floats:
        """Five probabilities: of no view, `one` favours `other`, `other` favours `one`, `one` opposes `other`, `other`
        opposes `one`. All are places in the document, the two inside the sentence."""

    def tone(self, sentence: Span, target: Span) -> Floats:
        """Probabilities that the sentence is against the target, neither, or for it."""


_LOOSE = 1000
"""Characters that may stand at a block's ends without a word."""


@dataclass(frozen=True)
class Analysis:
    """Tokens and sentences of a document, in order; every sentence lies in one block.

    `states` are what the tagger's encoder makes of each token, a row a token; `ranker` weighs them, and `namer` those
    of names; `attitudes` is None where no such network ships. `lexicon` is whom its names are looked up in.
    """

    document: Document
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    tagged: Tagged | None = None
    states: NDArray[np.float16] | None = None
    ranker: Ranker | None = None
    attitudes: Attitudes | None = None
    lexicon: Lexicon = field(default_factory=Lexicon)
    namer: Namer | None = None

    def once(self, make: Callable[[Analysis], Made]) -> Made:
        """What `make` makes of it, made when it is first asked for and then kept, for all who ask."""
        if make not in self._made:
            self._made[make] = make(self)
        found: Made = self._made[make]
        return found

    @cached_property
    def _made(self) -> dict[Callable[[Analysis], Any], Any]:
        return {}

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indices of the tokens it governs, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                found[token.head].append(token.i)
        return tuple(tuple(one) for one in found)

    @cached_property
    def edges(self) -> tuple[tuple[int, int], ...]:
        """For each token the first and last (inclusive) token of the subtree it governs."""
        left = list(range(len(self.tokens)))
        right = list(range(len(self.tokens)))
        for sentence in self.sentences:
            for index in self._bottom_up(sentence):
                head = self.tokens[index].head
                if head != index:
                    left[head] = min(left[head], left[index])
                    right[head] = max(right[head], right[index])
        return tuple(zip(left, right, strict=True))

    def _bottom_up(self, sentence: Sentence) -> Iterator[int]:
        order: list[int] = []
        ahead = [i for i in range(sentence.first, sentence.last) if self.tokens[i].head == i]
        while ahead:
            index = ahead.pop()
            order.append(index)
            ahead.extend(self.children[index])
        return reversed(order)

    def word(self, index: int) -> str:
        """The token's characters, as they stand in the text."""
        return self._words[index]

    def lower(self, index: int) -> str:
        """The token's characters in lower case."""
        return self._lower[index]

    @cached_property
    def _lower(self) -> list[str]:
        return [word.lower() for word in self._words]

    @cached_property
    def _words(self) -> list[str]:
        text = self.document.text
        return [text[token.start : token.end] for token in self.tokens]

    def span(self, first: int, last: int) -> Span:
        """The span from token `first` to token `last`, both included."""
        return Span(self.tokens[first].start, self.tokens[last].end)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    def tokens_in(self, span: Span) -> range:
        """The indices of the tokens that begin inside `span`."""
        return range(bisect_left(self._starts, span.start), bisect_left(self._starts, span.end))

    def subtree(self, index: int) -> Iterator[int]:
        """The token and all that it governs, in no order that matters."""
        ahead = [index]
        while ahead:
            one = ahead.pop()
            yield one
            ahead.extend(self.children[one])

    @cached_property
    def by_block(self) -> dict[int, range]:
        """For each block's number that holds words, the range of its tokens."""
        found: dict[int, range] = {}
        for sentence in self.sentences:
            earlier = found.get(sentence.block)
            found[sentence.block] = range(earlier.start if earlier else sentence.first, sentence.last)
        return found

    @cached_property
    def blocks(self) -> dict[int, Block]:
        """The blocks that hold words, by number; of a very long one that was cut, the stretch that is analysed here."""
        found: dict[int, Block] = {}
        for number, tokens in self.by_block.items():
            block = self.document.blocks[number]
            first, last = self.tokens[tokens[0]].start, self.tokens[tokens[-1]].end
            # What is no word at a block's ends (a dateline, invisible characters) is short: more than that was cut.
            start = first if first - block.span.start > _LOOSE else block.span.start
            end = last if block.span.end - last > _LOOSE else block.span.end
            found[number] = replace(block, span=Span(start, end))
        return found

    def block_of(self, index: int) -> int:
        """The number of the block that the token stands in."""
        return self.sentences[self.tokens[index].sentence].block
