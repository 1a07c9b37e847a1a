"""The network for attitudes at run time: how one actor of a sentence stands to another, and the tone toward one.

A compact encoder in ONNX of its own, for which the actors are masked (`purport.analyse.models.masking`); one sentence
at a time, on one thread, so that what it says depends on that sentence alone.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from purport.analyse.models.masking import MARKS, shown
from purport.analyse.models.shipped import checked, facts_of
from purport.analyse.models.tagger import session, words
from purport.analyse.models.wordpiece import WordPiece
from purport.analyse.parser.plain_view import Plain, doubled, plain
from purport.model.document import Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = NDArray[np.float32]
AROUND = 80
"""Characters before the first of two actors and behind the second that are read with them. On DSE all of a longer
sentence is read no better."""


class Sieve(NamedTuple):
    """A layer of weights and a sum of it over the states of a pair of actors, by which the network is asked about a
    pair or not: what it would say of most is that neither holds a view, and each costs milliseconds."""

    hidden: Floats
    hidden_bias: Floats
    out: Floats
    out_bias: Floats

    def scores(self, states: Floats) -> Floats:
        """How likely the network has something to say of each pair."""
        # A row at a time: what comes of a pair does not hang on those beside it.
        layers = (np.maximum(self.hidden @ row + self.hidden_bias, 0) for row in states)
        return np.array([self.out @ layer + self.out_bias[0] for layer in layers], np.float32)


@dataclass(frozen=True, eq=False)
class Attitude:
    """The network with all that it needs.

    `sieve` says of which pairs it is asked at all, those with a score of `least` or more; None for all. `lean` is added
    to the five scores of a pair and `tone_lean` to the three of a tone; scores are divided by `heat`
    and `tone_heat` before they are made probabilities (Guo et al. 2017).
    """

    session: InferenceSession
    tokenizer: WordPiece
    lean: Floats
    tone_lean: Floats
    heat: float
    tone_heat: float
    sieve: Sieve | None = None
    least: float = 0.0

    def scores(self, view: Plain, actors: list[Span]) -> tuple[Floats, Floats]:
        """The five scores of the first two actors, in the order of the text, and the three of each one's tone, a row
        an actor, in the order given."""
        back = np.asarray(view.back)
        at = [(int(np.searchsorted(back, one.start)), int(np.searchsorted(back, one.end))) for one in actors]
        vocabulary = self.tokenizer.vocabulary
        pieces = list(self.tokenizer.pieces(doubled(view.text)))
        ids, places = shown(view.text, pieces, at, [vocabulary[mark] for mark in MARKS])
        inputs = np.array([[vocabulary["[CLS]"], *ids, vocabulary["[SEP]"]]], np.int64)
        two = np.array([place + 1 for place in (*places, *places)][:2], np.int64)
        order = [0, 1]
        if len(at) > 1 and at[1] < at[0]:
            two, order = two[::-1].copy(), [1, 0]
        pair, none, tone = self.session.run(None, {"ids": inputs, "places": two})
        there, back_ = pair[0]
        five = np.array([none[0, 0, 0], there[0], back_[0], there[1], back_[1]], np.float32)
        return five, tone[0][order][: len(at)]


@cache
def network() -> Attitude | None:
    """The network that ships, loaded once; None where there is none. Raises `ModelError` where it is damaged."""
    about = facts_of("attitude")
    if about is None or facts_of("tagger") is None:
        return None
    return Attitude(
        session(checked("attitude.onnx", about["sha256"]["attitude.onnx"])),
        words(),
        np.array(about.get("lean", [0] * 5), np.float32),
        np.array(about.get("tone_lean", [0] * 3), np.float32),
        float(about.get("heat", 1.0)),
        float(about.get("tone_heat", 1.0)),
        _sieve(about),
        float(about.get("least", 0.0)),
    )


def _sieve(about: dict[str, Any]) -> Sieve | None:
    """What ships of it; None where none was learned for this network."""
    digest = about["sha256"].get("sieve.npz")
    if digest is None:
        return None
    with np.load(io.BytesIO(checked("sieve.npz", digest)), allow_pickle=False) as arrays:
        return Sieve(*(arrays[name].astype(np.float32) for name in Sieve._fields))


def softmax(scores: Floats) -> Floats:
    """Scores as probabilities, along the last axis."""
    share = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = share / share.sum(axis=-1, keepdims=True)
    return found


@dataclass(frozen=True, eq=False)
class Asked:
    """The network, asked about sentences of one text; see `purport.model.analysis.Attitudes`."""

    network: Attitude
    text: str
    _tones: dict[tuple[int, int, int], Floats] = field(default_factory=dict)

    def worth(self, states: Floats) -> NDArray[np.bool_]:
        """Which pairs are worth asking about."""
        if self.network.sieve is None:
            return np.ones(len(states), np.bool_)
        kept: NDArray[np.bool_] = self.network.sieve.scores(states) >= self.network.least
        return kept

    def between(self, sentence: Span, one: Span, other: Span) -> Floats:
        """How each of two stands to the other."""
        near = self._near(sentence, one, other)
        five, tones = self.network.scores(plain(self.text, near.start, near.end), [one, other])
        five = five + self.network.lean
        if other.start < one.start:
            five = five[[0, 2, 1, 4, 3]]
        for actor, tone in zip((one, other), tones, strict=True):
            self._tones.setdefault((sentence.start, actor.start, actor.end), tone)
        return softmax(five / self.network.heat)

    def _near(self, sentence: Span, one: Span, other: Span) -> Span:
        """The words of the sentence about two actors: how one stands to the other is not told further off, and what
        stands there costs time."""
        start = max(sentence.start, min(one.start, other.start) - AROUND)
        end = min(sentence.end, max(one.end, other.end) + AROUND)
        if start > sentence.start:
            start = self.text.rfind(" ", sentence.start, start + 1) + 1 or start
        if end < sentence.end:
            space = self.text.find(" ", end, sentence.end)
            end = sentence.end if space < 0 else space
        return Span(start, end)

    def tone(self, sentence: Span, target: Span) -> Floats:
        """The tone toward one; what came with a pair that was asked before is taken as it is."""
        key = (sentence.start, target.start, target.end)
        if key not in self._tones:
            _, tones = self.network.scores(plain(self.text, sentence.start, sentence.end), [target])
            self._tones[key] = tones[0]
        return softmax((self._tones[key] + self.network.tone_lean) / self.network.tone_heat)


def attitudes(text: str) -> Asked | None:
    """The network, to be asked about sentences of `text`; None where none ships."""
    one = network()
    return Asked(one, text) if one is not None else None
